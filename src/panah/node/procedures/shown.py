"""Proceedings as pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from panah.cores.lawbook.dealings import Procedure, Stage
from panah.cores.lawbook.model import Source
from panah.foundation.access.models import Officer
from panah.foundation.access.service import may
from panah.foundation.languages import of_tag
from panah.node.procedures import rules, service, terms, words
from panah.node.procedures.models import Decision, Detention, Hearing, Proceeding, Term
from panah.node.referrals import service as referrals
from panah.node.registration import service as registration
from panah.node.safeguards import service as safeguards
from panah.web.parts import Clock, Column, Event, Link, Table
from panah.web.reading import country_name

LONGEST_LIST = 50


@dataclass(frozen=True)
class Waiting:
    """The first lines of what waits, and whether there are more."""

    table: Table
    cut: bool


def listed(rows: Iterable[Proceeding], now: datetime) -> Table:
    """The proceedings of a body with the term that ends next."""
    rows = list(rows)
    nearest: dict[UUID, Term] = {}
    running = Term.objects.filter(step__proceeding__in=rows, done_at=None).exclude(due_at=None)
    for term in running.select_related("step").order_by("-due_at"):
        nearest[term.step.proceeding_id] = term
    return Table(
        caption=_("Procedures"),
        columns=[
            Column(_("Number"), heading=True),
            Column(_("Procedure")),
            Column(_("Stage")),
            Column(_("Since")),
            Column(_("Ends next")),
        ],
        rows=[
            [
                Link(row.number, reverse("procedure", args=[row.pk])),
                words.procedure_title(row.procedure),
                words.stage_title(row.procedure, row.stage) if row.stage else words.outcome_text(row.outcome),
                row.opened_at,
                nearest[row.pk].due_at if row.pk in nearest else None,
            ]
            for row in rows
        ],
        empty=_("No procedure is open at your body. Open one from a referral that you accepted."),
    )


def held(rows: Iterable[Detention]) -> Table:
    """The register of detention, without a name."""
    return Table(
        caption=_("Held now"),
        columns=[
            Column(_("Number"), heading=True),
            Column(_("Authority")),
            Column(_("Where")),
            Column(_("Since")),
            Column(_("Days"), numeric=True),
            Column(_("Last review")),
            Column(_("Next review by")),
            Column(_("Longest until")),
            Column(_("Standing")),
        ],
        rows=[
            [
                Link(one.proceeding.number, reverse("procedure", args=[one.proceeding.pk])),
                registration.body_title(one.proceeding.body),
                one.place,
                one.ordered_at,
                (registration_now() - one.ordered_at).days,
                one.reviewed_at,
                one.review_due,
                one.maximum_due,
                state_of(one),
            ]
            for one in rows
        ],
        empty=_("Nobody is held."),
    )


def state_of(one: Detention) -> str:
    """What is wrong with a detention, in words; empty when nothing is."""
    moment = registration_now()
    if one.maximum_due is not None and one.maximum_due <= moment:
        return words.with_basis(_("must be released"), one.maximum_basis)
    if one.review_due is not None and one.review_due <= moment:
        return words.with_basis(_("a review was missed"), one.review_basis)
    return ""


def due(rows: Iterable[Term]) -> Table:
    """What must be done next, soonest first."""
    return Table(
        caption=_("Due next"),
        columns=[
            Column(_("Number"), heading=True), Column(_("Term")), Column(_("Stage")), Column(_("Until")), Column(_("Set by")),
        ],
        rows=[
            [
                Link(term.step.proceeding.number, reverse("procedure", args=[term.step.proceeding.pk])),
                words.parameter_title(term.parameter),
                words.stage_title(term.step.proceeding.procedure, term.step.stage),
                term.due_at,
                words.BASES.get(term.basis, ""),
            ]
            for term in rows
        ],
        empty=_("Nothing is due in the next two weeks."),
    )  # fmt: skip


def appointments(rows: Iterable[Hearing]) -> Table:
    """An interpreter's appointments: no person, no procedure by name."""
    return Table(
        caption=_("Appointments"),
        columns=[
            Column(_("Number"), heading=True), Column(_("When")), Column(_("Minutes"), numeric=True), Column(_("Where")), Column(_("Setting")),
            Column(_("Language")), Column(_("Your answer")),
        ],
        rows=[
            [
                Link(one.proceeding.number, reverse("appointment", args=[one.pk])),
                one.at,
                one.minutes,
                one.room,
                words.SETTINGS[one.setting],
                name_of_language(one.language),
                words.ANSWERS_OF_INTERPRETERS[one.interpreter_says],
            ]
            for one in rows
        ],
        empty=_("Nobody asked you to interpret. You are told here and by mail."),
    )  # fmt: skip


