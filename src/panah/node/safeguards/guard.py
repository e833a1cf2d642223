"""What the safeguards answer the action door: may this act go on, against this person, now?"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from panah.foundation.door.service import Action, Harm, Refused, Stop
from panah.node.safeguards import rules
from panah.node.safeguards.actions import keep_attempt
from panah.node.safeguards.models import Guarded, Hold

NOT_SCREENED = "not_screened"


class Safeguards:
    """The door's Guard. Every answer but a clear one is no."""

    def ask(self, action: Action, harm: Harm) -> Stop | None:
        """The stop that stands against the act. An act that names no person is refused: nobody can be asked about."""
        subject = action.subject()
        if subject is None:
            raise Refused(
                f"{action.code} could harm a person ({harm.value}) and names none. Name the person's file.",
                code="no_subject",
            )
        return stop_for(subject, harm)

    def record_attempt(self, action: Action, stop: Stop) -> None:
        keep_attempt(action, stop)


def stop_for(subject: UUID, harm: Harm) -> Stop | None:
    """The stop that stands against this act on this person now, or None. Inside a transaction no hold can be placed
    between this answer and its end."""
    with transaction.atomic():
        guarded = Guarded.objects.select_for_update().filter(pk=subject).first()
        standing = {hold.code: hold for hold in Hold.objects.filter(subject=subject, lifted_at=None)}
    holds = tuple(
        {
            "code": line.hold,
            "hold": str(standing[line.hold].id),
            "absolute": standing[line.hold].absolute,
            "placed_at": standing[line.hold].placed_at,
            "sources": [str(citation) for citation in line.sources],
            "verified": line.verified,
        }
        for line in rules.stopping(harm, standing)
    )
    screened = guarded is not None and guarded.screened_at is not None
    if not screened and harm not in rules.PASS_BEFORE_SCREENING:
        holds = (*holds, {"code": NOT_SCREENED, "hold": "", "absolute": False, "sources": [], "verified": False})
    return Stop(harm, subject, holds) if holds else None
