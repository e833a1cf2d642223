"""Form fields that the rooms of the hub share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panah.hub.participants.days import said


class SaidField(forms.CharField):
    """A day as a source says it: a day, a month or a year."""

    def __init__(self, **more: Any) -> None:
        more.setdefault("required", False)
        more.setdefault("help_text", _("As the source says it: 2026-11-21, 2026-11 or 2026."))
        super().__init__(max_length=10, **more)

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        try:
            said(text)
        except ValueError as error:
            raise forms.ValidationError(_("Write a day, a month or a year: 2026-11-21, 2026-11 or 2026.")) from error
        return text


class SourceForm(forms.Form):
    """Where it stands: what every row of the record carries."""

    source = forms.CharField(
        label=_("Source"), min_length=3, max_length=500, help_text=_("Title of the document or page.")
    )
    source_url = forms.CharField(label=_("Address of the source"), max_length=500, required=False)
    source_date = SaidField(label=_("Date of the source"))
    verified = forms.BooleanField(label=_("Read in the document of the Process or of the body itself"), required=False)
    note_en = forms.CharField(
        label=_("Remark (English)"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    note_ru = forms.CharField(
        label=_("Remark (Russian)"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def last(self, *names: str) -> None:
        """Put the fields of the source after these."""
        own = [name for name in self.fields if name not in SourceForm.base_fields]
        self.order_fields([*own, *names, *SourceForm.base_fields])
