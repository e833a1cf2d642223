"""After the return, or the beginning of a solution: asking how life is now, dangers, reminders."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from panah.foundation.door.service import Moment, Outcome, Refused, handles
from panah.foundation.notices.service import Word
from panah.node.referrals import service as referrals
from panah.node.registration import service as registration
from panah.node.safeguards import service as safeguards
from panah.node.solutions import actions, family, figures, rules
from panah.node.solutions.acts import BeginSolution, RemindOfFollowUp, ReplyToDanger, ReportDanger, TryFollowUp
from panah.node.solutions.models import Danger, DangerReply, FollowUp, Plan, Step, Try


def lay_down(plan: Plan, began_on: date, moment: Moment) -> None:
    """Keep the day, and lay down the follow-ups of the pack that fall after the plan was made."""
    actions.not_to_come(began_on, moment, "began_on")
    Plan.objects.filter(pk=plan.pk).update(began_on=began_on)
    before = start_of(began_on)
    for turn, name in rules.FOLLOW_UPS.items():
        found = figures.ends(name, {"returned": began_on})
        if found is None or found.at < plan.opened_at:
            continue
        FollowUp.objects.create(
            id=uuid5(plan.pk, f"{name} {began_on}"),
            plan=plan,
            turn=turn,
            months=figures.months_of(found),
            parameter=name,
            verified=found.value.verified,
            from_at=before,
            due_at=found.at,
            first_due_at=found.at,
        )
        before = found.at


def start_of(day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(registration.node_pack().timezone))


@handles(BeginSolution)
def begin_solution(action: BeginSolution, moment: Moment) -> Outcome:
    plan = actions.open_one(action)
    if plan.toward == rules.RETURN:
        raise Refused("A return begins with the departure, which has its own act.", code="not_departed")
    if Try.objects.filter(follow_up__plan=plan).exists():
        raise Refused("Somebody was asked already by that day. It stays.", code="asked_already", field="on")
    if FollowUp.objects.filter(plan=plan, first_due_at__lte=moment.recorded_at).exists():
        raise Refused(
            "A follow-up is due by that day already. Another day would take it away: ask the person first.", code="due_already", field="on"
        )  # fmt: skip
    FollowUp.objects.filter(plan=plan).delete()
    lay_down(plan, action.on, moment)
    return Outcome()


@handles(TryFollowUp)
def try_follow_up(action: TryFollowUp, moment: Moment) -> Outcome:
    plan, row, at = actions.open_one(action), action.of_plan, action.happened_at
    if row.done_at is not None:
        raise Refused("This follow-up is done.", code="done_already")
    if at > moment.recorded_at:
        raise Refused("The try is still to come. Check the time.", code="future", field="happened_at")
    if not rules.reminder_due(row.from_at, row.due_at, 0, at) and not row.tries.exists():
        raise Refused(
            "It is too early to ask how life is at that time. Keep what you hear now as where the person stands.", code="too_early"
        )  # fmt: skip
    first = row.tries.order_by("on").values_list("on", flat=True).first()
    if first is not None and registration.local_day(at) < first:
        raise Refused("The person was tried for the first time later than that. Check the day.", code="before_first")
    said = (action.safe, action.works, action.same_job, action.wants_to_leave, action.where)
    if not action.reached and (set(said) != {"unknown"} or action.why_leave or action.said):
        raise Refused(
            "Who was not reached said nothing. Leave the answers at unknown.", code="said_nothing", field="reached"
        )
    on = registration.local_day(at)
    Try.objects.create(
        id=action.attempt,
        follow_up=row,
        how=action.how,
        reached=action.reached,
        safe=action.safe,
        works=action.works,
        same_job=action.same_job,
        wants_to_leave=action.wants_to_leave,
        why_leave=sorted(set(action.why_leave)),
        where=action.where,
        said=action.said,
        on=on,
        at=moment.recorded_at,
        by=action.by,
    )
    _done_or_again(action, row, on, moment)
    facts = {"turn": row.turn, "months": row.months, "number": plan.number}
    result = {"attempt": str(action.attempt)}
    if action.safe != "no":
        return Outcome(result=result, facts=facts)
    danger, words = _danger(plan, uuid5(action.attempt, "danger"), action.said, moment, action.by)
    return Outcome(result=result | {"danger": str(danger.pk)}, facts=facts | {"told": danger.told}, notices=words)


def _done_or_again(action: TryFollowUp, row: FollowUp, on: date, moment: Moment) -> None:
    rows = FollowUp.objects.filter(pk=row.pk)
    if action.reached:
        rows.update(done_at=moment.recorded_at, reached=True)
        return
    needed = figures.tries_needed(on)
    days = row.tries.order_by().values("on").distinct().count()
    if action.last:
        if days < needed:
            raise Refused(
                f"The person was tried on {days} days. Only after {needed} different days do they count as not reached; try again.",
                code="too_few",
                field="last",
            )
        rows.update(done_at=moment.recorded_at, reached=False)
        return
    if action.next_try is None or action.next_try <= on:
        raise Refused("Say on which later day the person is tried again.", code="no_next", field="next_try")
    latest = figures.last_next_try(on)
    if latest is not None and action.next_try > latest:
        raise Refused(
            f"Until the next try nobody knows how the person is. Try again by {latest.isoformat()} at the latest.",
            code="too_late",
            field="next_try",
        )
    again = start_of(action.next_try) + timedelta(days=1) - timedelta(seconds=1)
    rows.update(due_at=again, from_at=moment.recorded_at, told=0)


@handles(ReportDanger)
def report_danger(action: ReportDanger, moment: Moment) -> Outcome:
    danger, words = _danger(action.row, action.danger, action.what, moment, action.by)
    return Outcome(result={"danger": str(danger.pk)}, facts={"told": danger.told}, notices=words)


def _danger(plan: Plan, pk: UUID, what: str, moment: Moment, by: UUID | None) -> tuple[Danger, tuple[Word, ...]]:
    """Keep a danger, also where the plan is closed: the protection lanes and those who oversee are told, a referral is asked for, removal is held."""
    file = registration.file_by_id(plan.file)
    lanes = list(rules.LANES_OF_DANGER_OF_OWN if plan.own_national else rules.LANES_OF_DANGER)
    if "treat_as_child" in family.holds_of(file.pk):
        lanes.insert(0, rules.LANE_OF_CHILD)
    bodies = {lane: _body(file, lane, moment) for lane in lanes}
    told = [lane for lane in lanes if bodies[lane]]
    danger = Danger.objects.create(id=pk, plan=plan, what=what, at=moment.recorded_at, by=by, told=told)
    reason = {
        "rule": "officer",
        "by": str(by),
        "reason": "The person said, or somebody said of them, that they are in danger.",
    }
    safeguards.place_holds(file.pk, [safeguards.HoldToPlace("no_removal", (reason,))], moment)
    words = [*_to_those_who_oversee(plan)]
    for lane in told:
        facts = {"number": file.number, "from": plan.body}
        words.append(Word("solutions.danger", body=bodies[lane], role=rules.ROLE_OF_LANE[lane], facts=facts))
    first = told[0] if told else lanes[0]
    day, basis, verified = _soon(first, moment)
    Step.objects.create(
        id=uuid5(pk, "step"),
        plan=plan,
        area="safety",
        who=first,
        danger=danger,
        due_on=day,
        due_basis=basis,
        verified=verified,
        asked_at=moment.recorded_at,
        at=moment.recorded_at,
        by=by,
    )
    return danger, (*words, *actions.refer(file, first, uuid5(pk, "referral"), None, moment, urgent=True))


def _soon(lane: str, moment: Moment) -> tuple[date, str, bool]:
    """The pack's term for a referral to that lane; today where it has none, for a danger does not wait."""
    try:
        return actions.term_of(lane, None, moment.recorded_at)
    except Refused:
        return registration.local_day(moment.recorded_at), "at_once", False


