"""The forms of this room, one an act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from panah.foundation.languages import LANGUAGES
from panah.node.families import rules, words

_PRIVATE = _("Asked alone: nobody of the family and no stranger was near")
_GUARDIAN = _("For a child: the guardian was there")
_INTERESTS = _("Best interests of the child")


def _choices(of: Mapping[str, Any], codes: Iterable[str] | None = None) -> list[tuple[str, Any]]:
    return [(code, of[code]) for code in (codes if codes is not None else of)]


def _long(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=4_000, widget=forms.Textarea(attrs={"rows": 3}), **more)


def _many(label: Any, choices: list[tuple[str, Any]], **more: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, choices=choices, widget=forms.CheckboxSelectMultiple, **more)


def _year(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1890, max_value=2100, required=False)


class Lines(forms.CharField):
    """Some texts, one a line."""

    def __init__(self, **more: Any) -> None:
        super().__init__(max_length=2_000, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}), **more)

    def clean(self, value: Any) -> tuple[str, ...]:
        return tuple(line.strip() for line in super().clean(value).splitlines() if line.strip())


class Day(forms.DateField):
    def __init__(self, **more: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


def offer(form: forms.Form, name: str, choices: Iterable[tuple[str, Any]]) -> None:
    """Fill in what can be chosen now."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField | forms.MultipleChoiceField)  # noqa: S101 - declared so below
    field.choices = list(choices)


class SharingForm(forms.Form):
    agrees = forms.ChoiceField(
        label=_("The person agrees to be found"), choices=_choices(words.WILL), initial="not_asked"
    )
    shares_yes = _many(
        _("The request may go to"),
        _choices(words.RECIPIENTS),
        required=False,
        help_text=_("Ask for each. What is not marked goes nowhere."),
    )
    interests = forms.ChoiceField(label=_INTERESTS, choices=_choices(words.INTERESTS), required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        said["shares"] = dict.fromkeys(said.get("shares_yes", ()), "yes")
        return said


class RequestForm(SharingForm):
    relation = forms.ChoiceField(label=_("Who is sought"), choices=_choices(words.RELATIONS))
    names = Lines(label=_("Names"), help_text=_("In any script, one a line."))
    fathers = Lines(label=_("Father's name"), required=False)
    sex = forms.ChoiceField(label=_("Sex"), choices=_choices(words.SEXES), required=False)
    year_from = _year(_("Born from the year"))
    year_to = _year(_("Born to the year"))
    last_place = forms.CharField(label=_("Where last seen"), max_length=200, required=False)
    last_day = forms.CharField(label=_("When last seen"), max_length=60, required=False)
    marks = _long(_("What else makes the person known"), required=False)
    next_on = Day(label=_("Day of the next step"))

    field_order = (
        "relation", "names", "fathers", "sex", "year_from", "year_to", "last_place", "last_day", "marks", "agrees", "shares_yes", "interests",
        "next_on",
    )  # fmt: skip


class AttemptForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What was tried"), choices=_choices(words.ATTEMPTS, [one for one in rules.ATTEMPTS if one != "outside"])
    )
    what = _long(_("What was done, and what came of it"))
    next_on = Day(label=_("Day of the next step"))


class OutsideForm(forms.Form):
    to = forms.ChoiceField(label=_("To"), choices=_choices(words.RECIPIENTS))
    state = forms.RegexField(
        r"^([A-Z]{3})?$",
        label=_("State where they will look"),
        required=False,
        help_text=_(
            "Three letters, for example TJK; this state too. Empty where nobody knows: then the safeguards are asked as for the state of origin."
        ),
    )
    what = _long(_("What is asked"))
    next_on = Day(label=_("Day of the next step"))


class HandOverForm(forms.Form):
    to = forms.CharField(label=_("User name of the colleague"), max_length=60)
    why = _long(_("Why"))


class CloseForm(forms.Form):
    outcome = forms.ChoiceField(label=_("Outcome"), choices=_choices(words.OUTCOMES))
    remark = _long(_("Remark"), required=False)


class LookForm(forms.Form):
    """Nothing is said: only that the files are compared now."""


class DecideForm(forms.Form):
    standing = forms.ChoiceField(
        label=_("Decision"), choices=_choices(words.STANDINGS), widget=forms.RadioSelect, initial="confirmed"
    )
    reason = _long(_("Why"))


