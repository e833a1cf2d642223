"""The forms of force: asking again, the grounds of a detention, its reviews."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panah.cores.lawbook.dealings import Procedure, Stage
from panah.foundation.languages import LANGUAGES
from panah.node.procedures import rules
from panah.node.procedures.forms import OfStage, long_text, offer_choices

_ANSWERS = [("yes", _("yes")), ("no", _("no")), ("unknown", _("not known")), ("refused", _("does not want to answer"))]

ALTERNATIVES = {
    "reporting": _("Reporting to an office"),
    "residence_direction": _("Living at a given place"),
    "deposit": _("Deposit of money or papers"),
    "bond": _("Somebody who vouches"),
    "community_supervision": _("Supervision in the community"),
    "case_management": _("A worker who accompanies the case"),
    "open_reception": _("An open reception centre"),
}


def _answer(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=_ANSWERS, widget=forms.RadioSelect)


class AskAgainForm(OfStage):
    fear = _answer(_("Are you afraid of what may happen to you if you are sent away?"))
    health = _answer(_("Are you ill, hurt or pregnant, or can you not travel?"))
    pressure = _answer(_("Does anybody force you, threaten you or keep your papers?"))
    children = _answer(_("Are you under eighteen, or does anybody doubt your age?"))
    family = _answer(_("Do you have family here from whom you would be parted?"))
    language = forms.ChoiceField(label=_("In which language"))
    interpreter = forms.CharField(label=_("Interpreter"), required=False, max_length=200)

    def offer(self, procedure: Procedure, stage: Stage) -> None:
        offer_choices(self, "language", [(language.tag, language.name) for language in LANGUAGES])


class OrderDetentionForm(OfStage):
    legal_ground = long_text(_("Legal ground"), help_text=_("Act, article and paragraph."))
    assessment = long_text(
        _("Why this person must be held"), help_text=_("In their own case; a list of reasons is none.")
    )
    where = forms.CharField(label=_("Where"), max_length=200)

    def offer(self, procedure: Procedure, stage: Stage) -> None:
        for code, title in ALTERNATIVES.items():
            self.fields[f"alternative_{code}"] = forms.CharField(
                label=title, max_length=4_000, help_text=_("Why it is not enough for this person.")
            )

    def clean(self) -> dict[str, Any]:
        """The alternatives as one field of the act."""
        said = dict(super().clean() or {})
        given = {code: said.pop(f"alternative_{code}", "") for code in rules.ALTERNATIVES}
        self.cleaned_data = said | {"alternatives": given}
        return self.cleaned_data


class ReviewForm(OfStage):
    result = forms.ChoiceField(
        label=_("Result of the review"), widget=forms.RadioSelect,
        choices=[("released", _("released")), ("kept", _("held until the next review"))],
    )  # fmt: skip
    reason = long_text(_("Reasons"))
