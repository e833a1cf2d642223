"""The door of this room for the others: what was proposed, what an officer decided, and what may be counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q

from panah.foundation.access.models import Officer
from panah.foundation.access.service import may
from panah.node.profiling import sheets, sight
from panah.node.profiling.actions import (
    Answer,
    ConfirmProfile,
    FinishInterview,
    GiveInformation,
    RecordInterview,
    ResumeInterview,
    StartInterview,
    StopInterview,
    latest_proposal,
)
from panah.node.profiling.asking import shown_answer, shown_documents
from panah.node.profiling.leaflets import as_pdf as leaflets_pdf
from panah.node.profiling.leaflets import leaflet_of
from panah.node.profiling.models import Confirmation, Proposal
from panah.node.profiling.paper_form import as_pdf as paper_form_pdf
from panah.node.profiling.paper_form import paper_form_of
from panah.node.profiling.receipt import ReferredTo, receipt_offices_from
from panah.node.profiling.receipt_code import code_of_file, file_of_code
from panah.node.profiling.second.actions import ReadSecond
from panah.node.profiling.shown import describe_reasons
from panah.node.profiling.texts import in_language, own
from panah.node.registration import service as registration
from panah.web.once import once

__all__ = [
    "Answer",
    "ConfirmProfile",
    "Confirmed",
    "Countable",
    "FinishInterview",
    "GiveInformation",
    "Proposal",
    "ReadSecond",
    "RecordInterview",
    "ReferredTo",
    "ResumeInterview",
    "StartInterview",
    "StopInterview",
    "answer_in_words",
    "closed_lanes",
    "code_of_file",
    "confirmed",
    "countable",
    "describe_reasons",
    "fact_in_words",
    "file_of_code",
    "in_language",
    "lane_of_procedure",
    "leaflet_of",
    "leaflets_pdf",
    "paper_form_of",
    "paper_form_pdf",
    "profile_for",
    "profiles_for",
    "proposal_of",
    "receipt_offices_from",
    "referral_lines",
    "sheets",
    "sight",
    "tracing_due",
]

Line = Mapping[str, Any]


def fact_in_words(key: str) -> str:
    """What a key of the interview record is called, inside a sentence of the page's reader."""
    return own(f"fact.{key}")


def answer_in_words(key: str, value: Any) -> str:
    """An answer under a key of the interview record as the page's reader reads it."""
    return shown_documents(value) if key == "documents" else shown_answer(key, value)


@dataclass(frozen=True)
class Confirmed:
    """The decision that stands for a person, with all that a referral needs. Lines are those of contracts/screening.md: what
    the proposal had, and what follows from profiles that an officer added. Profiles that an officer took off are not in
    `profiles`; the safeguards and referrals that were proposed with them stay."""

    file: UUID
    file_number: str
    name: str
    place: str
    record: Mapping[str, Any]
    profiles: tuple[str, ...]
    needs: tuple[str, ...]
    urgency: str
    referrals: tuple[Line, ...]
    safeguards: tuple[str, ...]
    information: tuple[str, ...]
    child: bool
    pack: str
    pack_version: str
    pack_digest: str
    on: date
    by: UUID | None
    at: datetime
    decision: UUID | None = None

    @property
    def recipients(self) -> tuple[str, ...]:
        """The codes of the referral lines."""
        return tuple(line["to"] for line in self.referrals)


@dataclass(frozen=True)
class Countable:
    """One person as statistics may count them: codes only, no name and no number. `age_band` is `0-4`, `5-11`, `12-17`, `18-59`,
    `60+` or `unknown`; `citizenship` the first one named, `XXX` where none is known; `came_from` the country last left, empty where nobody knows it."""

    file: UUID
    arrived_on: date
    place: str
    entry_mode: str
    profiles: tuple[str, ...]
    sex: str
    age_band: str
    citizenship: str
    came_from: str
    confirmed: bool


def proposal_of(file_id: UUID) -> Proposal | None:
    """The latest proposal for a person; None before the first interview."""
    return latest_proposal(file_id)


def confirmed(file_id: UUID) -> Confirmed | None:
    """The latest decision for a person; None before the first. A newer proposal that nobody decided on changes nothing here."""
    decision = (
        Confirmation.objects.select_related("proposal", "file").filter(file=file_id).order_by("-at", "-id").first()
    )
    if decision is None:
        return None
    proposal, added = decision.proposal, decision.added_lines
    profile = proposal.profile
    safeguards = _codes(profile["safeguards"], added.get("safeguards", ()))
    return Confirmed(
        file=decision.file_id,
        file_number=decision.file.number,
        name=registration.display_name(decision.file),
        place=decision.file.place,
        record=proposal.record,
        profiles=tuple(decision.profiles),
        needs=_codes(profile["needs"], added.get("needs", ())),
        urgency=proposal.urgency,
        referrals=(*profile["referrals"], *added.get("referrals", ())),
        safeguards=safeguards,
        information=tuple(dict.fromkeys((*profile["information"], *_codes(added.get("information", ()))))),
        child="treat_as_child" in safeguards,
        pack=proposal.pack,
        pack_version=proposal.pack_version,
        decision=decision.pk,
        pack_digest=proposal.pack_digest,
        on=proposal.on,
        by=decision.by,
        at=decision.at,
    )


