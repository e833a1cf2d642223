"""What must be so before a third state is asked to take a person in. Called by the acts, in their transactions."""

from __future__ import annotations

from django.utils.translation import gettext as _

from panah.foundation.door.service import Moment, Refused
from panah.node.procedures import rules, terms
from panah.node.procedures.actions.waivers import may_be_child
from panah.node.procedures.models import Decision, Proceeding, Step
from panah.node.profiling import service as profiling
from panah.node.registration import service as registration


def before_going_on(row: Proceeding, following: str, moment: Moment) -> None:
    """Refuse every step toward a third state, whatever a pack calls it, for a child whose best interests nobody looked at. To end it, and to
    write down that the child arrived, is free.

    A child who is alone, or of whom it is not known whether they are, needs a formal determination that this solution is best; a child
    with its family an assessment (best interests procedure, 2021; domain reference 3.8).
    """
    if row.procedure != rules.THIRD_STATE or not following or not may_be_child(row, moment):
        return
    lacks = rules.lacks_before_asking(alone=_may_be_alone(row), assessed=_assessed(row), determined=_determined(row))
    if lacks:
        raise Refused(_sentence(lacks), code="best_interests", field="outcome")


def _sentence(lacks: str) -> str:
    if lacks == rules.DETERMINATION:
        return _(
            "This is a child alone, or it is not known whether they are. A third state is asked only after a formal determination of their "
            "best interests came to this solution. Refer the child to child protection first."
        )
    return _(
        "This is a child, or somebody whose age is not known. Nobody has assessed their best interests yet: refer them to child "
        "protection first, or write down their age."
    )


def _may_be_alone(row: Proceeding) -> bool:
    decided = profiling.confirmed(row.file)
    if decided is None or "child_alone" in registration.file_by_id(row.file).urgent:
        return True
    return not rules.ALONE.isdisjoint(decided.profiles)


def _assessed(row: Proceeding) -> bool:
    ended = Step.objects.filter(proceeding__file=row.file, ended_at__isnull=False)
    return ended.filter(procedure__in=rules.BEST_INTERESTS).exclude(outcome=rules.WITHDRAWN).exists()


def _determined(row: Proceeding) -> bool:
    """Whether the last word of those who decide on the child's best interests is this solution."""
    signed = Decision.objects.filter(
        step__proceeding__file=row.file, step__procedure__in=rules.BEST_INTERESTS, signed_at__isnull=False
    )
    last = signed.select_related("step__proceeding").order_by("signed_at", "step").last()
    if last is None or last.outcome != rules.RESETTLED:
        return False
    later = last.step.proceeding.steps.filter(pk__gt=last.step_id, ended_at__isnull=False)
    shape = terms.shape_of(last.step.proceeding)
    return not any(rules.frees(shape.stage(one.stage), one.outcome) for one in later)
