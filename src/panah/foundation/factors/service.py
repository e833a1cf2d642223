"""What other rooms may know of second factors, and what this room's pages and actions share."""

from __future__ import annotations

import base64
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from panah.foundation.access.models import Officer
from panah.foundation.factors.models import Factor, RecoveryCode
from panah.foundation.keys import crypto
from panah.foundation.keys.service import installation_key

__all__ = ["codes_left", "factors_of", "is_required", "opened", "recovery_key", "sealed_text"]

_KEY = "factors"


def is_required() -> bool:
    """Whether every officer of this installation must have a second factor."""
    return str(settings.PANAH_SECOND_FACTOR) == "required"


def factors_of(officer: UUID, kind: str = "") -> QuerySet[Factor]:
    """The factors that stand, oldest first."""
    standing = Factor.objects.filter(officer=officer, removed_at=None).order_by("added_at", "id")
    return standing.filter(kind=kind) if kind else standing


def codes_left(officer: Officer) -> int:
    """How many recovery codes the officer has left."""
    return RecoveryCode.objects.filter(officer=officer, used_at=None, void_at=None).count()


def sealed_text(officer: UUID, plain: bytes) -> str:
    """A secret of the officer under the installation's key, as text for a session and an action."""
    return base64.b64encode(crypto.seal(installation_key(_KEY), plain, officer.bytes)).decode()


def opened(officer: UUID, sealed: bytes | memoryview | str) -> bytes:
    """The plain secret. Raises crypto.CannotOpen, also for a secret of another officer."""
    content = base64.b64decode(sealed) if isinstance(sealed, str) else bytes(sealed)
    return crypto.unseal(installation_key(_KEY), content, officer.bytes)


def recovery_key() -> bytes:
    """The key under which recovery codes are hashed."""
    return installation_key(_KEY)
