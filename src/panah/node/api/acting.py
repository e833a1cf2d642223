"""From what was sent to an act through the door, and from its receipt to what is answered."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from panah.foundation.access.service import officer_of
from panah.foundation.door.service import Action, Receipt, perform


def common(request: HttpRequest, sent: Any) -> dict[str, Any]:
    """What every act has: its id, who does it, where and when."""
    officer = officer_of(request)
    return {"id": sent.action, "by": officer.pk, "place": officer.post, "happened_at": sent.happened_at}


def done(action: Action) -> dict[str, Any]:
    """Perform the act; its receipt as it is answered."""
    receipt: Receipt = perform(action)
    return {
        "action": receipt.action,
        "code": receipt.code,
        "recorded_at": receipt.recorded_at,
        "line": receipt.seq,
        "result": receipt.result,
    }
