"""The family of somebody in custody: who of it is held here too, who would stay behind, and what that makes of a transfer."""

from __future__ import annotations

from collections.abc import Callable, Collection
from uuid import UUID

from django.db.models import Q, QuerySet

from panah.foundation.door.service import Harm
from panah.node.custody import rules
from panah.node.custody.models import Custody, Transfer

Kin = Callable[[UUID], set[UUID]]
_kin: list[Kin] = []


def kin_from(find: Kin) -> None:
    """A room above says who is known to be of a person's family (files), without those whom a wish or a fear keeps apart."""
    _kin.append(find)


def family_of(file: UUID) -> set[UUID]:
    return {one for find in _kin for one in find(file)}


def held_here(row: Custody) -> list[Custody]:
    """Those of the person's family who are in the hands of the same body, or at the same post, and on the way to nobody."""
    here = _here(row, family_of(row.file)) if row.file else []
    going = set(_leaving(here).values_list("custody", flat=True))
    return [one for one in here if one.pk not in going]


def may_go_along(row: Custody, wanted: Collection[UUID]) -> bool:
    """Whether these are all of the person's family and held with them."""
    return not wanted or {one.pk for one in held_here(row)} >= set(wanted)


def staying(row: Custody, to_body: str, to_post: str, moving: Collection[UUID]) -> list[Custody]:
    """Those of them who would stay behind: neither moved in the same act nor on the way to the same body or post."""
    return _staying(row, family_of(row.file), to_body, to_post, moving) if row.file else []


def harm_of(row: Custody, to_body: str, to_post: str, moving: Collection[UUID]) -> Harm | None:
    """Which harm moving the person to this receiver is, if it is one."""
    if row.file is None:
        return None
    family = family_of(row.file)
    here = {one.file for one in _here(row, family)}
    received = Custody.objects.filter(file__in=family, ended_at=None, body=to_body)
    there = set((received.filter(post=to_post) if to_post else received).values_list("file", flat=True))
    return rules.harm_of_moving(
        staying=bool(_staying(row, family, to_body, to_post, moving)),
        along=bool(family),
        elsewhere=bool(family - here - there),
    )


def _here(row: Custody, family: Collection[UUID]) -> list[Custody]:
    same = Q(body=row.body) if row.body else Q(body="", post=row.post)
    return list(Custody.objects.filter(same, file__in=family, ended_at=None).exclude(pk=row.pk).order_by("number"))


def _leaving(rows: Collection[Custody]) -> QuerySet[Transfer]:
    """The transfers of these people that nobody confirmed yet."""
    return Transfer.objects.filter(custody__in=rows, confirmed_at=None, taken_back_at=None)


def _staying(
    row: Custody, family: Collection[UUID], to_body: str, to_post: str, moving: Collection[UUID]
) -> list[Custody]:
    here = [one for one in _here(row, family) if one.pk not in moving]
    going = set(_leaving(here).filter(to_body=to_body, to_post=to_post).values_list("custody", flat=True))
    return [one for one in here if one.pk not in going]
