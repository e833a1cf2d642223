"""The forms of this room, one an act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from panah.node.solutions import rules, words
from panah.web.state_field import StateField


def _choices(of: Mapping[str, Any], codes: Iterable[str] | None = None) -> list[tuple[str, Any]]:
    return [(code, of[code]) for code in (codes or of)]


def _long(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=4_000, widget=forms.Textarea(attrs={"rows": 3}), **more)


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}), **more)


def _said(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=_choices(words.SAID))


def offer(form: forms.Form, name: str, choices: Iterable[tuple[str, Any]]) -> None:
    """Fill in what can be chosen now."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 - it is declared so below
    field.choices = list(choices)


class OpenForm(forms.Form):
    toward = forms.ChoiceField(label=_("Toward"), choices=_choices(words.TOWARD))
    aims = _long(_("What the person wants, in their own words"))
    language = forms.CharField(label=_("Language spoken"), min_length=2, max_length=20)
    interpreter = forms.CharField(label=_("Interpreter"), max_length=200, required=False)
    consent = forms.ChoiceField(label=_("Who agrees to the plan"), choices=_choices(words.CONSENTS))
    health_consent = forms.ChoiceField(
        label=_("The person agrees that this office asks about health and keeps it"), choices=_choices(words.SAID)
    )
    began_on = _day(
        _("Day of return, or on which the solution began"),
        required=False,
        help_text=_("Empty where it is still to come. Follow-ups run from this day."),
    )


class MemberForm(forms.Form):
    number = forms.CharField(label=_("Number of the file"), max_length=40)
    consent = forms.ChoiceField(label=_("Who agrees to the plan"), choices=_choices(words.CONSENTS))


class StandingForm(forms.Form):
    member = forms.ChoiceField(label=_("Whom you asked"), required=False)
    area = forms.ChoiceField(label=_("Area"), choices=_choices(words.AREAS))
    level = forms.ChoiceField(label=_("Where the person stands, as they see it"), choices=_choices(words.LEVELS))
    said = _long(_("In their words"), required=False)
    wanted = _long(_("What they need"), required=False)
    asked_on = _day(_("Asked on"))

    def clean_member(self) -> Any:
        return self.cleaned_data["member"] or None


class StepForm(forms.Form):
    area = forms.ChoiceField(label=_("Area"), choices=_choices(words.AREAS))
    what = _long(_("What is to be done"))
    who = forms.ChoiceField(label=_("Who does it"))
    due_on = _day(
        _("Until when, agreed with the person"),
        required=False,
        help_text=_("Empty: the term of the pack for that body."),
    )


class EndStepForm(forms.Form):
    result = forms.ChoiceField(label=_("What came of it"), choices=_choices(words.RESULTS))
    evidence = forms.CharField(label=_("What shows it"), max_length=4_000, required=False)
    grade = forms.ChoiceField(label=_("How sure that is"), choices=_choices(words.GRADES), required=False)


class ReferForm(forms.Form):
    consent_given = forms.TypedChoiceField(
        label=_("The person agrees to the referral"),
        required=False,
        empty_value=None,
        choices=[
            ("", _("not asked: what they said in the interview counts")),
            ("yes", words.SAID["yes"]),
            ("no", words.SAID["no"]),
        ],
        coerce=lambda said: said == "yes",
    )


class NothingForm(forms.Form):
    """Nothing but the button."""


class ServiceForm(forms.Form):
    area = forms.ChoiceField(label=_("Area"), choices=_choices(words.AREAS))
    kind = forms.ChoiceField(label=_("What was given"), choices=_choices(words.SERVICES))
    what = forms.CharField(label=_("In words"), max_length=4_000, required=False)
    amount = forms.DecimalField(
        label=_("How much money"), required=False, min_value=0, max_value=999_999_999, decimal_places=2
    )
    currency = forms.RegexField(
        r"^[A-Z]{3}$", label=_("Currency"), required=False, help_text=_("Three capital letters, such as KZT.")
    )
    receipt = forms.ChoiceField(label=_("Receipt"), choices=_choices(words.RECEIPTS), required=False)
    on = _day(_("Which day"))


class JobForm(forms.Form):
    vacancy = _long(_("The vacancy"))
    employer = forms.CharField(label=_("Employer"), max_length=200)
    contract_checked = forms.ChoiceField(label=_("Contract checked"), choices=_choices(words.CHECKED))


class SetJobForm(forms.Form):
    stage = forms.ChoiceField(
        label=_("What came of it"), choices=_choices(words.JOB_STAGES, ("declined", "not_taken", "started", "ended"))
    )
    on = _day(_("Which day"))
    contract_checked = forms.ChoiceField(label=_("Contract checked"), choices=_choices(words.CHECKED), required=False)
    why = forms.CharField(label=_("Remark"), max_length=4_000, required=False)

    def clean_contract_checked(self) -> str:
        return str(self.cleaned_data["contract_checked"] or "unknown")


class CounselForm(forms.Form):
    by_whom = forms.ChoiceField(label=_("Who counselled"), choices=_choices(words.COUNSELLORS))
    language = forms.CharField(label=_("Language spoken"), min_length=2, max_length=20)
    origin = _long(_("What the person was told of the place of origin"))
    origin_as_of = _day(_("Of which day that information is"))


class AgreeForm(forms.Form):
    said = _long(_("The person's own words"))
    language = forms.CharField(label=_("Language spoken"), min_length=2, max_length=20)
    detained = forms.BooleanField(label=_("The person is held"), required=False)
    counsel = forms.CharField(
        label=_("Independent counsel"),
        max_length=200,
        required=False,
        help_text=_("Needed where the person is held, or a safeguard stands against removal."),
    )


class DepartForm(forms.Form):
    on = _day(_("Day of departure"))
    asked_again = forms.ChoiceField(
        label=_("Asked once more before leaving"), choices=[("still_wants", _("the person still wants to return"))]
    )
    to_state = StateField(
        label=_("To which state the person left"),
        required=False,
        help_text=_("Three letters, for example RUS or KAZ. Leave it empty where nobody knows."),
    )


class BeginForm(forms.Form):
    on = _day(_("Day of return, or on which the solution began"))


class TryForm(forms.Form):
    how = forms.ChoiceField(label=_("How"), choices=_choices(words.HOW))
    reached = forms.TypedChoiceField(
        label=_("Was the person reached"),
        choices=[("no", pgettext_lazy("a try", "no")), ("yes", pgettext_lazy("a try", "yes"))],
        coerce=lambda said: said == "yes",
    )
    next_try = _day(_("Where not reached: next try on"), required=False)
    last = forms.BooleanField(label=_("Not reached, and this was the last try"), required=False)
    safe = _said(_("Is the person safe"))
    works = _said(_("Does the person work"))
    same_job = _said(_("Still in the job that was found here"))
    wants_to_leave = _said(_("Wants to leave again"))
    why_leave = forms.MultipleChoiceField(
        label=_("Why"), required=False, choices=_choices(words.DRIVERS), widget=forms.CheckboxSelectMultiple
    )
    where = forms.ChoiceField(label=_("Where the person lives now"), choices=_choices(words.WHERE))
    said = _long(_("In their words"), required=False)


class DangerForm(forms.Form):
    what = _long(_("What the danger is"))


class ReplyForm(forms.Form):
    what = _long(_("What was done"))
    safe = _said(_("Does the person say that they are safe now"))


class CloseForm(forms.Form):
    outcome = forms.ChoiceField(label=_("Outcome"))
    said = _long(_("What the person says of it"), required=False)

    def __init__(self, toward: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "outcome", _choices(words.OUTCOMES, rules.OUTCOMES[toward]))