def closed_lanes(officer: Officer, file: registration.PersonFile) -> tuple[sight.Lane, ...]:
    """The classes of restricted facts about a person that the officer is not shown: none for who interviewed or decided, and none for
    who still has to decide."""
    return once(("profiling.closed_lanes", officer.pk, file.pk), lambda: _closed_lanes(officer, file))


def _closed_lanes(officer: Officer, file: registration.PersonFile) -> tuple[sight.Lane, ...]:
    proposal = latest_proposal(file.pk)
    if proposal is None:
        return sight.closed_to(officer.roles)
    decision = Confirmation.objects.filter(proposal=proposal).first()
    if decision is None and file.closed_at is None and may(officer, "profiling.confirm", file):
        return ()
    knows = {proposal.interview.officer, decision.by if decision else None}
    return () if officer.pk in knows else sight.closed_to(officer.roles)


def profile_for(officer: Officer, proposal: Proposal) -> dict[str, Any]:
    """The profile of a proposal as the officer may read it."""
    return sight.cut(proposal.profile, closed_lanes(officer, proposal.file))[0]


def profiles_for(officer: Officer, file: registration.PersonFile, codes: Sequence[str]) -> list[str]:
    """Of these profiles of a person those that the officer may read."""
    closed = closed_lanes(officer, file)
    return [code for code in codes if not sight.hides(closed, "profile", code)]


def lane_of_procedure(code: str) -> str:
    """The class of restricted facts that the mere name of a procedure tells; empty where it tells none."""
    return next((lane.code for lane in sight.LANES if code in lane.procedures), "")


def referral_lines(file_id: UUID) -> tuple[Line, ...]:
    """The referral lines of the latest decision; none before it."""
    decision = confirmed(file_id)
    return decision.referrals if decision else ()


def tracing_due(profiles: Sequence[str], before: datetime) -> dict[UUID, datetime]:
    """People of open files whose latest decision has one of the profiles, and whose family was to be sought before the moment: since
    when. Nobody where the pack sets no term."""
    decided = Q(pk__in=[])
    for code in profiles:
        decided |= Q(profiles__icontains=f'"{code}"')
    later = Confirmation.objects.filter(file=OuterRef("file"), at__gt=OuterRef("at"))
    rows = Confirmation.objects.filter(decided, ~Exists(later), tracing_due__lt=before, file__closed_at=None)
    found = rows.order_by("at", "id").values_list("file", "tracing_due")
    return {file: due for file, due in found if due is not None}


def countable(from_date: date, to_date: date) -> Iterator[Countable]:
    """Everybody who arrived on a day of the period (both included), in the state's own days, once each: with the profiles decided on, else
    those proposed, else none. Three queries however many there are."""
    zone = ZoneInfo(registration.node_pack().timezone)
    first = datetime.combine(from_date, datetime.min.time(), zone)
    after = datetime.combine(to_date + timedelta(days=1), datetime.min.time(), zone)
    files = registration.PersonFile.objects.filter(arrived_at__gte=first, arrived_at__lt=after)
    decided, proposed = _latest(Confirmation, "at", first, after), _latest(Proposal, "made_at", first, after)
    for file in files.order_by("arrived_at", "id").iterator():
        decision, proposal = decided.get(file.pk), proposed.get(file.pk)
        arrived_on = file.arrived_at.astimezone(zone).date()
        yield Countable(
            file=file.pk,
            arrived_on=arrived_on,
            place=file.place,
            entry_mode=file.entry.get("mode", ""),
            profiles=_profiles(decision, proposal),
            sex=file.sex,
            age_band=age_band(file.birth_from, file.birth_to, file.age_estimate, arrived_on),
            citizenship=file.citizenships[0] if file.citizenships else "XXX",
            came_from=file.entry.get("from", ""),
            confirmed=decision is not None,
        )


def _profiles(decision: Confirmation | None, proposal: Proposal | None) -> tuple[str, ...]:
    if decision is not None:
        return tuple(decision.profiles)
    return tuple(line["code"] for line in proposal.profile["profiles"]) if proposal is not None else ()


def _latest(model: type[Any], order: str, first: datetime, after: datetime) -> dict[UUID, Any]:
    rows = model.objects.filter(file__arrived_at__gte=first, file__arrived_at__lt=after).order_by(order, "id")
    return {row.file_id: row for row in rows.iterator()}


def age_band(born_from: date | None, born_to: date | None, age: int | None, on: date) -> str:
    """The band of the domain reference 11.5 on a day. A birth that is a range counts by its latest day, as childhood does."""
    if born_to is not None:
        age = on.year - born_to.year - ((on.month, on.day) < (born_to.month, born_to.day))
    if age is None:
        return "unknown"
    return next(band for limit, band in _BANDS if age < limit)


_BANDS = ((5, "0-4"), (12, "5-11"), (18, "12-17"), (60, "18-59"), (1000, "60+"))


def _codes(*lines: Sequence[Line]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line["code"] for each in lines for line in each))
