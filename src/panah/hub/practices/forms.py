"""The forms of this room, one an act."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panah.hub.participants.service import SaidField, SourceForm, participants
from panah.hub.practices import words
from panah.hub.practices.models import Practice, Project
from panah.hub.practices.rules import AGENDA, FUNCTIONS, TEN_POINTS

_TONGUES = [("en", _("English")), ("ru", _("Russian"))]


def _long(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=8000, required=False, widget=forms.Textarea(attrs={"rows": 4}), **more
    )


def _date(label: Any, **more: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget, **more)


def offer(form: forms.Form, name: str, choices: Sequence[tuple[str, Any]]) -> None:
    """Fill in what can be chosen now."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField | forms.MultipleChoiceField)  # noqa: S101 - declared so below
    field.choices = list(choices)


def _points(framework: str, codes: Sequence[str]) -> list[tuple[str, str]]:
    titles = words.point_titles().get(framework, {})
    return [(code, f"{code}. {titles[code].title}" if code in titles else code) for code in codes]


class _Sorted(forms.Form):
    """Theme and points."""

    participant = forms.ChoiceField(label=_("Whose"))
    theme = forms.ChoiceField(label=_("Theme"), choices=list(words.THEMES.items()))
    ten_points = forms.MultipleChoiceField(
        label=_("Points of the Ten-Point Plan"), required=False, widget=forms.CheckboxSelectMultiple
    )
    agenda = forms.MultipleChoiceField(
        label=_("Points of the eight-point agenda"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, codes: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = {one.code: one for one in participants()}
        offer(self, "participant", [(code, names[code].title()) for code in codes if code in names])
        offer(self, "ten_points", _points("ten_points", TEN_POINTS))
        offer(self, "agenda", _points("agenda", AGENDA))
        if "states" in self.fields:
            states = [(one.code, one.title()) for one in names.values() if one.kind == "state"]
            offer(self, "states", states)


class _ToldForm(_Sorted, SourceForm):
    states = forms.MultipleChoiceField(label=_("States"), required=False, widget=forms.CheckboxSelectMultiple)
    original = forms.ChoiceField(
        label=_("Written in"), choices=_TONGUES, help_text=_("The other language is a translation and says so.")
    )
    title_en = forms.CharField(label=_("Title in English"), max_length=300, required=False)
    title_ru = forms.CharField(label=_("Title in Russian"), max_length=300, required=False)
    what_en = _long(_("Text in English"))
    what_ru = _long(_("Text in Russian"))
    begins = SaidField(label=_("From"))
    ends = SaidField(label=_("Until"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.last()


class PracticeForm(_ToldForm):
    result = forms.ChoiceField(label=_("Result"), choices=Practice.Result.choices, initial="unknown")
    result_en = _long(
        _("Result in English"), help_text=_("What came of it, with a figure and its source where there is one.")
    )
    result_ru = _long(_("Result in Russian"))
    cost_amount = forms.DecimalField(
        label=_("Cost"), min_value=0, max_digits=16, decimal_places=2, required=False, help_text=_("Empty: not known.")
    )
    cost_currency = forms.RegexField(
        r"^[A-Z]{3}$", label=_("Currency"), required=False, help_text=_("Three letters, such as USD or KZT.")
    )


class ProjectForm(_ToldForm):
    run_by = forms.CharField(label=_("Carried out by"), min_length=2, max_length=300)
    status = forms.ChoiceField(label=_("Status"), choices=Project.Status.choices)
    budget_amount = forms.DecimalField(
        label=_("Budget"),
        min_value=0,
        max_digits=16,
        decimal_places=2,
        required=False,
        help_text=_("Empty: not known."),
    )
    budget_currency = forms.RegexField(
        r"^[A-Z]{3}$", label=_("Currency"), required=False, help_text=_("Three letters, such as USD or KZT.")
    )
    budget_source = forms.CharField(label=_("Where the amount stands"), max_length=500, required=False)


class CourseForm(_ToldForm):
    run_by = forms.CharField(label=_("Carried out by"), min_length=2, max_length=300)
    town = forms.CharField(label=_("Place"), max_length=120, required=False)
    places = forms.IntegerField(label=_("Planned for"), min_value=0, max_value=100_000, required=False)


class ActivityForm(_ToldForm):
    organisation = forms.CharField(label=_("Organisation"), min_length=2, max_length=300)
    district = forms.CharField(label=_("District"), max_length=200, required=False)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Why"), min_length=10, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class EmptyForm(forms.Form):
    """For acts that say nothing more."""


class TrainedForm(forms.Form):
    """One to four people are kept as few, whatever is typed."""

    function = forms.ChoiceField(label=_("Function"), choices=[(code, words.FUNCTIONS[code]) for code in FUNCTIONS])
    women = forms.IntegerField(label=_("Women"), min_value=0, max_value=100_000, required=False)
    men = forms.IntegerField(label=_("Men"), min_value=0, max_value=100_000, required=False)
    not_said = forms.IntegerField(label=_("Sex not said"), min_value=0, max_value=100_000, required=False)


class AskForm(_Sorted):
    title = forms.CharField(label=_("What is needed, in one line"), min_length=5, max_length=300)
    text = forms.CharField(
        label=_("What is needed"), min_length=10, max_length=8000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Of which body, for how many, until when. No names of persons."),
    )  # fmt: skip
    needed_by = _date(_("Needed by"))


class OfferForm(forms.Form):
    participant = forms.ChoiceField(label=_("Who offers"))
    theme = forms.ChoiceField(label=_("Theme"), choices=list(words.THEMES.items()))
    title = forms.CharField(label=_("What is offered, in one line"), min_length=5, max_length=300)
    text = forms.CharField(
        label=_("What is offered"), min_length=10, max_length=8000, widget=forms.Textarea(attrs={"rows": 4})
    )
    until = _date(_("Open until"))

    def __init__(self, *args: Any, codes: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = {one.code: one for one in participants()}
        offer(self, "participant", [(code, names[code].title()) for code in codes if code in names])


class WordForm(forms.Form):
    """A word beside an act."""

    text = forms.CharField(label=_("Remark"), max_length=8000, required=False, widget=forms.Textarea(attrs={"rows": 2}))


class AnswerForm(WordForm):
    answer_code = forms.ChoiceField(
        label=_("Answer"), choices=[("accepted", _("Accept the offer")), ("declined", _("Decline the offer"))]
    )
    field_order = ("answer_code", "text")


class CloseOfferForm(WordForm):
    how = forms.ChoiceField(
        label=_("What became of it"), choices=[("carried_out", _("Carried out")), ("withdrawn", _("Withdrawn"))]
    )
    field_order = ("how", "text")


class CloseRequestForm(WordForm):
    how = forms.ChoiceField(
        label=_("What became of it"), choices=[("met", _("The need is met")), ("withdrawn", _("Withdrawn"))]
    )
    field_order = ("how", "text")
