"""The forms of this room, one an act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from panah.node.reception import rules, words


def _choices(of: Mapping[str, Any], codes: Iterable[str] | None = None) -> list[tuple[str, Any]]:
    return [(code, of[code]) for code in (codes or of)]


class Moment(forms.DateTimeField):
    """Day and hour in the state's time, as the browser's own field gives them."""

    def __init__(self, **more: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"], **more)

    def to_python(self, value: Any) -> datetime | None:
        found = super().to_python(value)
        return timezone.make_aware(found) if found and timezone.is_naive(found) else found


def _long(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=4_000, widget=forms.Textarea(attrs={"rows": 3}), **more)


def offer(form: forms.Form, name: str, choices: Iterable[tuple[str, Any]]) -> None:
    """Fill in what can be chosen now."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 - it is declared so below
    field.choices = list(choices)


class CentreForm(forms.Form):
    centre_code = forms.RegexField(
        r"^[A-Za-z0-9-]+$",
        label=_("Code"),
        min_length=2,
        max_length=40,
        help_text=_("That of the pack, or a new one of letters, figures and hyphens."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=_choices(words.KINDS))
    title = forms.CharField(
        label=pgettext_lazy("centre", "Name"),
        max_length=200,
        required=False,
        help_text=_("Only for a centre that the pack does not have."),
    )


class UnitForm(forms.Form):
    block = forms.CharField(
        label=_("Block"), max_length=40, required=False, help_text=_("Units of one block lie beside each other.")
    )
    label = forms.CharField(label=_("Name of the unit"), max_length=40)
    meant_for = forms.ChoiceField(label=_("Meant for"), choices=_choices(words.MEANT_FOR))
    places = forms.IntegerField(label=_("Places"), min_value=1, max_value=2_000)
    square_metres = forms.DecimalField(
        label=_("Square metres"), required=False, min_value=0, max_value=99_999, decimal_places=2
    )
    accessible = forms.BooleanField(label=_("Reached without steps"), required=False)


class SupplyForm(forms.Form):
    parameter = forms.ChoiceField(label=_("What was counted"))
    amount = forms.DecimalField(
        label=_("How much there is"), min_value=0, decimal_places=2,
        help_text=_("Litres or kilocalories for all, a day; the number of toilets that work."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "parameter", [(name, words.standard_title(name)) for name in rules.COUNTED])


class BlockForm(forms.Form):
    places = forms.IntegerField(label=_("Places that cannot be used"), min_value=1, max_value=2_000)
    why = forms.ChoiceField(label=_("Why"), choices=_choices(words.WHY_BLOCKED))
    remark = forms.CharField(label=_("Remark"), max_length=4_000, required=False)


class FreeForm(forms.Form):
    """Nothing but the button."""


class PlaceForm(forms.Form):
    """A unit for the person, or for the family together."""

    unit = forms.ChoiceField(label=pgettext_lazy("room", "Unit"), widget=forms.RadioSelect)
    whole_family = forms.BooleanField(label=_("The whole family together"), required=False)
    will = forms.ChoiceField(label=_("Asked, in a language that they understand"), choices=_choices(words.WILL))
    reason = _long(_("Why another unit than the proposed one"), required=False)


class MoveOutForm(forms.Form):
    why = forms.ChoiceField(label=_("Why the stay ends"), choices=_choices(words.ENDINGS, rules.ENDINGS))
    will = forms.ChoiceField(label=_("Asked, in a language that they understand"), choices=_choices(words.WILL))
    remark = _long(_("Remark"), required=False)


class PresenceForm(forms.Form):
    presence = forms.ChoiceField(label=_("Presence"), choices=_choices(words.PRESENCES))
    until = Moment(label=_("Leave until"), required=False)
    remark = forms.CharField(label=_("Remark"), max_length=4_000, required=False)


class CareForm(forms.Form):
    apart = forms.BooleanField(label=_("Sleeps apart until the health service says otherwise"), required=False)
    step_free = forms.BooleanField(label=_("Needs a place without steps"), required=False)


class HandOutForm(forms.Form):
    item = forms.ChoiceField(label=_("What"), choices=_choices(words.ITEMS))
    amount = forms.IntegerField(label=_("How many"), min_value=1, max_value=1_000, initial=1)
    receipt = forms.ChoiceField(label=_("Receipt"), choices=_choices(words.RECEIPTS))


class HandOutToForm(HandOutForm):
    """The same at a counter, where the people of the centre come one after another."""

    stay = forms.ChoiceField(label=_("To whom"))
    field_order = ("stay", "item", "amount", "receipt")


class AppointmentForm(forms.Form):
    kind = forms.ChoiceField(label=_("With whom"), choices=_choices(words.APPOINTMENTS))
    at = Moment(label=_("When"))
    where = forms.CharField(label=_("Where"), max_length=200)


class KeptForm(forms.Form):
    outcome = forms.ChoiceField(label=_("What came of it"), choices=_choices(words.KEPT))


class IncidentForm(forms.Form):
    kind = forms.ChoiceField(label=_("What kind"), choices=_choices(words.INCIDENTS))
    happened_at = Moment(label=_("When it happened"))
    person = forms.CharField(
        label=_("Number of the person’s file"),
        max_length=40,
        required=False,
        help_text=_("Empty where it was nobody alone."),
    )
    what = _long(_("What happened"))
    told = forms.MultipleChoiceField(
        label=_("Who was told"), required=False, choices=_choices(words.TOLD), widget=forms.CheckboxSelectMultiple
    )


class FollowForm(forms.Form):
    what = _long(_("What was done"))
    closes = forms.BooleanField(label=_("Nothing is left to be done"), required=False)


class FearForm(forms.Form):
    other_number = forms.CharField(label=_("Number of the other person’s file"), max_length=40)
    why = forms.CharField(label=_("What the person said"), max_length=4_000, required=False)


class EndFearForm(forms.Form):
    why = forms.CharField(label=_("Why it no longer holds"), max_length=4_000)


class AnnounceForm(forms.Form):
    centre = forms.ChoiceField(label=_("To which centre"))
    on = forms.DateField(label=_("Which day"), widget=forms.DateInput(attrs={"type": "date"}))


class CloseForm(forms.Form):
    """Nothing but the button."""


class AnswerPlaceForm(forms.Form):
    answer = forms.ChoiceField(
        label=_("Answer"), choices=[("given", _("There is a place")), ("declined", _("There is none"))]
    )
    why = forms.CharField(label=_("Why there is none"), max_length=4_000, required=False)


class AskPlaceForm(forms.Form):
    centre = forms.ChoiceField(label=_("Which centre is asked"))


class StockForm(forms.Form):
    item = forms.ChoiceField(label=_("What"), choices=_choices(words.ITEMS))
    amount = forms.IntegerField(label=_("How many"), min_value=1, max_value=1_000_000)
    why = forms.ChoiceField(label=_("Why the store changes"), choices=_choices(words.STOCK_REASONS))


class RoomForm(forms.Form):
    to = forms.ChoiceField(label=_("For which kind of referral"))
    free = forms.IntegerField(label=_("How many more people you can take now"), min_value=0, max_value=1_000_000)
