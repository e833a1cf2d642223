"""What other rooms may know of procedures, and the reads of this room's own pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from panah.foundation.access.models import Officer
from panah.foundation.access.service import may
from panah.foundation.clock import now
from panah.foundation.door.service import NotFound
from panah.foundation.journal import service as journal
from panah.node.procedures import rules, terms
from panah.node.procedures.acts import (
    AddEvidence,
    DraftDecision,
    EndStage,
    NotifyDecision,
    OpenProceeding,
    PauseClocks,
    RecordFact,
    RecordHearing,
    ResumeClocks,
    SendDecisionBack,
    SetHearing,
    SignDecision,
)
from panah.node.procedures.aid_acts import AskLegalAid, DeclineLegalAid, GiveLegalAid
from panah.node.procedures.ban_acts import LiftBan, LodgeBanRemedy, NoteDestination, RecordBan
from panah.node.procedures.force_acts import AskAgain, OrderDetention, ReviewDetention
from panah.node.procedures.hearing_acts import AnswerAppointment, AssignLead, NameInterpreter
from panah.node.procedures.models import Detention, EntryBan, Hearing, Proceeding, Step, Term, Waiver
from panah.node.procedures.permissions import led_by, worked_on
from panah.node.procedures.remedy_acts import ConfirmWaiver, DeclareWaiver, LodgeRemedy, RevokeWaiver
from panah.node.procedures.words import procedure_title
from panah.node.procedures.work import Leading, leading
from panah.node.referrals import service as referrals
from panah.node.registration import service as registration
from panah.node.safeguards import service as safeguards

__all__ = [
    "AddEvidence", "AnswerAppointment", "AskAgain", "AskLegalAid", "AssignLead", "CarriedOut", "ConfirmWaiver", "Countable", "DeclareWaiver", "DeclineLegalAid",
    "DraftDecision", "EndStage", "GiveLegalAid", "Leading", "LiftBan", "LodgeBanRemedy", "LodgeRemedy", "NameInterpreter", "NoteDestination",
    "NotifyDecision", "OpenProceeding", "OrderDetention", "PauseClocks", "RecordBan", "RecordFact", "RecordHearing", "ResumeClocks",
    "ReviewDetention", "RevokeWaiver", "SendDecisionBack", "SetHearing", "SignDecision", "appointment", "appointments", "bans_and_waivers",
    "carried_out", "children_among", "counsel", "countable", "detained", "file_of_referral", "interpreters", "late_terms", "leading", "led", "may_lead",
    "name_of", "of_file", "open_terms", "open_to", "procedure_title", "read", "remedies_open", "standing_bans", "steps_waiting",
]  # fmt: skip


@dataclass(frozen=True)
class Countable:
    """One proceeding as statistics may count it: no person, no file."""

    procedure: str
    body: str
    opened_at: datetime
    ended_at: datetime | None
    outcome: str
    in_time: bool | None


@dataclass(frozen=True)
class CarriedOut:
    """One removal or readmission that was carried out, as statistics may count it. to_state is empty where nobody wrote it down."""

    sex: str
    to_state: str


def carried_out(first: datetime, after_last: datetime) -> Iterator[CarriedOut]:
    """Every removal and readmission carried out in [first, after_last), each once. Two queries however many there are."""
    ended = Step.objects.filter(procedure__in=rules.ASKED_BEFORE, ended_at__gte=first, ended_at__lt=after_last)
    files = registration.PersonFile.objects.filter(pk__in=ended.values("proceeding__file"))
    sexes = dict(files.values_list("pk", "sex"))
    for step in ended.select_related("proceeding").order_by("ended_at", "pk"):
        stage = terms.shape_of(step.proceeding).stage(step.stage)
        if rules.is_carried_out(step.procedure, stage, step.outcome):
            yield CarriedOut(sexes.get(step.proceeding.file, ""), step.to_state)


def of_file(file: UUID) -> QuerySet[Proceeding]:
    """The proceedings of a person, oldest first. The caller has the right to the file."""
    return Proceeding.objects.filter(file=file).order_by("opened_at")


def led(officer: Officer) -> QuerySet[Proceeding]:
    """The proceedings in the officer's lanes that the officer's body leads, open ones first."""
    return Proceeding.objects.filter(led_by(officer)).order_by("-ended_at", "opened_at")


def read(officer: Officer, proceeding: UUID, *, paper: str = "") -> Proceeding:
    """One proceeding for an officer who may read it; the read, or that a `paper` was printed, is written into the journal.
    Raises NotFound."""
    row = Proceeding.objects.filter(pk=proceeding).first()
    if row is None or not may(officer, "procedures.read", row):
        raise NotFound("There is no such proceeding.")
    facts = {"proceeding": row.number} | ({"paper": paper} if paper else {})
    code = "procedures.paper_printed" if paper else "procedures.read"
    journal.note_read(code, by=officer.pk, place=officer.post, subject=row.file, facts=facts)
    return row


def remedies_open(row: Proceeding) -> tuple[str, ...]:
    """The stages of remedies that can still be lodged against how a procedure ended; none while it is open or where nothing went against the person."""
    last = row.steps.exclude(ended_at=None).order_by("pk").last()
    if row.ended_at is None or last is None:
        return ()
    shape = terms.shape_of(row)
    stage = shape.stage(last.stage)
    if rules.meaning(stage, last.outcome) not in rules.AGAINST_IN_PART:
        return ()
    return tuple(one.id for one in shape.after(stage.id) if rules.is_appeal(shape, one))


def file_of_referral(officer: Officer, referral: UUID) -> UUID:
    """The file of a referral that came to the officer's body. Raises NotFound for any other."""
    return referrals.received_by(officer, referral).file


