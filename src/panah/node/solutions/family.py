"""The people of a plan: the person, and those of the family who joined."""

from __future__ import annotations

from uuid import UUID

from panah.node.registration import service as registration
from panah.node.safeguards import service as safeguards
from panah.node.solutions.models import Plan


def family_of(file: registration.PersonFile) -> list[registration.PersonFile]:
    """The others of the family with whom the person came."""
    if file.group is None or file.group.kind != "family":
        return []
    return list(file.group.files.exclude(pk=file.pk).order_by("number"))


def files_of(plan: Plan) -> list[UUID]:
    """The files of everybody for whom the plan is, the person's first."""
    return [plan.file, *plan.members.values_list("file", flat=True)]


def holds_of(file: UUID) -> frozenset[str]:
    """The codes of the safeguards that stand for a person."""
    return frozenset(hold.code for hold in safeguards.standing(file))
