"""The forms of this room, one an act."""

from __future__ import annotations

import hashlib
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from panah.cores.exchange.structure import codelist
from panah.hub.commitments import figures, lists, models, shown
from panah.hub.participants import service as participants
from panah.hub.record import service as record

MOST_BYTES = 20_000_000


def _text(label: Any, *, rows: int = 3, required: bool = False, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=4000,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def _day(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label, required=required, help_text=help_text, widget=forms.DateInput(attrs={"type": "date"})
    )


class MakeForm(forms.Form):
    kind = forms.ChoiceField(label=_("Rests on"), choices=models.Commitment.Source.choices)
    source = forms.CharField(
        label=_("Which"),
        required=False,
        max_length=80,
        help_text=_("A paragraph such as A-3, or a conclusion such as M-som-1-4."),
    )
    action_en = _text(_("What is to be done (English)"))
    action_ru = _text(_("What is to be done (Russian)"))
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    ten_points = forms.MultipleChoiceField(
        label=_("Points of the Ten-Point Plan"), required=False, help_text=_("Empty: those of the paragraph.")
    )
    agenda = forms.MultipleChoiceField(
        label=_("Points of the eight-point agenda"), required=False, help_text=_("Empty: those of the paragraph.")
    )
    partners = forms.MultipleChoiceField(
        label=_("Partners who are asked to carry it jointly"),
        required=False,
        help_text=_("You lead and report; each partner says yes or not."),
    )
    begins = _day(_("Begins"))
    due = _day(_("Due"), help_text=_("The last day. Leave it empty when it is not known."))
    matches = forms.CharField(
        label=_("Matches the commitment"),
        required=False,
        max_length=60,
        help_text=_("Code of somebody else's commitment that this one answers."),
    )

    def add_prefix(self, field_name: str) -> str:
        # A control called `matches` hides the method of that name of its form from every script, htmx among them.
        return super().add_prefix("matching" if field_name == "matches" else field_name)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        points = {one.code: one.points for one in record.frameworks()}
        for name, framework in (("ten_points", "ten_points"), ("agenda", "agenda")):
            _offer(self, name, [(one.code, f"{one.code}. {one.title}") for one in points.get(framework, ())])
        _offer(self, "theme", [("", "–"), *((one.code, one.title) for one in points.get("themes", ()))])
        _offer(self, "partners", [(one.code, one.title()) for one in participants.participants()])


def _offer(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = choices


class NothingForm(forms.Form):
    """An act that needs no more than a button."""


class DueForm(forms.Form):
    due = _day(_("New last day"), required=True)
    reason = forms.CharField(
        label=_("Why"),
        min_length=10,
        max_length=1000,
        help_text=_("Everybody reads it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Why it is withdrawn"),
        min_length=10,
        max_length=1000,
        help_text=_("Everybody reads it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ReportForm(forms.Form):
    status = forms.ChoiceField(label=_("Status"), choices=models.Commitment.Status.choices)
    text_en = _text(_("How far it is (English)"), rows=4)
    text_ru = _text(_("How far it is (Russian)"), rows=4)
    link_text = forms.CharField(label=_("Evidence: what it is"), required=False, min_length=3, max_length=300)
    link_url = forms.CharField(
        label=_("Evidence: address"),
        required=False,
        max_length=500,
        help_text=_(
            "An address that begins with https://, or a page of this hub that begins with /published/ or /states/."
        ),
    )
    paper = forms.FileField(
        label=_("Evidence: a paper"),
        required=False,
        help_text=_(
            "Only its digest is kept, with the words above: whoever has the paper proves it by that. The paper itself is not kept."
        ),
    )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        text, url, paper = (said.pop(name, None) for name in ("link_text", "link_url", "paper"))
        found = []
        if url and not (url.startswith("https://") or (url.startswith("/") and not url.startswith("//"))):
            self.add_error("link_url", _("Write an address that begins with https:// or with one slash."))
        if (url or paper) and not text:
            self.add_error("link_text", _("Say in a few words what the evidence is."))
        if url and text:
            found.append({"kind": "figure" if url.startswith("/") else "link", "text": text, "url": url})
        if isinstance(paper, UploadedFile) and text:
            if (paper.size or 0) > MOST_BYTES:
                self.add_error("paper", _("The paper has more than 20 MB. Give the address of it instead."))
            else:
                digest = hashlib.sha256()
                for piece in paper.chunks():
                    digest.update(piece)
                found.append({"kind": "upload", "text": text, "digest": digest.hexdigest()})
        said["evidence"] = tuple(found)
        return said


class SignReportForm(forms.Form):
    report = forms.UUIDField(widget=forms.HiddenInput)
    shown = forms.CharField(widget=forms.HiddenInput)


class MeasureForm(forms.Form):
    kind = forms.ChoiceField(label=_("Where the number is published"), choices=models.Measure.Kind.choices)
    indicator = forms.ChoiceField(label=_("Indicator or table"))
    part = forms.CharField(
        label=_("Part of the indicator, or cell of the table"),
        required=False,
        max_length=200,
        help_text=_("Of a table: the codes of its axes joined by dots, as its files have them."),
    )
    state = forms.ChoiceField(label=_("State"))
    days = forms.BooleanField(label=_("Tables of days instead of months"), required=False)
    direction = forms.ChoiceField(
        label=_("Which way is progress"), choices=[("up", _("more is progress")), ("down", _("less is progress"))]
    )
    baseline = forms.DecimalField(
        label=_("Baseline"), required=False, max_digits=20, decimal_places=4, help_text=_("Empty: not known.")
    )
    baseline_period = forms.CharField(label=_("Period of the baseline"), required=False, max_length=10)
    goal = forms.DecimalField(label=_("Goal"), max_digits=20, decimal_places=4)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tables = [(code, f"{code}: {shown.counts.flow_name(code)}") for code in figures.tables()]
        _offer(
            self,
            "indicator",
            [*((code, f"{code} {title}") for code, title in sorted(figures.indicator_choices().items())), *tables],
        )
        known = shown.names()
        _offer(self, "state", [(code.code, known.get(code.code, code.code)) for code in codelist("states")])


class SignFigureForm(forms.Form):
    shown = forms.CharField(widget=forms.HiddenInput)


class ListForm(forms.Form):
    """A list of recommendations, as XLSX or CSV."""

    sheet = forms.FileField(
        label=_("List of recommendations"),
        help_text=_("XLSX or CSV with the columns below in its first row. At most 2 MB and 2,000 rows."),
    )

    def clean_sheet(self) -> bytes:
        sheet = self.cleaned_data["sheet"]
        if sheet.size > lists.MOST_BYTES:
            raise forms.ValidationError(_("The file has more than 2 MB. Cut the list into several files."))
        content: bytes = sheet.read()
        return content
