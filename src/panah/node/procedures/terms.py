"""Facts and terms of a proceeding: laid down with a stage, reckoned anew whenever a fact or a pause changes.

Called by actions.py inside its transactions, and by nothing else.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from panah.cores.lawbook import Pack, Unknown
from panah.cores.lawbook.calendars import calendar_of
from panah.cores.lawbook.dealings import Procedure, Stage
from panah.cores.lawbook.terms import Suspension
from panah.cores.lawbook.text import parse_mapping
from panah.foundation.door.service import Refused
from panah.node.procedures import rules
from panah.node.procedures.models import Fact, Proceeding, Step, Term
from panah.node.registration import service as registration

BY_ITSELF: Final = frozenset({"application", "registration", "detention_start", "apprehension", "identification"})
"""Facts that happen with the beginning of their stage. Others, such as a notification, are said by an act of their own."""


def shape_of(row: Proceeding) -> Procedure:
    """The shape of the procedure that applies to this proceeding. Refused where the pack has it no longer."""
    shape = registration.node_pack().procedure(row.procedure, row.shape_on)
    if isinstance(shape, Unknown):
        raise Refused(
            f"{shape.why} The proceeding was opened under version {row.pack_version} of the pack; put that back.",
            code="no_shape",
        )
    return shape


def local_day(moment: datetime) -> date:
    """The day of a moment as the state's clocks show it."""
    return moment.astimezone(ZoneInfo(registration.node_pack().timezone)).date()


@lru_cache(maxsize=2)
def _closed_list(root: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    from pathlib import Path

    name = Path(root) / "_schema" / "facts.yaml"
    body = parse_mapping(name.read_bytes(), "_schema/facts.yaml")
    return tuple(one["code"] for one in body["facts"]), tuple(one["code"] for one in body["causes"])


def fact_codes() -> tuple[str, ...]:
    """The facts that can start a clock (packs/_schema/facts.yaml)."""
    return _closed_list(str(registration.node_pack().root))[0]


def cause_codes() -> tuple[str, ...]:
    """The causes that can stop one."""
    return _closed_list(str(registration.node_pack().root))[1]


def keep_fact(
    row: Proceeding, code: str, at: datetime, recorded_at: datetime, by: UUID | None, *, to_the_day: bool = False
) -> None:
    """Write down when something happened."""
    Fact.objects.create(proceeding=row, code=code, at=at, to_the_day=to_the_day, recorded_at=recorded_at, by=by)


def facts_of(row: Proceeding) -> dict[str, date]:
    """Every fact by its code, the last word on each: a moment, or a day where the hour is not known."""
    return {fact.code: local_day(fact.at) if fact.to_the_day else fact.at for fact in row.facts.all()}


def lay_down(step: Step, stage: Stage) -> None:
    """The terms of a stage, and those of the remedy against it, which start when the person was told."""
    pack = registration.node_pack()
    remedies = stage.remedy.terms if stage.remedy else ()
    for name in dict.fromkeys((*stage.terms, *remedies)):
        parameter = pack.parameters.get(name)
        if parameter is not None and rules.is_term(parameter):
            Term.objects.create(
                step=step,
                parameter=name,
                binds=parameter.binds,
                remedy=name in remedies,
                verified=False,
                unknown="not reckoned",
            )


def reckon_again(row: Proceeding) -> None:
    """Reckon the open terms of a proceeding by the facts and pauses that are known now."""
    pack: Pack = registration.node_pack()
    calendar = calendar_of(pack)
    facts = facts_of(row)
    pauses = [Suspension(pause.cause, pause.start, pause.end) for pause in row.pauses.all()]
    for term in Term.objects.filter(step__proceeding=row, done_at=None).select_related("step"):
        own = facts | ({"notification": None} if term.remedy and "notification" not in facts else {})
        found = rules.reckon(pack, calendar, term.parameter, own, pauses)
        if found is None:
            continue
        Term.objects.filter(pk=term.pk).update(
            started_at=found.started,
            due_at=found.due,
            unknown=found.unknown,
            verified=found.verified,
        )
