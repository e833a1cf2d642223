"""The forms of this room, one an act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from panah.foundation.access.models import Officer
from panah.foundation.languages import LANGUAGES
from panah.node.custody import words
from panah.node.custody.permissions import WORKING
from panah.node.registration import service as registration
from panah.web.action_form import ActionForm


def _choices(of: Mapping[str, Any], codes: Iterable[str] | None = None) -> list[tuple[str, Any]]:
    return [(code, of[code]) for code in (codes or of)]


def _long(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=4_000, widget=forms.Textarea(attrs={"rows": 2}), **more)


def _several(label: Any, of: Mapping[str, Any]) -> forms.MultipleChoiceField:
    widget = forms.CheckboxSelectMultiple
    return forms.MultipleChoiceField(label=label, required=False, choices=_choices(of), widget=widget)


def _known(label: Any, help_text: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=_choices(words.KNOWN), help_text=help_text)


def _language() -> forms.ChoiceField:
    found = [("", "–"), *((language.tag, language.name) for language in LANGUAGES)]
    return forms.ChoiceField(label=_("In which language, understood by the person"), choices=found, required=False)


def _sources() -> list[tuple[str, Any]]:
    tag = get_language() or "en"
    found = registration.node_pack().sources.values()
    titled = [(one.id, one.title.get(tag, one.title.get("en", one.id))) for one in found]
    return [("", _("none: in my own words")), *sorted(titled, key=lambda one: one[1])]


def receivers() -> list[tuple[str, Any]]:
    """Bodies of the pack, bodies whose officers work here, and posts."""
    people = Officer.objects.filter(is_active=True, grants__role__in=WORKING, grants__withdrawn_at=None).exclude(
        body=""
    )
    bodies = {one.id for one in registration.node_pack().bodies} | set(people.values_list("body", flat=True))
    named = [(f"body:{code}", registration.body_title(code)) for code in bodies]
    posts = [(f"post:{one.code}", registration.place_title(one.code)) for one in registration.posts()]
    return [("", "–"), *sorted(named, key=lambda one: one[1]), *sorted(posts, key=lambda one: one[1])]


class Moment(forms.DateTimeField):
    """Day and hour in the state's time, as the browser's own field gives them."""

    def __init__(self, **more: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"], **more)

    def to_python(self, value: Any) -> datetime | None:
        found = super().to_python(value)
        return timezone.make_aware(found) if found and timezone.is_naive(found) else found


class ApprehendForm(ActionForm):
    number = forms.CharField(
        label=_("Number of the person’s file"), max_length=40, required=False,
        help_text=_("Empty for a person not yet registered."),
    )  # fmt: skip
    happened_at = Moment(label=_("When the person was taken"))
    where = forms.CharField(label=_("Where exactly"), max_length=200)
    unit = forms.CharField(label=_("By which unit or patrol"), max_length=200)
    ground_source = forms.ChoiceField(label=_("Law on which it rests"), choices=_sources, required=False)
    ground = _long(_("Legal ground: article, or the officer’s words"))
    means = forms.ChoiceField(label=_("Was force used?"), choices=_choices(words.KNOWN))
    means_how = _long(_("Which force, by whom, why"), required=False)
    injuries = forms.ChoiceField(label=_("Is the person injured?"), choices=_choices(words.KNOWN))
    injuries_what = _long(_("Which injuries, and how they came about by the person’s words"), required=False)
    doctor = forms.ChoiceField(label=_("Doctor"), choices=_choices(words.DOCTORS))
    property_taken = _long(_("What was taken from the person"), required=False)
    property_receipt = forms.CharField(label=_("Number of its receipt"), max_length=40, required=False)
    told = _several(_("The person was told"), words.TOLD)
    told_language = _language()
    wishes = _several(_("The person wishes to reach"), words.WISHES)
    child = forms.ChoiceField(label=_("Is it a child?"), choices=_choices(words.CHILD))
    fear = forms.ChoiceField(
        label=_("Is the person afraid to return?"), choices=_choices(words.ANSWERS),
        help_text=_("Ask before anything else. What nobody asked or understood stays not known."),
    )  # fmt: skip


class AskForm(ActionForm):
    fear = forms.ChoiceField(label=_("Is the person afraid to return?"), choices=_choices(words.ANSWERS))
    child = forms.ChoiceField(label=_("Is it a child?"), choices=_choices(words.CHILD))
    told = _several(_("The person was told"), words.TOLD)
    told_language = _language()
    wishes = _several(_("The person wishes to reach"), words.WISHES)


class JoinForm(ActionForm):
    number = forms.CharField(label=_("Number of the person’s file"), max_length=40)


class FitnessForm(ActionForm):
    ill = _known(
        _("Is the person ill?"), _("Ask before every journey. What nobody asked or understood stays not known.")
    )
    hurt = _known(_("Is the person hurt or in pain?"))
    pregnant = _known(_("Is the person pregnant?"), _("Ask in private. Nobody has to prove it."))
    cannot_travel = _known(_("Does the person say that they cannot travel?"))
    seen_by = forms.ChoiceField(label=_("Who saw the person"), choices=_choices(words.SEEN_BY))
    seen_at = Moment(label=_("When they saw the person"), required=False)
    result = forms.ChoiceField(
        label=_("What they said"), choices=_choices(words.RESULTS),
        help_text=_("Only somebody medical says this. Write no diagnosis anywhere."),
    )  # fmt: skip
    conditions = _several(_("What the journey needs"), words.CONDITIONS)
    conditions_more = forms.CharField(
        label=_("The other condition, without a diagnosis"), max_length=200, required=False
    )


class HandOnForm(ActionForm):
    to = forms.ChoiceField(label=_("Who receives the person"), choices=receivers)
    to_where = forms.CharField(label=_("To which place"), max_length=200)
    purpose = forms.ChoiceField(label=_("What for"), choices=_choices(words.PURPOSES))
    companions = forms.MultipleChoiceField(
        label=_("Family held here, handed over together"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Each of them is asked first whether they can travel."),
    )  # fmt: skip
    apart_why = _long(_("Why family stays behind"), required=False)
    remark = _long(
        _("Remark"), required=False, help_text=_("Nothing of health: what the journey needs is told by itself.")
    )

    def __init__(self, *args: Any, family: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = list(family)
        if not here:
            del self.fields["companions"], self.fields["apart_why"]
            return
        found = self.fields["companions"]
        assert isinstance(found, forms.MultipleChoiceField)  # noqa: S101 - as declared above
        found.choices, found.initial = here, [code for code, _number in here]


class ConfirmForm(ActionForm):
    state = _long(_("How the person arrived: health, injuries, property, papers"))


class TakeBackForm(ActionForm):
    why = _long(_("Why the person was not handed over"))


class EndForm(ActionForm):
    how = forms.ChoiceField(label=_("How custody ends"), choices=_choices(words.ENDS))
    happened_at = Moment(label=_("When"))
    where = forms.CharField(label=_("Where the person went"), max_length=200, required=False)
    left_with = _long(_("With what: papers, money, what was given back"), required=False)


class Wanted(forms.Form):
    """Filters of the register."""

    show = forms.ChoiceField(
        label=_("Show"), required=False,
        choices=[
            ("", _("in custody now")), ("unconfirmed", _("hand-overs nobody confirmed")), ("over", _("beyond the time of the law")),
            ("children", _("children")), ("unasked", _("not asked yet")), ("unknown_fitness", _("handed over, fitness to travel not known")),
            ("ended", _("ended")), ("all", _("all")),
        ],
    )  # fmt: skip
    how = forms.ChoiceField(label=_("How it ended"), required=False, choices=[("", _("all")), *_choices(words.ENDS)])
    since = forms.DateField(label=_("Taken since"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
