"""The forms of this room, one an act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from panah.cores.documents import codes
from panah.node.labour import words
from panah.node.solutions.service import GRADES
from panah.web.reading import country_name

_NEAR = ("KAZ", "KGZ", "RUS", "TJK", "UZB", "TKM", "AFG", "AZE", "IRN", "PAK", "TUR", "ARM", "BLR")


def states() -> list[tuple[str, str]]:
    """Every state by its name, those of the region and of the agreement before the others."""
    tag = get_language() or "en"
    named = {code: country_name(code, tag) for code in codes.STATES}
    others = sorted((code for code in named if code not in _NEAR), key=lambda code: named[code])
    return [("", "—"), *((code, named[code]) for code in (*_NEAR, *others))]


def _choices(of: Mapping[str, Any], codes_: Iterable[str] | None = None) -> list[tuple[str, Any]]:
    return [(code, of[code]) for code in (codes_ or of)]


def _words(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=200, required=False, **more)


def _long(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=4_000, widget=forms.Textarea(attrs={"rows": 2}), **more)


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}), **more)


def _grade() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("How it is known"), choices=[(code, GRADES[code]) for code in "ABCDEF"], initial="E"
    )


class OpenForm(forms.Form):
    language = forms.CharField(label=_("Language spoken"), min_length=2, max_length=20)
    consent = forms.ChoiceField(
        label=_("Who agrees that this office keeps where the person worked"), choices=_choices(words.CONSENTS)
    )


class _Corrects(forms.Form):
    """A line may take the place of one that was wrong."""

    corrects = forms.ChoiceField(label=_("It corrects"), required=False)
    why = _words(_("Why the earlier line was wrong"))

    def clean_corrects(self) -> Any:
        return self.cleaned_data["corrects"] or None


class PeriodForm(_Corrects):
    state = forms.ChoiceField(label=_("State"), choices=states)
    first = _day(_("First day"))
    last = _day(
        _("Last day"), required=False, help_text=_("Empty where nobody knows the end. Then it counts nowhere yet.")
    )
    kind = forms.ChoiceField(label=_("Which time"), choices=_choices(words.KINDS))
    employer = _words(_("Employer"))
    fund = _words(_("Where contributions went"))
    grade = _grade()
    evidence = _words(_("The paper that shows it, or who told it"))
    field_order = ("state", "first", "last", "kind", "employer", "fund", "grade", "evidence", "corrects", "why")


class PermitForm(_Corrects):
    state = forms.ChoiceField(label=_("State"), choices=states)
    kind = forms.ChoiceField(label=_("Which paper"), choices=_choices(words.PERMITS))
    number = forms.CharField(label=_("Number on the paper"), max_length=80, required=False)
    bound_to = _words(_("Bound to this employer, region or trade"))
    first = _day(_("Holds from"), required=False)
    last = _day(_("Holds until"), required=False, help_text=_("Empty where nobody knows. It is never read as endless."))
    grade = _grade()
    evidence = _words(_("The paper that shows it, or who told it"))
    field_order = ("state", "kind", "number", "bound_to", "first", "last", "grade", "evidence", "corrects", "why")


class StrikeForm(forms.Form):
    why = forms.CharField(label=_("Why the line is wrong"), max_length=200)


class AskForm(forms.Form):
    state = forms.ChoiceField(label=_("State"), choices=states)
    fund = forms.CharField(label=_("Fund or authority"), max_length=200)
    what = _long(_("What is asked"))
    way = forms.ChoiceField(label=_("Who asks"), choices=_choices(words.WAYS))
    agreed = forms.ChoiceField(
        label=_("The person agrees that this office asks"),
        choices=_choices(words.AGREED),
        help_text=_("Asked alone, in their language, and told that an authority of another state learns of them."),
    )
    answer_by = _day(_("By when an answer is hoped for"))


class AnswerForm(forms.Form):
    result = forms.ChoiceField(label=_("What came"), choices=_choices(words.RESULTS))
    on = _day(_("Which day"))
    answer = _long(_("What the fund wrote"), required=False)


class CloseForm(forms.Form):
    outcome = forms.ChoiceField(label=_("What came of it"), choices=_choices(words.OUTCOMES))
    remark = _long(_("Remark"), required=False)


def offer_lines(form: forms.Form, lines: Iterable[tuple[str, str]]) -> None:
    """Which lines a new one may correct."""
    field = form.fields["corrects"]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared so above
    field.choices = [("", _("nothing: it is a new line")), *lines]