def open_to(officer: Officer) -> QuerySet[Proceeding]:
    """The proceedings of the lists: those that the officer leads, and to a supervisor all of the own body."""
    if "supervisor" in officer.roles and officer.body:
        return Proceeding.objects.filter(body=officer.body)
    return Proceeding.objects.filter(led_by(officer))


def standing_bans(file: UUID) -> QuerySet[EntryBan]:
    """Bans on entry of a person that were not lifted and are not over, oldest first. The caller has the right to the file."""
    over = Q(ends__lt=terms.local_day(now()))
    return EntryBan.objects.filter(file=file, lifted_on=None).exclude(over).order_by("recorded_at", "pk")


def interpreters() -> list[tuple[str, str]]:
    """The accounts that interpret here, by name, for a field of choices."""
    held = {"grants__role": rules.INTERPRETER, "grants__withdrawn_at": None}
    found = Officer.objects.filter(is_active=True, serves_state="", **held).order_by("display_name", "pk").distinct()
    return [(str(pk), name) for pk, name in found.values_list("pk", "display_name")]


def may_lead(row: Proceeding) -> list[tuple[str, str]]:
    """The officers of the body who work on such procedures, by name, for a field of choices."""
    held = {"grants__role__in": rules.WORKED_ON_BY[row.procedure], "grants__withdrawn_at": None}
    found = Officer.objects.filter(is_active=True, body=row.body, serves_state="", **held).order_by(
        "display_name", "pk"
    )
    return [(str(pk), name) for pk, name in found.distinct().values_list("pk", "display_name")]


def name_of(officer: UUID | None) -> str:
    """The name of an account; empty for nobody."""
    return Officer.objects.filter(pk=officer).values_list("display_name", flat=True).first() or "" if officer else ""


def appointments(officer: Officer, moment: datetime) -> QuerySet[Hearing]:
    """The hearings to which the interpreter was asked, is awaited or has not answered, from yesterday on."""
    mine = Hearing.objects.filter(interpreter_account=officer.pk, held_at=None, at__gte=moment - timedelta(days=1))
    return mine.exclude(interpreter_says="declined").select_related("proceeding").order_by("at", "pk")


