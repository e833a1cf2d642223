from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panah.node.safeguards import rules
from panah.node.safeguards.actions import COERCIVE, ENDINGS
from panah.node.safeguards.words import title
from panah.web.action_form import ActionForm
from panah.web.stops import ACTS


def _reason(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=_("At least 20 characters. Others will read it."),
        min_length=rules.SHORTEST_REASON,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class LiftForm(ActionForm):
    reason = _reason(_("Why the hold may fall"))


class PlaceForm(ActionForm):
    safeguard = forms.ChoiceField(label=_("Hold"), choices=lambda: [(code, title(code)) for code in rules.HOLD_CODES])
    mark = forms.ChoiceField(
        label=_("What you know of"),
        help_text=_("A child in detention, torture and the death penalty make a hold that nobody can lift."),
        required=False,
        choices=[
            ("", _("none of these")),
            (rules.CHILD, _("the person is a child or may be one")),
            (rules.TORTURE, _("danger of torture")),
            (rules.DEATH_PENALTY, _("danger of the death penalty")),
        ],
    )
    reason = _reason(_("Why the hold is needed"))


class CoerciveActForm(ActionForm):
    act = forms.ChoiceField(label=_("Act"))
    legal_ground = forms.CharField(
        label=_("Legal ground"), help_text=_("Act, article and decision."), min_length=5, max_length=300
    )
    reason = _reason(_("Why the act is necessary for this person, and what else was tried"))

    def __init__(self, *args: Any, roles: Collection[str], **kwargs: Any) -> None:
        """`roles` are the officer's: only what their body does is offered."""
        super().__init__(*args, **kwargs)
        offered = [harm for harm in COERCIVE if not set(rules.FORCE[harm]).isdisjoint(roles)]
        self.fields["act"].choices = [(harm.value, ACTS[harm]) for harm in offered]  # type: ignore[attr-defined]


class EndForm(ActionForm):
    coercive_act = forms.UUIDField(widget=forms.HiddenInput)
    ended = forms.ChoiceField(choices=[(how, how) for how in ENDINGS])
