"""Making a plan, what is done in it, and closing it. With its neighbours of this package the only writer of the room."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from panah.foundation.access.models import Officer
from panah.foundation.door.service import Moment, NotFound, Outcome, Refused, handles
from panah.foundation.notices.service import Word
from panah.node.profiling import service as profiling
from panah.node.reception import service as reception
from panah.node.referrals import service as referrals
from panah.node.registration import service as registration
from panah.node.solutions import family, figures, rules
from panah.node.solutions.acts import (
    AddMember,
    AddStep,
    AskReferral,
    ClosePlan,
    EndStep,
    GiveService,
    OnPlan,
    OpenPlan,
    ProposeJob,
    RecordStanding,
    SetJob,
)
from panah.node.solutions.models import Job, Member, Plan, Service, Standing, Step, Try

HANDED_OVER = ("money", "goods")
_PLAN_TERM = {rules.RETURN: "return_home/plan", "reintegration": "return_home/plan"}
_NOT_ASKED = ("security_service", "own_consulate")
# A term of a referral runs from one of these; asked for now, it runs from now.
_FROM_NOW = ("interview", "first_contact", "border_contact", "referral_sent", "identification", "knowledge_of_risk")


@handles(OpenPlan)
def open_plan(action: OpenPlan, moment: Moment) -> Outcome:
    officer, file = officer_of(moment), registration.file_in_turn(action.file)
    if file.closed_at is not None:
        raise Refused("The file is closed. A plan needs an open file.", code="closed")
    if Plan.objects.filter(file=file.pk, body=officer.body, ended_at=None).exists():
        raise Refused("Your body has an open plan for this person already.", code="open_already")
    national = figures.is_national(file)
    if action.toward == "reintegration" and not national:
        raise Refused(
            "Reintegration is for nationals of this state who came back. Choose another solution.", code="not_national", field="toward"
        )  # fmt: skip
    if action.toward == rules.RETURN and national:
        raise Refused(
            "The person is at home here: this state is one of their own. Choose another solution.", code="at_home", field="toward"
        )  # fmt: skip
    if action.toward == rules.RETURN and action.began_on is not None:
        raise Refused(
            "A return begins with the departure, which has its own act.", code="not_departed", field="began_on"
        )
    _own_yes(file, action.consent)
    decided = profiling.confirmed(file.pk)
    term = figures.ends(_PLAN_TERM.get(action.toward, "needs/plan_low"), {"interview": decided.at} if decided else {})
    plan = Plan.objects.create(
        id=action.plan,
        number=f"{file.number}-S{Plan.objects.filter(file=file.pk).count() + 1}",
        file=file.pk,
        toward=action.toward,
        body=officer.body,
        lead=action.by,
        aims=action.aims,
        language=action.language,
        interpreter=action.interpreter,
        consent=action.consent,
        health_consent=action.health_consent,
        own_national=national,
        opened_at=moment.recorded_at,
        due_at=term.at if term else None,
    )
    if action.began_on is not None:
        from panah.node.solutions.actions.follow import lay_down

        lay_down(plan, action.began_on, moment)
    return Outcome(result={"plan": str(plan.pk), "number": plan.number}, facts={"number": plan.number})


@handles(AddMember)
def add_member(action: AddMember, moment: Moment) -> Outcome:
    plan = open_one(action)
    found = next((one for one in family.family_of(_file(plan)) if one.number == action.number), None)
    if found is None or found.closed_at is not None:
        raise Refused(
            "Nobody of this number is of the family that came together. Check the number of the file.", code="no_member", field="number"
        )  # fmt: skip
    if plan.toward == rules.RETURN and not reception.is_child(found):
        raise Refused(
            "An adult returns by a plan of their own, with counsel and a yes of their own: nobody leaves on the word of a spouse.",
            code="own_plan",
            field="number",
        )
    _own_yes(found, action.consent)
    if plan.members.filter(file=found.pk).exists():
        raise Refused("This person is in the plan already.", code="in_already", field="number")
    Member.objects.create(id=action.member, plan=plan, file=found.pk, consent=action.consent, at=moment.recorded_at)
    return Outcome(result={"member": str(action.member)})


def _own_yes(file: registration.PersonFile, consent: str) -> None:
    """A guardian agrees for a child, and for nobody else."""
    if reception.is_child(file) and consent == "person":
        raise Refused(
            "For a child the guardian agrees, after the child was heard. Record the guardian's consent.", code="guardian", field="consent"
        )  # fmt: skip
    if consent == "guardian" and not reception.is_child(file):
        raise Refused(
            "The person is no child. An adult agrees in person, asked alone and in their own language.", code="own_yes", field="consent"
        )  # fmt: skip


@handles(RecordStanding)
def record_standing(action: RecordStanding, moment: Moment) -> Outcome:
    plan = open_one(action)
    open_area(plan, action.area, moment)
    file = (
        plan.file
        if action.member is None
        else plan.members.filter(pk=action.member).values_list("file", flat=True).first()
    )
    if file is None:
        raise NotFound("There is no such member of the plan.")
    not_to_come(action.asked_on, moment, "asked_on")
    Standing.objects.create(
        id=action.standing,
        plan=plan,
        file=file,
        area=action.area,
        level=action.level,
        said=action.said,
        needs=action.wanted,
        asked_on=action.asked_on,
        at=moment.recorded_at,
        by=action.by,
    )
    return Outcome(result={"standing": str(action.standing)})


@handles(AddStep)
def add_step(action: AddStep, moment: Moment) -> Outcome:
    plan = open_one(action)
    open_area(plan, action.area, moment)
    allowed = ("person", "office", *(to for to in referrals.recipients() if to not in _NOT_ASKED))
    if action.who not in allowed:
        raise Refused(
            f"A step is not of {action.who!r}. Allowed are: {', '.join(allowed)}.", code="unknown_who", field="who"
        )
    day, basis, verified = term_of(action.who, action.due_on, moment.recorded_at)
    if day < registration.local_day(moment.recorded_at):
        raise Refused("The day is over. Agree on one that is still to come.", code="past", field="due_on")
    Step.objects.create(
        id=action.step,
        plan=plan,
        area=action.area,
        what=action.what,
        who=action.who,
        due_on=day,
        due_basis=basis,
        verified=verified,
        at=moment.recorded_at,
        by=action.by,
    )
    return Outcome(result={"step": str(action.step)}, facts={"who": action.who, "basis": basis})


def term_of(who: str, agreed: date | None, at: datetime) -> tuple[date, str, bool]:
    """Until when a step is to be done: the day agreed on, else the pack's term for that kind of body."""
    if agreed is not None:
        return agreed, "agreed", False
    name = f"referral/{who}"
    found = figures.ends(name, dict.fromkeys(_FROM_NOW, at))
    if found is None:
        raise Refused(
            "The pack has no term for this step. Agree on a day with the person.", code="no_term", field="due_on"
        )
    return registration.local_day(found.at), name, found.value.verified