def appointment(officer: Officer, hearing: UUID) -> Hearing:
    """One appointment of the interpreter's own; the look is written into the journal. Raises NotFound for any other."""
    row = Hearing.objects.select_related("proceeding").filter(pk=hearing).first()
    if row is None or not may(officer, "procedures.interpret", row):
        raise NotFound("There is no such appointment.")
    facts = {"proceeding": row.proceeding.number}
    journal.note_read(
        "procedures.appointment_read", by=officer.pk, place=officer.post, subject=row.proceeding.file, facts=facts
    )
    return row


def counsel(row: Proceeding) -> str:
    """What became of legal aid so far: given where somebody gives it, else the last word; empty where it was never spoken of."""
    states = [one.state for one in row.legal_aid.all()]
    return rules.GIVEN if rules.GIVEN in states else states[-1] if states else ""


def bans_and_waivers(row: Proceeding) -> tuple[QuerySet[EntryBan], QuerySet[Waiver]]:
    """The bans on entry of the person and the waivers of the proceeding, oldest first. The caller has the right to the proceeding."""
    waivers = Waiver.objects.filter(decision__step__proceeding=row).order_by("declared_at", "pk")
    return EntryBan.objects.filter(file=row.file).order_by("recorded_at", "pk"), waivers


def late_terms(moment: datetime) -> QuerySet[Term]:
    """Terms that bind an authority and are over without being met, longest first."""
    return (
        Term.objects.filter(done_at=None, due_at__lt=moment, binds="authority", step__proceeding__ended_at=None)
        .select_related("step__proceeding")
        .order_by("due_at")
    )


def open_terms(officer: Officer) -> QuerySet[Term]:
    """Terms of authorities that run or are over in the open proceedings of the officer's lists. The proceeding's conditions stand in the
    join and not in a subquery: databases reckon the latter for every proceeding that there ever was."""
    mine = Q(step__proceeding__body=officer.body)
    if "supervisor" not in officer.roles:
        mine &= Q(step__proceeding__procedure__in=worked_on(officer))
    if not officer.body:
        return Term.objects.none()
    return Term.objects.filter(mine, done_at=None, binds="authority", step__proceeding__ended_at=None)


def detained(officer: Officer) -> QuerySet[Detention]:
    """Everybody who is held now, longest first: to a supervisor those of the own body, to other overseers all."""
    held = Detention.objects.filter(released_at=None).select_related("proceeding").order_by("ordered_at")
    if officer.roles.isdisjoint({"ombudsman", "national_coordinator", "detention_monitor"}):
        return held.filter(proceeding__body=officer.body).exclude(proceeding__body="")
    return held


def children_among(held: QuerySet[Detention]) -> int:
    """How many of these are children, or treated so. Must be 0: no path leads here, and a hold that came later is alarmed."""
    files = held.values("proceeding__file")
    codes = Q(code="treat_as_child") | Q(code="no_detention", absolute=True)
    return safeguards.Hold.objects.filter(codes, lifted_at=None, subject__in=files).values("subject").distinct().count()


def steps_waiting(officer: Officer, moment: datetime, within: timedelta) -> QuerySet[Term]:
    """What is due for the officer's body: terms of authorities in its open procedures that end soon or are over."""
    return open_terms(officer).filter(due_at__lt=moment + within).select_related("step__proceeding").order_by("due_at")


def countable(first: datetime, after_last: datetime) -> Iterator[Countable]:
    """Every proceeding opened in the period [first, after_last)."""
    rows = Proceeding.objects.filter(opened_at__gte=first, opened_at__lt=after_last)
    for row in rows.prefetch_related("steps__terms").iterator(chunk_size=500):
        met = [
            term.done_at <= term.due_at
            for step in row.steps.all()
            for term in step.terms.all()
            if term.binds == "authority" and term.verified and term.done_at and term.due_at
        ]
        yield Countable(
            row.procedure, row.body, row.opened_at, row.ended_at, row.outcome, all(met) if met else None
        )  # fmt: skip
