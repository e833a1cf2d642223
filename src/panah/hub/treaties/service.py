"""The one door to this room: who is bound by what, national laws and their changes, agreements, and loading the record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from panah.foundation.clock import now
from panah.foundation.door.service import Receipt, perform
from panah.hub.evidence import service as evidence
from panah.hub.loadings import service as loadings
from panah.hub.loadings.service import Loaded, record_home
from panah.hub.participants.service import today
from panah.hub.treaties import models, record, tables, words
from panah.hub.treaties.actions import (
    AnswerChecklist,
    LoadTreaties,
    RefuseReport,
    ReportAct,
    ReportAmendment,
    ReportStage,
    TakeBackReport,
    VerifyReport,
)
from panah.hub.treaties.models import Check
from panah.hub.treaties.standing import Standing, Tally, standing_of, tally_of
from panah.hub.treaties.tables import BINDING, REGION, Instrument, Source, Staleness, Status

__all__ = [
    "REGION", "AnswerChecklist", "Instrument", "LoadTreaties", "RefuseReport", "ReportAct", "ReportAmendment", "ReportStage", "Standing",
    "TakeBackReport", "Tally", "VerifyReport", "agreements_between", "check", "instruments", "laws_of", "load", "loaded", "ratified",
    "standings", "tally",
]  # fmt: skip

CHECKED = Source(
    code="reported-and-checked",
    kind="report",
    title_en="Reported by the state and checked against the depositary",
    title_ru="Сообщено государством и сверено с депозитарием",
    dated="",
    address="",
    confidence="high",
    current="yes",
)


def check(folder: Path | None = None) -> tuple[str, ...]:
    """What is wrong with this room's part of the record (`folder` is the whole record), as sentences. Needs no database."""
    return record.problems((folder or record_home()) / record.PART)


def load(folder: Path | None = None, *, by: UUID | None = None) -> Receipt:
    """Take in this room's part of the record and what the packs say. The same again changes nothing (`new: False`)."""
    home, on = (folder or record_home()) / record.PART, today()
    said = record.digest(home, on)
    return perform(LoadTreaties(by=by, happened_at=now(), folder=str(home), folder_digest=said, on=on))


def loaded() -> Loaded | None:
    """What was loaded last, or None when nothing was."""
    return loadings.last("treaties")


def instruments() -> Mapping[str, Instrument]:
    """The instruments by code, in the order of the record: those that the declaration names come first."""
    found = models.Instrument.objects.filter(superseded_at=None).order_by("id")
    return {row.key: Instrument(**_said(row, Instrument, code=row.key)) for row in found}


def sources() -> Mapping[str, Source]:
    """Everybody who says something, by code; checked reports of states among them."""
    found = models.Origin.objects.filter(superseded_at=None)
    return {CHECKED.code: CHECKED} | {
        row.key: Source(**_said(row, Source, code=row.key, address=row.link)) for row in found
    }


def statements(*, state: str = "", instrument: str = "") -> tuple[Status, ...]:
    """What sources and checked reports say, of one state or one instrument where it is said."""
    wanted = {name: value for name, value in (("state", state), ("instrument", instrument)) if value}
    rows = models.Statement.objects.filter(superseded_at=None, **wanted).order_by("as_of", "id")
    reports = models.ReportedAct.objects.filter(check_state=Check.VERIFIED, **wanted).order_by("checked_at")
    return (*(Status(**_said(row, Status)) for row in rows), *(_as_statement(report) for report in reports))


def standings(on: date | None = None, *, state: str = "", instrument: str = "") -> dict[tuple[str, str], Standing]:
    """Where each state stands towards each instrument of which anything is said, on a day (today). The number of queries is fixed."""
    said, rules = sources(), _age_rules()
    grouped: dict[tuple[str, str], list[Status]] = {}
    for row in statements(state=state, instrument=instrument):
        grouped.setdefault((row.state, row.instrument), []).append(row)
    day = on or today()
    return {key: standing_of(rows, said, rules, day) for key, rows in grouped.items()}


