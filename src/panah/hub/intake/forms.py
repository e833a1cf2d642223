"""Forms of this room."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from panah.cores.exchange.submission import MOST_BYTES
from panah.web.action_form import ActionForm


class UploadForm(forms.Form):
    """A signed message that somebody brought on a stick or by mail."""

    message = forms.FileField(label=_("Signed message"), help_text=_("A file that ends in .jws, as the node wrote it."))

    def clean_message(self) -> bytes:
        file = self.cleaned_data["message"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(
                _("The file has %(size)s bytes. Allowed are %(most)s."), params={"size": file.size, "most": MOST_BYTES}
            )
        content: bytes = file.read()
        return content


class WithdrawForm(ActionForm):
    reason = forms.CharField(
        label=_("Why these tables must not be used"),
        help_text=_("Everybody will read this beside the tables, which stay readable."),
        widget=forms.Textarea(attrs={"rows": 3}),
        min_length=10,
        max_length=1000,
    )
