"""A form that makes one action. It carries the action's id, so that sending it twice changes nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from uuid6 import uuid7

from panah.foundation.access.models import Officer
from panah.foundation.clock import now

LONGEST_OPEN = timedelta(hours=12)
_CLOCKS_DIFFER_BY = timedelta(minutes=5)


class ActionForm(forms.Form):
    """Has the hidden field `id`, a UUIDv7. The time inside it is when the page was opened, and is taken for when the act
    happened: the same form sent again is then the same action to the last byte."""

    id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"id": uuid7(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    def clean_id(self) -> UUID:
        identifier: UUID = self.cleaned_data["id"]
        if identifier.version != 7 or not now() - LONGEST_OPEN <= time_of(identifier) <= now() + _CLOCKS_DIFFER_BY:
            raise forms.ValidationError(_("This page was opened too long ago. Open it anew and send it again."))
        return identifier

    def made(self, officer: Officer) -> dict[str, Any]:
        """Id, officer, place and time of the action; give the rest of `cleaned_data` beside it."""
        identifier: UUID = self.cleaned_data["id"]
        return {"id": identifier, "by": officer.pk, "place": officer.post, "happened_at": time_of(identifier)}

    def said(self) -> dict[str, Any]:
        """What was filled in, without the id."""
        return {name: value for name, value in self.cleaned_data.items() if name != "id"}


def time_of(identifier: UUID) -> datetime:
    """The moment inside a UUIDv7 (RFC 9562, 5.7): milliseconds since 1970 in its first 48 bits."""
    return datetime.fromtimestamp((identifier.int >> 80) / 1000, UTC)
