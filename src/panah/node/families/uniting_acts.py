"""Links between people, and the way from being apart to being together, as frozen values."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

from pydantic import Field

from panah.foundation.door.service import Action, Harm, NotFound
from panah.node.families import people, rules
from panah.node.families.acts import Interests, OfPerson, Relation, Remark, Text
from panah.node.families.models import FamilyLink, FollowUp, Reunification
from panah.node.registration import service as registration


class KeepLink(OfPerson):
    """Two people are family, and how that is known. `relation` is what `other` is to the person. Genes are asked last, and only of who agrees."""

    code: ClassVar[str] = "families.keep_link"
    open_fields: ClassVar[frozenset[str]] = frozenset({"link"})

    link: UUID
    other: UUID
    relation: Relation
    verified: Annotated[tuple[Literal["papers", "both_words", "authority", "dna"], ...], Field(min_length=1)]
    consent_to_dna: bool = False
    how: Text


class EndLink(OfPerson):
    """The two are not family after all. It may part them, so the safeguards are asked."""

    code: ClassVar[str] = "families.end_link"
    open_fields: ClassVar[frozenset[str]] = frozenset({"link"})

    link: UUID
    why: Text

    def harm(self) -> Harm:
        return Harm.FAMILY_SPLIT

    @cached_property
    def row(self) -> FamilyLink:
        found = FamilyLink.objects.select_for_update().filter(pk=self.link, ended_at=None).first()
        if found is None or self.file not in (found.file, found.other):
            raise NotFound("There is no such link.")
        return found


class Plan(OfPerson):
    """Begin to bring people together: the person and `others`. Whoever of their families would be left behind is parted from them, and
    the safeguards are asked."""

    code: ClassVar[str] = "families.plan"
    open_fields: ClassVar[frozenset[str]] = frozenset({"reunification", "where"})

    reunification: UUID
    others: Annotated[tuple[UUID, ...], Field(min_length=1, max_length=50)]
    request: UUID | None = None
    where: Literal["centre", "home", "elsewhere"]
    centre: UUID | None = None
    day: date | None = None
    plan: Remark = ""

    @property
    def files(self) -> tuple[UUID, ...]:
        return tuple(dict.fromkeys((self.file, *self.others)))

    def harm(self) -> Harm | None:
        return Harm.FAMILY_SPLIT if parted(self.files, self.centre) else None


def parted(files: tuple[UUID, ...], centre: UUID | None) -> frozenset[UUID]:
    """Those who would be left behind where these go to the centre."""
    families = {file: people.family_of(file) for file in files}
    everybody = {*files, *(kin for family in families.values() for kin in family)}
    return rules.left_behind(files, families, people.centres_of(everybody), centre)


class OnReunification(Action):
    """An act on the way together, by the body that leads it and by who works on one of the people."""

    needs: ClassVar[str] = "families.unite"

    reunification: UUID

    @cached_property
    def row(self) -> Reunification:
        found = Reunification.objects.select_for_update().filter(pk=self.reunification).first()
        if found is None:
            raise NotFound("There is no such reunification.")
        return found

    @cached_property
    def files(self) -> tuple[UUID, ...]:
        return tuple(self.row.members.order_by("pk").values_list("file", flat=True))

    def subject(self) -> UUID:
        return self.files[0]

    def target(self) -> Any:
        return self.row


class Prepare(OnReunification):
    """What one of them says to it, heard alone; for a child with guardian and best interests."""

    code: ClassVar[str] = "families.prepare"
    open_fields: ClassVar[frozenset[str]] = frozenset({"reunification"})

    file: UUID
    says: Literal["yes", "no", "later"]
    in_private: bool
    guardian: bool = False
    interests: Interests = ""
    remark: Remark = ""

    def subject(self) -> UUID:
        return self.file


class SetPlace(OnReunification):
    """Change where and when they come together."""

    code: ClassVar[str] = "families.set_place"
    open_fields: ClassVar[frozenset[str]] = frozenset({"reunification", "where"})

    where: Literal["centre", "home", "elsewhere"]
    centre: UUID | None = None
    day: date | None = None

    def harm(self) -> Harm | None:
        return Harm.FAMILY_SPLIT if parted(self.files, self.centre) else None


class BringTogether(OnReunification):
    """They are together since a day. In a centre reception must have given all of them a place there, with its own safeguards."""

    code: ClassVar[str] = "families.bring_together"
    open_fields: ClassVar[frozenset[str]] = frozenset({"reunification"})

    on: date


class KeepFollowUp(OnReunification):
    """How they are after a month or three."""

    code: ClassVar[str] = "families.follow_up"
    open_fields: ClassVar[frozenset[str]] = frozenset({"reunification", "months"})

    months: Literal[1, 3]
    how: Literal["well", "needs_help", "apart_again", "not_reached"]
    remark: Remark = ""

    @cached_property
    def visit(self) -> FollowUp:
        found = FollowUp.objects.filter(reunification=self.row, months=self.months).first()
        if found is None:
            raise NotFound("There is no such follow-up yet.")
        return found


class CloseReunification(OnReunification):
    code: ClassVar[str] = "families.close_reunification"
    open_fields: ClassVar[frozenset[str]] = frozenset({"reunification"})

    outcome: Literal[
        "reunited", "declined_by_one", "not_in_best_interests", "not_reached", "closed_by_wish", "parted_again"
    ]
    remark: Remark = ""


def file_of(number: str) -> registration.PersonFile | None:
    return registration.PersonFile.objects.filter(number=number.strip().upper()).first()
