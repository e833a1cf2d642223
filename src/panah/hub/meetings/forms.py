"""Forms of this room. Each makes one act; what a form cannot know (ids, the meeting) the page adds."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from datetime import UTC
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panah.hub.meetings import rules
from panah.hub.meetings.words import CONVENED, INVITED, Wish
from panah.hub.participants import service as participants

Choices = Iterable[tuple[Any, Any]]


def _area(rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class _Day(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class _Moment(forms.DateTimeField):
    """A moment as people of several zones can agree on it: in UTC."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    input_formats = ("%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M")

    def to_python(self, value: Any) -> Any:
        found = super().to_python(value)
        return found.replace(tzinfo=UTC) if found is not None else None

    def prepare_value(self, value: Any) -> Any:
        return value.astimezone(UTC).replace(tzinfo=None) if hasattr(value, "astimezone") and value.tzinfo else value


class _Chosen(forms.Form):
    """A form whose choices the page gives: `choices={"item": [(value, label)]}`."""

    def __init__(self, *args: Any, choices: Mapping[str, Choices] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, found in (choices or {}).items():
            self.fields[name].choices = list(found)  # type: ignore[attr-defined]


class MeetingForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=[(kind.value, kind.label) for kind in CONVENED])
    title_en = forms.CharField(label=_("Title in English"), required=False, max_length=200)
    title_ru = forms.CharField(label=_("Title in Russian"), required=False, max_length=200)
    begins = forms.DateField(label=_("First day"), widget=_Day())
    ends = forms.DateField(label=_("Last day"), widget=_Day())
    opens_at = _Moment(label=_("Opens at (UTC)"), required=False)
    where_en = forms.CharField(label=_("Place in English"), required=False, max_length=200)
    where_ru = forms.CharField(label=_("Place in Russian"), required=False, max_length=200)
    chair = forms.ChoiceField(label=_("Chair"))
    public = forms.BooleanField(label=_("Everybody may know that it takes place, where and when"), required=False)
    observers_read = forms.BooleanField(label=_("Observers, guests and organisations read the draft"), required=False)
    answers_by = forms.DateField(label=_("Delegations are named by"), required=False, widget=_Day())
    proposals_by = _Moment(label=_("Wording is proposed by (UTC)"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chair"].choices = [  # type: ignore[attr-defined]
            (one.code, one.title()) for one in participants.participants("state")
        ]


class ConveneForm(MeetingForm):
    meeting_code = forms.RegexField(
        r"^[a-z0-9]+(-[a-z0-9]+)*$",
        label=_("Code"),
        min_length=3,
        max_length=60,
        help_text=_(
            "Small letters, digits and hyphens, for example som-9. It never changes: conclusions are cited as M-som-9-1."
        ),
    )
    field_order = ["meeting_code"]


class InviteForm(_Chosen):
    participants = forms.MultipleChoiceField(label=_("Who is invited"), widget=forms.CheckboxSelectMultiple)
    capacity = forms.ChoiceField(
        label=_("As what"),
        choices=[(one.value, one.label) for one in INVITED],
        help_text=_(
            "Participating states propose wording and agree. Sources dispute some roles; the chair decides here for this meeting."
        ),
    )


class AnswerForm(_Chosen):
    comes = forms.ChoiceField(
        label=_("Does your delegation come?"),
        choices=[("comes", _("Yes")), ("away", _("No"))],
        widget=forms.RadioSelect,
    )
    head_en = forms.CharField(
        label=_("Office that leads it, in English"),
        required=False,
        max_length=160,
        help_text=_("An office, such as deputy minister of internal affairs. No name of a person."),
    )
    head_ru = forms.CharField(label=_("The same in Russian"), required=False, max_length=160)
    size = forms.IntegerField(label=_("How many come"), required=False, min_value=1, max_value=200)
    accounts = forms.MultipleChoiceField(
        label=_("Accounts of this hub that belong to it"), required=False, widget=forms.CheckboxSelectMultiple
    )


class ItemForm(forms.Form):
    title_en = forms.CharField(label=_("Item in English"), required=False, max_length=300)
    title_ru = forms.CharField(label=_("Item in Russian"), required=False, max_length=300)


class PaperForm(_Chosen):
    title = forms.CharField(label=_("Title of the paper"), min_length=3, max_length=200)
    tongue = forms.ChoiceField(label=_("Its language"), choices=[("ru", "Русский"), ("en", "English")])
    item = forms.ChoiceField(label=_("Item of the agenda"), required=False)
    content = forms.FileField(
        label=_("The paper as a file"),
        help_text=_("PDF, DOCX or ODT, at most 10 MB. Take names of authors out of the file's properties first."),
    )

    def clean_item(self) -> str | None:
        return self.cleaned_data["item"] or None

    def clean_content(self) -> bytes:
        file = self.cleaned_data["content"]
        if file.size > rules.MOST_BYTES:
            raise forms.ValidationError(
                _("The file has %(size)s bytes. Allowed are 1 to %(most)s."),
                params={"size": file.size, "most": rules.MOST_BYTES},
            )
        return base64.b64encode(file.read())


class MinutesForm(forms.Form):
    text_en = forms.CharField(label=_("Minutes in English"), required=False, widget=_area(8), max_length=60_000)
    text_ru = forms.CharField(label=_("Minutes in Russian"), required=False, widget=_area(8), max_length=60_000)


class EndForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("What became of it"),
        choices=[("held", _("It was held")), ("cancelled", _("It is called off"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("Why it is called off"), required=False, max_length=1000)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), min_length=10, max_length=1000, widget=_area(2))


class TextForm(forms.Form):
    text_en = forms.CharField(label=_("Text in English"), required=False, widget=_area(), max_length=6000)
    text_ru = forms.CharField(label=_("Text in Russian"), required=False, widget=_area(), max_length=6000)


class ParagraphForm(_Chosen, TextForm):
    after = forms.ChoiceField(label=_("After which paragraph"), required=False)

    def clean_after(self) -> str | None:
        return self.cleaned_data["after"] or None


class ReviseForm(TextForm, ReasonForm):
    on_version = forms.IntegerField(widget=forms.HiddenInput)


class MergeForm(TextForm):
    on_version = forms.IntegerField(widget=forms.HiddenInput)


class ProposeForm(TextForm, ReasonForm):
    wish = forms.ChoiceField(label=_("What is proposed"), choices=[(one.value, one.label) for one in Wish])
    on_version = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ["wish"]


class FirstParagraphForm(TextForm, ReasonForm):
    """A proposal for a new paragraph at the end of the text."""

    wish = forms.CharField(widget=forms.HiddenInput, initial="insert")


class RemarkForm(forms.Form):
    words = forms.CharField(label=_("Comment"), min_length=2, max_length=3000, widget=_area(2))


class StandForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Your state"),
        choices=[("support", _("supports this wording")), ("reserve", _("reserves its position"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"), help_text=_("Needed for a reservation."), required=False, max_length=1000, widget=_area(2)
    )
    on_version = forms.IntegerField(widget=forms.HiddenInput)


class AgreeForm(forms.Form):
    how = forms.ChoiceField(
        label=_("How it was agreed"),
        choices=[("meeting", _("at the meeting")), ("consultation", _("in consultation"))],
        widget=forms.RadioSelect,
    )
    on_version = forms.IntegerField(widget=forms.HiddenInput)


class SilenceForm(_Chosen):
    paragraphs = forms.MultipleChoiceField(label=_("Which paragraphs"), widget=forms.CheckboxSelectMultiple)
    until = _Moment(label=_("Until (UTC)"), help_text=_("A day from now at least."))


class Nothing(forms.Form):
    """An act that needs no words."""


class MoveForm(forms.Form):
    where = forms.ChoiceField(choices=[("up", "up"), ("down", "down")])


class ReadersForm(forms.Form):
    readers = forms.ChoiceField(choices=[("everybody", "everybody"), ("delegations", "delegations")])
