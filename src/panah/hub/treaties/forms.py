"""The forms of this room, one an act. States that may be chosen are those for which the account may report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panah.hub.participants.service import SaidField
from panah.hub.treaties import models, words
from panah.hub.treaties.actions import CODES

Choices = Sequence[tuple[str, Any]]
_ACTS = (
    "signature",
    "ratification",
    "accession",
    "succession",
    "reservation",
    "declaration",
    "withdrawal",
    "incorporation",
)


class _Chosen(forms.Form):
    """Choices of the moment, by the name of their field."""

    def __init__(self, *args: Any, choices: Mapping[str, Choices] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, offered in (choices or {}).items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared so below
            field.choices = list(offered)


def _paper() -> forms.CharField:
    return forms.CharField(
        label=_("Paper that shows it"),
        min_length=3,
        max_length=300,
        help_text=_("Title and number of the note to the depositary, the law or the page of the gazette."),
    )


def _link() -> forms.URLField:
    return forms.URLField(label=_("Address of the paper"), required=False, max_length=500, assume_scheme="https")


class ActForm(_Chosen):
    state = forms.ChoiceField(label=_("State"))
    instrument = forms.ChoiceField(label=_("Instrument"))
    act = forms.ChoiceField(label=_("Act of the state"), choices=[(code, words.ACTS[code]) for code in _ACTS])
    date = SaidField(label=_("Day of the act"), required=True)
    effective = SaidField(label=_("In force for the state from"))
    says = forms.CharField(
        label=_("What it says, in your own words"),
        help_text=_("Needed for reservations and declarations. Do not copy the text."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    paper = _paper()
    link = _link()


class AmendmentForm(_Chosen):
    state = forms.ChoiceField(label=_("State"))
    law = forms.ChoiceField(label=_("Act that changes"), required=False)
    title_en = forms.CharField(label=_("Title in English"), min_length=3, max_length=300)
    title_ru = forms.CharField(label=_("Title in Russian"), min_length=3, max_length=300)
    number = forms.CharField(label=_("Number"), max_length=40, required=False)
    stage = forms.ChoiceField(label=_("Stage"), choices=models.Stage.choices)
    on = SaidField(label=_("Day of this stage"), required=True)
    parameters = forms.RegexField(
        CODES,
        label=_("Values of the pack that change"),
        help_text=_("Codes parted by blanks, such as asylum/decision. Empty: none is known."),
        max_length=500,
        required=False,
    )
    paper = _paper()
    link = _link()


class StageForm(forms.Form):
    stage = forms.ChoiceField(label=_("Stage"), choices=models.Stage.choices)
    on = SaidField(label=_("Day of this stage"), required=True)
    paper = _paper()
    link = _link()


class VerifyForm(forms.Form):
    against = forms.CharField(
        label=_("Where you checked it"),
        help_text=_("The page of the depositary or of the gazette, and what it says. At least ten letters."),
        min_length=10,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RefuseForm(forms.Form):
    reason = forms.CharField(
        label=_("Why it is not confirmed"),
        min_length=10,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class TakeBackForm(forms.Form):
    """Nothing to fill in."""


class AnswerForm(_Chosen):
    state = forms.ChoiceField(label=_("State"))
    item = forms.ChoiceField(label=_("Question"))
    answer = forms.ChoiceField(label=_("Answer"), choices=models.ChecklistAnswer.Answer.choices)
    on = SaidField(label=_("As of"), required=True)
    paper = forms.CharField(label=_("Plan or strategy"), min_length=3, max_length=300)
    link = _link()
