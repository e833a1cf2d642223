"""A free return: counsel, time to think, the person's yes and its taking back, departure (G10)."""

from __future__ import annotations

from typing import Any

from panah.foundation.door.service import Harm, Moment, Outcome, Refused, StoppedForOne, handles
from panah.node.procedures import service as procedures
from panah.node.registration import service as registration
from panah.node.safeguards import service as safeguards
from panah.node.solutions import family, figures, rules
from panah.node.solutions.actions import not_to_come, officer_of, open_one
from panah.node.solutions.actions.follow import lay_down
from panah.node.solutions.acts import AgreeToReturn, ChangeMind, Counsel, Depart, OnPlan
from panah.node.solutions.models import Agreement, Counselling, Plan


@handles(Counsel)
def counsel(action: Counsel, moment: Moment) -> Outcome:
    plan, officer = _return(action), officer_of(moment)
    enforces = procedures.of_file(plan.file).filter(
        procedure__in=rules.ENFORCING_PROCEDURES, body=officer.body, ended_at=None
    )
    if action.by_whom == "own_office" and (officer.roles & rules.ENFORCING_ROLES or enforces.exists()):
        raise Refused(
            "Your office enforces removals, or leads a procedure of force against this person. Counsel is held by another body.",
            code="enforcing",
            field="by_whom",
        )
    not_to_come(action.origin_as_of, moment, "origin_as_of")
    if action.happened_at > moment.recorded_at:
        raise Refused("The counsel is still to come. Check the time.", code="future", field="happened_at")
    Counselling.objects.create(
        id=action.counselling,
        plan=plan,
        by_whom=action.by_whom,
        language=action.language,
        origin=action.origin,
        origin_as_of=action.origin_as_of,
        held_at=action.happened_at,
        at=moment.recorded_at,
        by=action.by,
    )
    return Outcome(result={"counselling": str(action.counselling)})


@handles(AgreeToReturn)
def agree_to_return(action: AgreeToReturn, moment: Moment) -> Outcome:
    plan = _return(action)
    if plan.began_on is not None:
        raise Refused("The person has left already.", code="departed")
    if plan.agreements.filter(taken_back_at=None).exists():
        raise Refused("The person has said yes already.", code="agreed_already")
    detained = action.detained or _is_held(plan)
    _free(plan, detained=detained, counsel=action.counsel, moment=moment)
    Agreement.objects.create(
        id=action.agreement,
        plan=plan,
        said=action.said,
        language=action.language,
        detained=detained,
        counsel=action.counsel,
        at=moment.recorded_at,
        by=action.by,
    )
    return Outcome(result={"agreement": str(action.agreement)})


@handles(ChangeMind)
def change_mind(action: ChangeMind, moment: Moment) -> Outcome:
    plan = _return(action)
    if plan.began_on is not None:
        raise Refused("The person has left already.", code="departed")
    if not Agreement.objects.filter(plan=plan, taken_back_at=None).update(taken_back_at=moment.recorded_at):
        raise Refused("The person has not said yes. Nothing is to be taken back.", code="no_yes")
    return Outcome()


@handles(Depart)
def depart(action: Depart, moment: Moment) -> Outcome:
    plan = _return(action)
    if plan.began_on is not None:
        raise Refused("The departure is kept already.", code="departed")
    said = plan.agreements.filter(taken_back_at=None).first()
    if said is None:
        raise Refused("The person has not said yes, or has taken it back. Nobody leaves without it.", code="no_yes")
    if action.on < registration.local_day(said.at):
        raise Refused("The person left after saying yes, not before. Check the day.", code="before_yes", field="on")
    not_to_come(action.on, moment, "on")
    _free(plan, detained=said.detained or _is_held(plan), counsel=said.counsel, moment=moment)
    for file in family.files_of(plan)[1:]:
        stop = safeguards.stop_for(file, Harm.VOLUNTARY_RETURN)
        if stop is not None:
            raise StoppedForOne(
                "A safeguard stands against the return of one of the family. Nobody left; the family decides anew.",
                stop,
            )
    lay_down(plan, action.on, moment)
    Plan.objects.filter(pk=plan.pk).update(returned_to=action.to_state)
    return Outcome(facts={"people": 1 + plan.members.count()})


def _return(action: OnPlan) -> Plan:
    plan = open_one(action)
    if plan.toward != rules.RETURN:
        raise Refused("The plan does not go toward a return. Make one that does.", code="no_return")
    return plan


def _is_held(plan: Plan) -> bool:
    return procedures.of_file(plan.file).filter(procedure="detention", ended_at=None).exists()


def _free(plan: Plan, *, detained: bool, counsel: str, moment: Moment) -> None:
    """Refuse a yes, or a departure, that is not free and informed."""
    held = plan.counsellings.order_by("held_at", "at").last()
    thinking = figures.ends("return_home/cooling_off", {"return_counselling": held.held_at}) if held else None
    codes = [family.holds_of(file) for file in family.files_of(plan)]
    will = rules.Will(
        counselled_at=held.held_at if held else None,
        waits_until=thinking.at if thinking else None,
        informed_on=held.origin_as_of if held else None,
        detained=detained,
        counsel=counsel,
        protected=any("no_removal" in one for one in codes),
        child=any({"no_removal", "treat_as_child"} <= one for one in codes),
    )
    why = rules.why_not_agreed(will, moment.recorded_at)
    if why:
        raise Refused(_WHY_NOT_FREE[why], code=why, field=_FIELDS.get(why, ""))


_FIELDS: dict[str, Any] = {"no_counsel": "counsel"}
_WHY_NOT_FREE = {
    "not_counselled": "The person was not counselled on return. That is the first step, by a body that does not enforce removals.",
    "not_informed": "The person was not told how things are where they go. Tell them, with the day of the information.",
    "time_to_think": "The time to think is not over yet, or the pack does not say how long it is. Wait for it.",
    "child_protected": "A safeguard stands against the removal of a child of this plan. A child returns only when it has fallen.",
    "no_counsel": "The person is held, or a safeguard stands against their removal. They say yes only with independent counsel; name it.",
}