def _body(file: registration.PersonFile, lane: str, moment: Moment) -> str:
    found = registration.node_pack().body_for(lane, registration.local_day(moment.recorded_at), file.place)
    return referrals.body_code(found) if found else ""


def _to_those_who_oversee(plan: Plan) -> tuple[Word, ...]:
    facts, link = {"number": plan.number}, f"/solutions/{plan.pk}/"
    return (
        Word("solutions.danger_overseen", role="ombudsman", facts=facts, link=link),
        Word("solutions.danger_overseen", body=plan.body, role="supervisor", facts=facts, link=link),
    )


@handles(ReplyToDanger)
def reply_to_danger(action: ReplyToDanger, moment: Moment) -> Outcome:
    danger = action.of_plan
    if danger.closed_at is not None:
        raise Refused("This danger is over. Report a new one.", code="over")
    DangerReply.objects.create(
        id=action.reply, danger=danger, what=action.what, safe=action.safe, at=moment.recorded_at, by=action.by
    )
    if action.safe == "yes":
        Danger.objects.filter(pk=danger.pk).update(closed_at=moment.recorded_at)
    return Outcome(facts={"over": action.safe == "yes"})


@handles(RemindOfFollowUp)
def remind(action: RemindOfFollowUp, moment: Moment) -> Outcome:
    row = (
        FollowUp.objects.select_for_update(of=("self",))
        .select_related("plan")
        .filter(pk=action.follow_up, done_at=None, plan__ended_at=None)
        .first()
    )
    if row is None:
        raise Refused("The follow-up is done.", code="done_already")
    level = rules.reminder_due(row.from_at, row.due_at, row.told, moment.recorded_at)
    if not level:
        raise Refused("No word is due.", code="not_due")
    FollowUp.objects.filter(pk=row.pk).update(told=level)
    facts, link = {"number": row.plan.number, "months": str(row.months)}, f"/solutions/{row.plan_id}/"
    code = "solutions.follow_up_over" if level == 100 else "solutions.follow_up_near"
    words = [Word(code, officer=row.plan.lead, facts=facts, link=link)] if row.plan.lead else []
    if level == 100:
        words.append(Word(code, body=row.plan.body, role="supervisor", facts=facts, link=link))
    return Outcome(facts={"level": level}, notices=tuple(words))