class AnswerForm(forms.Form):
    side = forms.CharField(widget=forms.HiddenInput)
    says = forms.ChoiceField(
        label=_("The other one may know of me"),
        choices=_choices(words.SAYS, rules.SAYS),
        widget=forms.RadioSelect,
    )
    may_tell = _many(_("And may be told"), _choices(words.TELL), required=False)
    message = _long(_("Message, or how to reach the person"), required=False)
    in_private = forms.BooleanField(label=_PRIVATE, required=False)
    guardian = forms.BooleanField(label=_GUARDIAN, required=False)
    interests = forms.ChoiceField(label=_INTERESTS, choices=_choices(words.INTERESTS), required=False)


class WishForm(forms.Form):
    kind = forms.ChoiceField(label=_("The person wishes"), choices=_choices(words.WISHES), widget=forms.RadioSelect)
    everybody = forms.BooleanField(label=_("It means everybody"), required=False)
    other_number = forms.CharField(label=_("Number of the file of who is meant"), max_length=40, required=False)
    names = Lines(label=_("Or names"), required=False, help_text=_("In any script, one a line."))
    year_from = _year(_("Born from the year"))
    year_to = _year(_("Born to the year"))
    why = _long(_("Why, as the person says it"), required=False)


class EndWishForm(forms.Form):
    language = forms.ChoiceField(
        label=_("In which language"), choices=[(language.tag, language.name) for language in LANGUAGES]
    )
    interpreter = forms.CharField(
        label=_("Interpreter"),
        max_length=200,
        required=False,
        help_text=_(
            "Nobody of the family. Without an interpreter the wish ends when a second officer has heard the same."
        ),
    )
    words = _long(_("What the person says"))
    informed = forms.BooleanField(
        label=_("The person was told what follows: they may be looked for, and others told of them"), required=False
    )
    in_private = forms.BooleanField(label=_PRIVATE, required=False)


class LinkForm(forms.Form):
    other = forms.ChoiceField(label=_("With whom"))
    relation = forms.ChoiceField(label=_("Who that is to the person"), choices=_choices(words.RELATIONS))
    verified = _many(_("How it is known"), _choices(words.VERIFIED))
    consent_to_dna = forms.BooleanField(label=_("Both agreed in writing to a comparison of genes"), required=False)
    how = _long(_("What papers, what words"))


class EndLinkForm(forms.Form):
    why = _long(_("Why"))


class PlaceForm(forms.Form):
    where = forms.ChoiceField(label=pgettext_lazy("reunification", "Where"), choices=_choices(words.WHERE))
    centre = forms.ChoiceField(label=_("Centre"), required=False)
    day = Day(label=_("Day"), required=False)

    def clean_centre(self) -> Any:
        return self.cleaned_data["centre"] or None


class PlanForm(PlaceForm):
    others = _many(_("Together with"), [])
    request = forms.ChoiceField(label=_("From the tracing request"), required=False)
    plan = _long(_("Plan"), required=False)

    field_order = ("others", "request", "where", "centre", "day", "plan")

    def clean_request(self) -> Any:
        return self.cleaned_data["request"] or None


class PrepareForm(forms.Form):
    says = forms.ChoiceField(
        label=_("The person wishes to be together with the others"),
        choices=_choices(words.SAYS, rules.SAYS),
        widget=forms.RadioSelect,
    )
    in_private = forms.BooleanField(label=_PRIVATE, required=False)
    guardian = forms.BooleanField(label=_GUARDIAN, required=False)
    interests = forms.ChoiceField(label=_INTERESTS, choices=_choices(words.INTERESTS), required=False)
    remark = _long(_("Remark"), required=False)


class TogetherForm(forms.Form):
    on = Day(label=_("Since"))


class FollowUpForm(forms.Form):
    months = forms.TypedChoiceField(
        label=pgettext_lazy("follow-up", "When"), choices=_choices(words.MONTHS), coerce=int
    )
    how = forms.ChoiceField(label=_("How they are"), choices=_choices(words.FOLLOWED))
    remark = _long(_("Remark"), required=False)


class CloseUnionForm(forms.Form):
    outcome = forms.ChoiceField(label=_("Outcome"), choices=_choices(words.UNITED))
    remark = _long(_("Remark"), required=False)


class AnnounceForm(forms.Form):
    on = Day(label=_("Expected on"))


class ProcedureForm(forms.Form):
    """Nothing is said: the pack's procedure is opened for the person."""
