"""Forms of this room."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from panah.cores.exchange.submission import MOST_BYTES
from panah.node.statistics.rules import period_of
from panah.web.action_form import ActionForm


class AskForm(ActionForm):
    period = forms.CharField(
        label=_("Period"), help_text=_("A day, like 2026-11-21, or a month, like 2026-11."), max_length=10
    )

    def clean_period(self) -> str:
        try:
            return period_of(self.cleaned_data["period"].strip()).code
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


class SignForm(ActionForm):
    """Carries the digest of the tables that are on the page, so that no others are signed."""

    tables_digest = forms.CharField(widget=forms.HiddenInput, max_length=80)


class SetAsideForm(ActionForm):
    reason = forms.CharField(label=_("Why they are not to be published"), max_length=2000)


class ReceiptForm(forms.Form):
    """The hub's receipt of a message that somebody carried."""

    receipt = forms.FileField(
        label=_("Receipt of the hub"), help_text=_("A file that ends in .jws, as the hub gave it.")
    )

    def clean_receipt(self) -> bytes:
        file = self.cleaned_data["receipt"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(
                _("The file has %(size)s bytes. Allowed are %(most)s."), params={"size": file.size, "most": MOST_BYTES}
            )
        content: bytes = file.read()
        return content.strip()
