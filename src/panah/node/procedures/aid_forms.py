"""The forms of legal aid, of naming an interpreter, and of saying who leads."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from panah.cores.lawbook.dealings import Procedure, Stage
from panah.foundation.languages import LANGUAGES
from panah.node.procedures import service, words
from panah.node.procedures.forms import OfStage, interpreter_account, long_text, offer_choices, offer_interpreters
from panah.node.procedures.models import Proceeding
from panah.web.action_form import ActionForm


class AskAidForm(OfStage):
    language = forms.ChoiceField(label=_("In which language"))

    def offer(self, procedure: Procedure, stage: Stage) -> None:
        offer_choices(self, "language", [(language.tag, language.name) for language in LANGUAGES])


class GiveAidForm(OfStage):
    organisation = forms.CharField(label=_("Who gives it"), max_length=200, help_text=_("Organisation, bar or office."))
    kind = forms.ChoiceField(label=_("Kind"))
    on = forms.DateField(label=_("Since"), widget=forms.DateInput(attrs={"type": "date"}))

    def offer(self, procedure: Procedure, stage: Stage) -> None:
        offer_choices(self, "kind", words.KINDS_OF_AID.items())


class DeclineAidForm(AskAidForm):
    said = long_text(_("What the person said, in their words"))
    informed = forms.BooleanField(
        label=_("The person was told what legal aid is, that it can be free, and that they may ask for it at any time"),
        required=False,
    )
    freely = forms.BooleanField(label=_("The person said it alone; nobody else spoke for them"), required=False)
    interpreter = forms.CharField(label=_("Interpreter"), required=False, max_length=200)


class NameInterpreterForm(OfStage):
    interpreter_account = interpreter_account()
    interpreter = forms.CharField(label=_("Interpreter from outside"), required=False, max_length=200)

    def offer(self, procedure: Procedure, stage: Stage) -> None:
        offer_interpreters(self)


class LeadForm(OfStage):
    lead = forms.TypedChoiceField(label=_("Who leads the case"), coerce=UUID)

    def of_body(self, row: Proceeding) -> None:
        offer_choices(self, "lead", service.may_lead(row))


class AnswerForm(ActionForm):
    """What an interpreter says of an appointment."""

    answer = forms.ChoiceField(
        label=_("Do you come?"),
        widget=forms.RadioSelect,
        choices=[("available", _("I come")), ("declined", _("I do not come"))],
    )
    conflict = forms.BooleanField(
        label=_("I have a conflict of interest"), required=False,
        help_text=_("You know the person or somebody of the case, or cannot be impartial. Do not say why more than you want to."),
    )  # fmt: skip
    words = forms.CharField(
        label=_("Remark"), required=False, max_length=4_000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def said_of(self, hearing: UUID) -> dict[str, Any]:
        return self.said() | {"hearing": hearing}