@handles(EndStep)
def end_step(action: EndStep, moment: Moment) -> Outcome:
    plan, step = open_one(action), action.of_plan
    open_area(plan, step.area, moment)
    if step.ended_at is not None:
        raise Refused("This step has ended already.", code="ended_already")
    if action.result == "done" and not (action.evidence and action.grade):
        raise Refused("Say what shows that it is done, and how sure that is.", code="no_evidence", field="evidence")
    Step.objects.filter(pk=step.pk).update(
        ended_at=moment.recorded_at, result=action.result, evidence=action.evidence, grade=action.grade
    )
    return Outcome(facts={"who": step.who})


@handles(AskReferral)
def ask_referral(action: AskReferral, moment: Moment) -> Outcome:
    plan, step = open_one(action), action.of_plan
    open_area(plan, step.area, moment)
    if step.who in ("person", "office", *_NOT_ASKED) or step.ended_at is not None:
        raise Refused("A referral is made where another body must act and the step is open.", code="no_body")
    Step.objects.filter(pk=step.pk).update(asked_at=moment.recorded_at)
    words = refer(_file(plan), step.who, action.referral, action.consent_given, moment)
    return Outcome(facts={"who": step.who}, notices=words)


def refer(
    file: registration.PersonFile,
    to: str,
    referral: UUID,
    consent: bool | None,
    moment: Moment,
    *,
    urgent: bool = False,
) -> tuple[Word, ...]:
    """Send the referral where the decided profile has that line; else a word to the post, which can decide on a profile anew."""
    officer = officer_of(moment)
    sent = referrals.SendReferral(
        by=officer.pk,
        place=officer.post,
        happened_at=moment.recorded_at,
        referral=referral,
        file=file.pk,
        to=to,
        consent_given=consent,
    )
    try:
        with transaction.atomic():
            return referrals.send_within(sent, moment).notices
    except Refused as refusal:
        if not urgent and refusal.code not in ("not_confirmed", "no_such_line"):
            raise
        return to_the_post(file, to)


