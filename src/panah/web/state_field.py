"""A field for a state by its three letters."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class StateField(forms.CharField):
    """The three letters of a state (ISO 3166-1 alpha-3), in capitals however they were typed."""

    def __init__(self, **given: Any) -> None:
        given.setdefault("help_text", _("Three letters, for example RUS or KAZ."))
        super().__init__(min_length=3, max_length=3, **given)

    def clean(self, value: Any) -> str:
        return str(super().clean(value)).upper()
