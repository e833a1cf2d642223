"""What every handler does: find the row, keep the step, tell those concerned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from panah.foundation.door.service import Moment, NotFound, Refused
from panah.foundation.notices.service import Word
from panah.hub.commitments.models import Commitment, Step
from panah.hub.commitments.permissions import seat_code
from panah.hub.participants import service as participants


def acting(moment: Moment) -> UUID:
    """The account that acts. For acts that the installation itself never does."""
    if moment.officer is None:
        raise LookupError("This act needs an officer, and none is named.")
    return moment.officer.pk


def locked(identifier: UUID, *standings: str) -> Commitment:
    """The commitment, held for this transaction. Raises NotFound, or Refused when it does not stand as it must."""
    row = Commitment.objects.select_for_update().filter(pk=identifier).first()
    if row is None:
        raise NotFound("There is no such commitment.")
    if standings and row.standing not in standings:
        allowed = " or ".join(str(Commitment.Standing(one).label).lower() for one in standings)
        raise Refused(
            f"The commitment {row.code} is {str(Commitment.Standing(row.standing).label).lower()}; this needs one that is {allowed}.",
            code="wrong_standing",
        )
    return row


def change(row: Commitment, kind: str, moment: Moment, reason: str = "", **after: Any) -> None:
    """Change fields of the commitment and keep what they were before."""
    before = {name: plain(getattr(row, name)) for name in after}
    for name, value in after.items():
        setattr(row, name, value)
    Commitment.objects.filter(pk=row.pk).update(**after)
    keep(row, kind, moment, before, {name: plain(value) for name, value in after.items()}, reason)


def keep(
    row: Commitment,
    kind: str,
    moment: Moment,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    reason: str = "",
) -> None:
    """Keep a step of the history."""
    Step.objects.create(
        commitment=row,
        kind=kind,
        at=moment.recorded_at,
        by=moment.officer.pk if moment.officer else None,
        participant=seat_code(moment.officer, moment.recorded_at.date()),
        before=dict(before),
        after=dict(after),
        reason=reason,
    )


def plain(value: Any) -> Any:
    """A value as JSON keeps it."""
    return value if value is None or isinstance(value, (str, int, bool, list, dict)) else str(value)


def coordinators(row: Commitment, code: str, moment: Moment, *, but: Iterable[UUID] = ()) -> tuple[Word, ...]:
    """Word to the coordinators of lead and joined partners; to the secretariat where nobody leads or nobody holds the office."""
    link = f"/commitments/{row.code}/"
    facts = {"code": row.code}
    officers: list[UUID] = []
    for participant in [row.participant, *row.joined]:
        if participant:
            officers += participants.officers_of(participant, "national_coordinator", moment.recorded_at.date())
    left = [one for one in dict.fromkeys(officers) if one not in set(but)]
    if left:
        return tuple(Word(code, officer=one, facts=facts, link=link) for one in left)
    return () if officers else (Word(code, role="secretariat", facts=facts, link=link),)