def to_the_post(file: registration.PersonFile, who: str) -> tuple[Word, ...]:
    """A word to those who send referrals at the post that keeps the file."""
    there = Officer.objects.filter(
        post=file.place, is_active=True, grants__role__in=("registrar", "border_officer"), grants__withdrawn_at=None
    )
    facts, link = {"number": file.number, "to": who}, f"/files/{file.pk}/referrals/"
    return tuple(
        Word("solutions.referral_asked", officer=pk, facts=facts, link=link)
        for pk in there.order_by("username").values_list("pk", flat=True).distinct()[:20]
    )


@handles(GiveService)
def give_service(action: GiveService, moment: Moment) -> Outcome:
    plan = open_one(action)
    if action.kind == "health_care" and action.area != "health":
        raise Refused(
            "Health care is written under health, so that its lane alone reads of it.", code="health", field="area"
        )
    open_area(plan, action.area, moment)
    not_to_come(action.on, moment, "on")
    handed = action.kind in HANDED_OVER
    if handed != bool(action.receipt):
        raise Refused(
            "Money and goods are handed over against a receipt, and nothing else is. Say how it was received.", code="receipt", field="receipt"
        )  # fmt: skip
    if action.kind == "money" and not (action.amount and action.currency):
        raise Refused("Say how much money, and in which currency.", code="no_amount", field="amount")
    if action.kind in ("goods", "other") and not action.what:
        raise Refused("Say what was given.", code="no_what", field="what")
    earlier = Service.objects.filter(plan=plan).exclude(number=None).count()
    row = Service.objects.create(
        id=action.service,
        number=f"{plan.number}-R{earlier + 1}" if handed else None,
        plan=plan,
        area=action.area,
        kind=action.kind,
        what=action.what,
        amount=action.amount,
        currency=action.currency,
        receipt=action.receipt,
        on=action.on,
        at=moment.recorded_at,
        by=action.by,
    )
    return Outcome(result={"service": str(row.pk), "number": row.number}, facts={"number": row.number or ""})


@handles(ProposeJob)
def propose_job(action: ProposeJob, moment: Moment) -> Outcome:
    Job.objects.create(
        id=action.job,
        plan=open_one(action),
        vacancy=action.vacancy,
        employer=action.employer,
        contract_checked=action.contract_checked,
        at=moment.recorded_at,
        by=action.by,
    )
    return Outcome(result={"job": str(action.job)})


_JOB_AFTER = {"proposed": ("declined", "not_taken", "started"), "started": ("ended",)}