def tally(state: str, on: date | None = None) -> Tally:
    """How many of the tracked instruments a state had ratified on a day, how many not, and of how many it is not known."""
    found = standings(on, state=state)
    return tally_of([found.get((state, code)) for code, one in instruments().items() if one.is_tracked])


def confirmed(since: date) -> evidence.Confirmed | None:
    """How the states stand with what was confirmed here, on `since` or on the day of the newest confirmation if it is later; None while
    nothing was confirmed or no register is loaded. The number of queries is fixed."""
    checked = list(models.ReportedAct.objects.filter(check_state=Check.VERIFIED).values_list("checked_at", flat=True))
    if not checked or loaded() is None:
        return None
    on = max(since, *(at.date() for at in checked if at))
    found, known = standings(on), instruments()
    return evidence.Confirmed(on, {state: tally_from(found, state, known) for state in REGION}, len(checked))


def ratified(state: str, on: date | None = None) -> tuple[int, int]:
    """(ratified, tracked) for indicator 1.01. The first is what is known to be ratified, so it reads "at least": how many are not known,
    `tally` says. Where no database is at hand, `panah.hub.treaties.standing.ratified` reads the tables."""
    found = tally(state, on)
    return found.ratified, found.tracked


def laws_of(state: str) -> tuple[models.Law, ...]:
    """The register of a state's acts, by theme and date."""
    return tuple(models.Law.objects.filter(superseded_at=None, state=state).order_by("theme", "dated", "key"))


def agreements_between(origin: str, destination: str) -> tuple[models.Agreement, ...]:
    """The agreements that name both states as parties, those in force first."""
    found = models.Agreement.objects.filter(superseded_at=None)
    both = [row for row in found if {origin, destination} <= set(row.parties.split())]
    return tuple(sorted(both, key=lambda row: (row.standing != models.Agreement.Standing.IN_FORCE, row.key)))


def tally_from(found: Mapping[tuple[str, str], Standing], state: str, known: Mapping[str, Instrument]) -> Tally:
    """The same count from standings that are at hand."""
    return tally_of([found.get((state, code)) for code, one in known.items() if one.is_tracked])


def open_reports(*, state: str) -> tuple[models.ReportedAct, ...]:
    """What a state reported and what waits for the check or was confirmed; what was not confirmed is for those who work on it."""
    shown = (Check.WAITING, Check.VERIFIED)
    return tuple(models.ReportedAct.objects.filter(state=state, check_state__in=shown))


def agreements_in_force(origin: str, destination: str) -> int | None:
    """How many agreements between the two states are known to be in force; None when none of any standing is known."""
    found = agreements_between(origin, destination)
    return sum(row.standing == models.Agreement.Standing.IN_FORCE for row in found) if found else None


def titles_of_agreements() -> dict[str, str]:
    """The titles of the agreements in the reader's language."""
    return {row.key: words.title(row) for row in models.Agreement.objects.filter(superseded_at=None)}


def _age_rules() -> dict[str, Staleness]:
    found = models.AgeRule.objects.filter(superseded_at=None)
    return {row.key: Staleness(row.key, row.years, row.why_en, row.why_ru) for row in found}


def _as_statement(report: models.ReportedAct) -> Status:
    bound = {"signature": tables.SIGNED, "withdrawal": tables.NOT_PARTY} | dict.fromkeys(BINDING, tables.PARTY)
    at = report.checked_at.date().isoformat() if report.checked_at else report.date
    return Status(
        state=report.state,
        instrument=report.instrument,
        act=report.act,
        date=report.date,
        in_force=report.in_force,
        value=bound.get(report.act, ""),
        as_of=at,
        source=CHECKED.code,
        verified="yes",
        note_en=report.says or report.paper,
        note_ru=report.says or report.paper,
    )


def _said(row: Any, shape: type[Any], **more: Any) -> dict[str, Any]:
    """The fields of a value, from a row that has them under the same names."""
    return {one.name: more[one.name] if one.name in more else getattr(row, one.name) for one in fields(shape)}
