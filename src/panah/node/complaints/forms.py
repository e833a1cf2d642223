"""The officers' forms of this room, one an act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from panah.foundation.access.models import Officer
from panah.foundation.languages import LANGUAGES
from panah.node.complaints import rules, words
from panah.node.complaints.models import Complaint
from panah.node.complaints.permissions import LEADING, may_get
from panah.node.registration import service as registration
from panah.web.action_form import ActionForm


def _choices(of: Mapping[str, Any], codes: Iterable[str] | None = None) -> list[tuple[str, Any]]:
    return [(code, of[code]) for code in (codes or of)]


def _long(label: Any, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 4, "dir": "auto"})
    return forms.CharField(label=label, max_length=rules.LONGEST_TEXT, widget=widget, **more)


def _authority() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Against which authority"), required=False)


def _post() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("At which place"), required=False)


def _title(titles: Mapping[str, str]) -> str:
    from django.utils.translation import get_language

    return titles.get(get_language() or "en", titles.get("en", ""))


def _fill(form: forms.Form) -> None:
    unknown = ("", _("not known"))
    body, post = form.fields["body"], form.fields["post"]
    assert isinstance(body, forms.ChoiceField)  # noqa: S101 - declared so
    assert isinstance(post, forms.ChoiceField)  # noqa: S101 - declared so
    body.choices = [unknown, *((one.id, _title(one.title)) for one in registration.node_pack().bodies)]
    post.choices = [unknown, *((one.code, _title(one.title)) for one in registration.posts())]


class EnterForm(forms.Form):
    """A complaint on paper or by word, as an officer enters it. Nothing is asked that the complainer need not say."""

    ticket = forms.CharField(widget=forms.HiddenInput, max_length=1_000)
    language = forms.ChoiceField(label=_("Language of the complainer"))
    kind = forms.ChoiceField(label=_("Kind"), choices=_choices(words.KINDS))
    text = _long(_("What happened, in the complainer’s own words"))
    danger = forms.BooleanField(label=_("Somebody is in danger now"), required=False)
    body = _authority()
    post = _post()
    against_office = forms.BooleanField(label=_("It is about the ombudsman’s own office"), required=False)
    whom = forms.CharField(label=_("Who did it"), max_length=200, required=False)
    who = forms.ChoiceField(label=_("Who complains"), choices=_choices(words.WHO), required=False)
    name = forms.CharField(
        label=_("Name of the complainer"),
        max_length=200,
        required=False,
        help_text=_("Empty where they wish to stay without a name."),
    )
    contact = forms.CharField(label=_("How they can be reached"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _fill(self)
        self.fields["language"].choices = [(one.tag, one.name) for one in LANGUAGES]  # type: ignore[attr-defined]


class TriageForm(ActionForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=_choices(words.KINDS))
    danger = forms.BooleanField(label=_("Somebody is in danger now"), required=False)
    body = _authority()
    post = _post()
    accused = forms.CharField(
        label=_("User names of the officers whom it is against"),
        required=False,
        max_length=400,
        help_text=_("With blanks between them. They, their body and their post find nothing of it from then on."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _fill(self)

    def clean_accused(self) -> tuple[UUID, ...]:
        names = self.cleaned_data["accused"].lower().replace(",", " ").split()
        found = dict(Officer.objects.filter(username__in=names).values_list("username", "pk"))
        strange = [name for name in names if name not in found]
        if strange:
            raise forms.ValidationError(
                _("There is no account with this user name: %(names)s.") % {"names": ", ".join(strange)}
            )
        return tuple(found[name] for name in dict.fromkeys(names))


class AssignForm(ActionForm):
    to = forms.ChoiceField(label=_("Officer"))

    def __init__(self, row: Complaint, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = (*LEADING.values(), "supervisor")
        people = Officer.objects.filter(is_active=True, grants__role__in=roles, grants__withdrawn_at=None).distinct()
        able = [one for one in people.order_by("display_name", "pk") if may_get(one, row)]
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared so
        field.choices = [
            (str(one.pk), f"{one.display_name}, {registration.body_title(one.body)}" if one.body else one.display_name)
            for one in able
        ]


class WriteForm(ActionForm):
    text = _long(_("To the complainer, in a language that they understand"))


class StepForm(ActionForm):
    kind = forms.ChoiceField(label=_("What is it"), choices=_choices(words.LINES, ("step", "measure", "remark")))
    step = forms.ChoiceField(label=_("Which step"), choices=[("", "–"), *_choices(words.STEPS)], required=False)
    text = _long(_("What was done or seen"))


class ConcludeForm(ActionForm):
    finding = forms.ChoiceField(label=_("Finding"), choices=_choices(words.FINDINGS), widget=forms.RadioSelect)
    reasons = _long(_("Why: what was looked at and what it shows"))
    remedy = _long(_("What is done about it, and what the person gets"), required=False)
    told = _long(_("The answer to the complainer, in a language that they understand"))


class WithdrawalForm(ActionForm):
    free = forms.TypedChoiceField(
        label=_("Was the complainer free in it?"),
        coerce=lambda value: value == "yes",
        choices=[("no", _("No, or nobody can tell: it goes on")), ("yes", _("Yes"))],
    )
    why = _long(_("How this was found out"))


class LinkForm(ActionForm):
    number = forms.CharField(
        label=_("Number of the file"), max_length=40, required=False, help_text=_("Empty to take the link away.")
    )
    consent = forms.ChoiceField(
        label=_("Does the complainer agree?"),
        choices=[("not_given", _("No, or not asked")), ("given", _("Yes")), ("taken_back", _("Took it back"))],
    )


class HoldForm(ActionForm):
    number = forms.CharField(label=_("Number of the file"), max_length=40)
    safeguard = forms.ChoiceField(label=_("Which hold"), choices=_choices(words.HOLDS))
    reason = _long(
        _("Why the person is in danger"),
        min_length=20,
        help_text=_("Officers of the file read this. Do not write that there is a complaint, nor whose."),
    )


class Wanted(forms.Form):
    """Filters of the list."""

    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("all")), *_choices(words.KINDS)], required=False)
    state = forms.ChoiceField(
        label=_("Standing"), choices=[("", _("all")), ("open", _("open")), *_choices(words.STATES)], required=False
    )
    show = forms.ChoiceField(
        label=_("Only"),
        choices=[
            ("", _("all")),
            ("late", _("late")),
            ("urgent", _("danger")),
            ("mine", _("given to me")),
            ("withdrawals", _("withdrawals to look at")),
        ],
        required=False,
    )
    number = forms.CharField(label=_("Number"), max_length=20, required=False)
