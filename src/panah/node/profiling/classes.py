"""The classes of restricted facts for the rooms beneath this one (safeguards.need_to_know), by the table in sight.py."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from panah.foundation.access.models import Officer
from panah.node.profiling import service, sight
from panah.node.registration import service as registration


class Classes:
    """See safeguards.need_to_know.Classes."""

    def closed_to(self, officer: Officer, subject: UUID | None) -> frozenset[str]:
        file = registration.PersonFile.objects.filter(pk=subject).first() if subject else None
        closed = service.closed_lanes(officer, file) if file else sight.closed_to(officer.roles)
        return frozenset(lane.code for lane in closed)

    def of_hold(self, code: str) -> str:
        return _first(lane for lane in sight.LANES if code in lane.safeguards)

    def of_answers(self, keys: Iterable[str]) -> frozenset[str]:
        found = tuple(keys)
        return frozenset(lane.code for lane in sight.LANES if any(key.startswith(lane.keys) for key in found))

    def of_referral(self, to: str) -> str:
        return _first(lane for lane in sight.LANES if to in lane.referrals)

    def of_leaflets(self, codes: Iterable[str]) -> str:
        given = frozenset(codes)
        return _first(lane for lane in sight.LANES if not given.isdisjoint(lane.leaflets))

    def of_roles(self, roles: Collection[str]) -> str:
        return _first(lane for lane in sight.LANES if roles and set(roles) <= set(lane.only))


def _first(lanes: Iterable[sight.Lane]) -> str:
    return next((lane.code for lane in lanes), "")