@handles(SetJob)
def set_job(action: SetJob, moment: Moment) -> Outcome:
    open_one(action)
    job = action.of_plan
    allowed = _JOB_AFTER.get(job.stage, ())
    if action.stage not in allowed:
        raise Refused(
            f"The job is {job.stage}. After that comes: {', '.join(allowed) or 'nothing'}.",
            code="wrong_stage",
            field="stage",
        )
    not_to_come(action.on, moment, "on")
    if action.stage == "ended" and job.started_on and action.on < job.started_on:
        raise Refused("The job cannot have ended before it began.", code="before_start", field="on")
    checked = job.contract_checked if action.contract_checked == "unknown" else action.contract_checked
    days = {"started": {"started_on": action.on}, "ended": {"ended_on": action.on}}.get(action.stage, {})
    Job.objects.filter(pk=job.pk).update(stage=action.stage, contract_checked=checked, why=action.why, **days)
    return Outcome(facts={"stage": action.stage})


@handles(ClosePlan)
def close_plan(action: ClosePlan, moment: Moment) -> Outcome:
    plan = open_one(action)
    last = Try.objects.filter(follow_up__plan=plan, reached=True).order_by("at", "id").last()
    closing = rules.Closing(
        toward=plan.toward,
        outcome=action.outcome,
        overdue=plan.follow_ups.filter(done_at=None, first_due_at__lte=moment.recorded_at).count(),
        dangers=plan.dangers.filter(closed_at=None).count(),
        departed=plan.toward == rules.RETURN and plan.began_on is not None,
        returned=_left_freely(plan),
        last_safe=last.safe if last else "",
    )
    why = rules.why_not_closed(closing)
    if why:
        sentence = _WHY_OPEN[why].format(outcomes=", ".join(rules.OUTCOMES[plan.toward]))
        raise Refused(sentence, code=why, field="outcome")
    Plan.objects.filter(pk=plan.pk).update(
        ended_at=moment.recorded_at, outcome=action.outcome, ended_remark=action.said
    )
    return Outcome(facts={"outcome": action.outcome, "number": plan.number})


def _left_freely(plan: Plan) -> bool:
    """Whether the person left by the acts of a free return since the plan was made, by a plan of their own or with their family."""
    returns = Plan.objects.filter(Q(file=plan.file) | Q(members__file=plan.file), toward=rules.RETURN)
    return returns.filter(began_on__gte=registration.local_day(plan.opened_at)).exists()


_WHY_OPEN = {
    "unknown_outcome": "This plan does not end so. Allowed are: {outcomes}.",
    "danger_open": "A danger is open. Say what was done, and ask the person whether they are safe; then close the plan.",
    "follow_up_due": "A follow-up is due. Try to reach the person, and keep each try; then close the plan.",
    "not_heard": "Nobody is reintegrated who was not reached, or did not say that they are safe. Choose another outcome, or ask the person.",
    "departed": "The person has left already. Choose another outcome.",
    "not_returned": "Nobody returned who did not leave by the acts of a free return: counsel, information, time to think, the yes, the "
    "departure. Open a plan toward return, or choose another outcome.",
}


def officer_of(moment: Moment) -> Officer:
    if moment.officer is None:
        raise Refused("This act needs an officer.", code="no_officer")
    return moment.officer


def open_one(action: OnPlan) -> Plan:
    """The plan, if it is open."""
    if action.row.ended_at is not None:
        raise Refused("The plan is closed. Make a new one.", code="ended")
    return action.row


def open_area(plan: Plan, area: str, moment: Moment) -> None:
    """Refuse what concerns health to roles that are not of its lane and have not the person's yes."""
    if area == "health" and not rules.may_see_health(officer_of(moment).roles, plan.health_consent):
        raise Refused(
            "What concerns health is kept by those who treat or protect the person. Ask for a referral to them.", code="not_your_lane", field="area"
        )  # fmt: skip


def not_to_come(day: date, moment: Moment, field: str) -> None:
    if day > registration.local_day(moment.recorded_at):
        raise Refused("The day is still to come. Check the date.", code="future", field=field)


def _file(plan: Plan) -> registration.PersonFile:
    return registration.PersonFile.objects.select_related("group").get(pk=plan.file)
