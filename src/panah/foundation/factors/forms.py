from __future__ import annotations

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class CodeForm(forms.Form):
    """A code of the authenticator, or a recovery code."""

    said = forms.CharField(
        label=_("Code"),
        help_text=_("Six digits of the authenticator, or a recovery code."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}),
    )


class AppForm(forms.Form):
    """The first code of a new authenticator."""

    name = forms.CharField(label=_("What will you call it?"), help_text=_("For example: my telephone."), max_length=60)
    said = forms.CharField(
        label=_("The six digits that the authenticator shows now"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class AnswerForm(forms.Form):
    """What the browser says of a passkey, as JSON written by passkeys.js."""

    answer = forms.CharField(widget=forms.HiddenInput, max_length=20_000)

    def clean_answer(self) -> dict[str, Any]:
        try:
            found = json.loads(self.cleaned_data["answer"])
        except ValueError:
            found = None
        if not isinstance(found, dict):
            raise forms.ValidationError(_("The passkey could not be read. Begin again."))
        return found


class PasskeyForm(AnswerForm):
    name = forms.CharField(label=_("What will you call it?"), help_text=_("For example: my key."), max_length=60)


class RemoveForm(forms.Form):
    factor = forms.UUIDField(widget=forms.HiddenInput)