def name_of_language(tag: str) -> str:
    """A language by its own name, else its tag."""
    found = of_tag(tag)
    return found.name if found else tag


@dataclass(frozen=True)
class Aid:
    """One time that legal aid was spoken of: what became of it, on which day, by whom it is given."""

    standing: Any
    on: date | None
    by: str


def aid(row: Proceeding) -> list[Aid]:
    """What was said of legal aid, oldest first."""
    return [
        Aid(
            words.AID[one.state],
            one.given_on or _day_of(one.declined_at or one.asked_at),
            f"{one.organisation} ({words.KINDS_OF_AID[one.kind]})" if one.kind else "",
        )
        for one in row.legal_aid.all()
    ]


def _day_of(moment: datetime | None) -> date | None:
    return terms.local_day(moment) if moment else None


def owed(row: Proceeding, shape: Procedure) -> list[tuple[str, str]]:
    """What the person is owed at the stage that is open, by the pack, and what on record shows that they had it; empty where nothing does."""
    if not row.stage:
        return []
    counsel = service.counsel(row)
    hearings = list(row.hearings.all())
    interpreted = any(one.interpreter or one.interpreter_says == "available" for one in hearings)
    evidence = {
        "legal_aid": str(words.AID[counsel]) if counsel else "",
        "interpreter": _("named for a hearing") if interpreted else "",
        "same_sex_interviewer": _("asked") if any(one.same_sex != "unknown" for one in hearings) else "",
        "copy_of_record": _("the record is kept") if any(one.record for one in hearings) else "",
    }
    return [(words.owed_title(code), evidence.get(code, "")) for code in shape.stage(row.stage).safeguards]


def pages_for(officer: Officer, file: Any) -> list[Link]:
    """The proceedings of a person that the officer may read, for the page of the file, with the term that ends next."""
    links = []
    for row in Proceeding.objects.filter(file=file.pk).order_by("opened_at"):
        if not may(officer, "procedures.read", row):
            continue
        stands = words.stage_title(row.procedure, row.stage) if row.stage else words.outcome_text(row.outcome)
        said = f"{words.procedure_title(row.procedure)}: {stands}"
        lead = _("Leads the case: %(name)s") % {"name": service.name_of(row.lead)} if row.lead else ""
        links.append(Link(" · ".join(filter(None, (said, lead))), reverse("procedure", args=[row.pk])))
        for ban in row.bans.filter(lifted_on=None):
            said = _("Ban on entry: %(state)s") % {"state": country_name(ban.state, get_language() or "en")}
            links.append(Link(said, reverse("procedure_remedies", args=[row.pk])))
    return links


def to_begin(officer: Officer) -> Waiting:
    """Accepted referrals from which no procedure has arisen yet: at most LONGEST_LIST, those that wait longest first."""
    begun = Proceeding.objects.filter(file=OuterRef("file"), body=officer.body, referral=OuterRef("pk"))
    accepted = referrals.waiting_for(officer).filter(~Exists(begun), status="accepted")
    waiting = list(accepted.only("number", "answered_at")[: LONGEST_LIST + 1])
    table = Table(
        caption=_("Accepted referrals without a procedure"),
        columns=[Column(_("Number"), heading=True), Column(_("Accepted")), Column("")],
        rows=[
            [
                Link(one.number, reverse("referral", args=[one.pk])),
                one.answered_at,
                Link(_("Open a procedure"), reverse("procedure_new", args=[one.pk])),
            ]
            for one in waiting[:LONGEST_LIST]
        ],
        empty=_("Every accepted referral has its procedure."),
    )
    return Waiting(table, cut=len(waiting) > LONGEST_LIST)


def offered(officer: Officer) -> list[tuple[str, str]]:
    """The procedures that the pack has today and that lie in the officer's lanes."""
    on = terms.local_day(registration_now())
    codes = {shape.code: shape.of_floor for shape in registration.node_pack().procedures if shape.holds_on(on)}
    mine = (code for code, roles in rules.WORKED_ON_BY.items() if code in codes and not officer.roles.isdisjoint(roles))
    return [(code, words.procedure_title(code) + (_(" (shape of the floor)") if codes[code] else "")) for code in mine]


def registration_now() -> datetime:
    """The moment of the page."""
    from panah.foundation.clock import now

    return now()


def clocks(row: Proceeding, now: datetime, url: str = "") -> list[Clock]:
    """The terms of a proceeding that still matter: those that run, wait to be known, or were met in the stage that is open."""
    pack = registration.node_pack()
    known = frozenset(terms.facts_of(row))
    shown = []
    latest = {term.parameter: term for term in Term.objects.filter(step__proceeding=row).select_related("step")}
    for term in latest.values():
        over = term.done_at is not None and term.step.ended_at is not None
        parameter = pack.parameters.get(term.parameter)
        if over or parameter is None or (term.unknown and term.started_at is None and not term.remedy):
            continue
        started = term.started_at or term.step.began_at
        due = max(term.due_at, started) if term.due_at else None
        cited = term.cited.split(",")[0] or (parameter.values[0].citation.source if parameter.values else "")
        source = pack.sources.get(cited)
        shown.append(
            Clock(
                what=words.parameter_title(term.parameter)
                + ("" if term.verified or term.unknown else _(" (not verified)")),
                started=started,
                due=due,
                now=now,
                source=_cited(source, term.cited) if source else "",
                unknown=words.missing_text(parameter, known) if due is None else "",
                done=term.done_at,
                url=url,
                kind="target" if term.basis == "target" else "statutory",
            )
        )
        if term.target_at is not None and term.done_at is None:
            aim = words.parameter_title(term.parameter)
            shown.append(Clock(aim, started, max(term.target_at, started), now, kind="target", url=url))
    return shown


def _cited(source: Source, cited: str) -> str:
    """The title of the source in the reader's language, with the article where the value says one."""
    return words.in_reader_language(source.title) + cited[len(source.id) :] * cited.startswith(source.id)


def stages(row: Proceeding, shape: Procedure) -> list[dict[str, Any]]:
    """Every stage of the shape: gone through, open now, or still possible."""
    ended = {step.stage: step for step in row.steps.all() if step.ended_at}
    return [
        {
            "title": words.stage_title(row.procedure, stage.id),
            "state": "now" if stage.id == row.stage else "done" if stage.id in ended else "open",
            "outcome": words.outcome_text(ended[stage.id].outcome) if stage.id in ended else "",
            "verified": stage.verified,
            "source": _source(stage),
        }
        for stage in shape.stages
    ]


def _source(stage: Stage) -> str:
    return safeguards.source_text(stage.citations)


def events(row: Proceeding) -> list[Event]:
    """What happened in the proceeding, oldest first."""
    steps, evidence = row.steps.all(), row.evidence.all()
    acting = {by for by in (row.opened_by, *(step.by for step in steps), *(item.by for item in evidence)) if by}
    names = dict(Officer.objects.filter(pk__in=acting).values_list("pk", "display_name"))

    def event(at: datetime | None, what: str, by: UUID | None = None, detail: str = "") -> Event | None:
        return Event(at, what, names.get(by, "") if by else "", detail=detail) if at else None

    told = [event(row.opened_at, _("The procedure was opened."), row.opened_by)]
    for step in steps:
        what = f"{words.stage_title(row.procedure, step.stage)}: {words.outcome_text(step.outcome)}"
        told.append(event(step.ended_at, what, step.by, step.remark))
    told += [event(hearing.held_at, _("Hearing"), detail=hearing.record) for hearing in row.hearings.all()]
    for decision in Decision.objects.filter(step__proceeding=row).exclude(notified_at=None):
        detail = f"{words.HOW_NOTIFIED[decision.notified_how]}. {decision.proof}"
        told.append(event(decision.notified_at, _("The person was told of the decision."), detail=detail))
    held = Detention.objects.filter(proceeding=row).first()
    if held is not None:
        reasons = " · ".join((held.place, held.legal_ground, held.assessment))
        told.append(event(held.ordered_at, _("Grounds of the detention"), held.by, reasons))
        told.append(event(held.reviewed_at, _("Review of the detention")))
        told.append(event(held.released_at, _("The person was released.")))
    for item in evidence:
        told.append(event(item.received_at, _("Evidence"), item.by, f"{words.GRADES[item.grade]}. {item.what}"))
    return sorted((each for each in told if each), key=lambda each: each.at)
