"""The forms of a proceeding's page, one an act. What they may offer comes from the pack."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.cores.lawbook.dealings import Procedure, Stage
from panah.foundation.languages import LANGUAGES
from panah.node.procedures import rules, service, terms, words
from panah.node.procedures.models import Proceeding
from panah.web.state_field import StateField

_LANGUAGES = [(language.tag, language.name) for language in LANGUAGES]


def offer_choices(form: forms.Form, name: str, choices: Iterable[tuple[str, Any]]) -> None:
    """Fill in what a field of choices allows."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 - it is declared so below
    field.choices = list(choices)


def _following(procedure: Procedure, stage: Stage) -> list[tuple[str, Any]]:
    after = [(one, words.stage_title(procedure.code, one)) for one in stage.next]
    if not after:
        return [("", _("The procedure ends here"))]
    return [("", _("What the outcome leads to")), *after, (rules.ENDS_HERE, _("The procedure ends here"))]


class Moment(forms.DateTimeField):
    """Day and hour in the state's time, as the browser's own field gives them."""

    def __init__(self, **more: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"], **more)

    def to_python(self, value: Any) -> datetime | None:
        found = super().to_python(value)
        return timezone.make_aware(found) if found and timezone.is_naive(found) else found


def long_text(label: Any, **more: Any) -> forms.CharField:
    """A field for some sentences."""
    return forms.CharField(label=label, max_length=20_000, widget=forms.Textarea(attrs={"rows": 4}), **more)


class OfStage(forms.Form):
    """A form that knows the procedure and the stage that it stands in."""

    def __init__(self, procedure: Procedure, stage: Stage, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(procedure, stage)

    def offer(self, procedure: Procedure, stage: Stage) -> None:
        """Fill in what the pack allows."""

    def of_body(self, row: Proceeding) -> None:
        """Fill in who of the body that leads the proceeding can be chosen."""


def interpreter_account() -> forms.TypedChoiceField:
    """An interpreter who has an account here; somebody from outside is written down instead."""
    return forms.TypedChoiceField(
        label=_("Interpreter with an account"), required=False, coerce=UUID, empty_value=None,
        help_text=_("Sees day, place, setting and language of this appointment, and nothing of the file."),
    )  # fmt: skip


def offer_interpreters(form: forms.Form) -> None:
    """The accounts that interpret here."""
    offer_choices(form, "interpreter_account", [("", _("nobody with an account")), *service.interpreters()])


def _taken_to(label: Any) -> StateField:
    return StateField(
        label=label,
        required=False,
        help_text=_("Three letters, for example RUS or KAZ. Leave it empty where nobody knows."),
    )


def _ask_where_to(form: forms.Form, procedure: Procedure, stage: Stage) -> None:
    """The state is asked for only where an outcome of the stage takes the person to one."""
    if not any(rules.is_carried_out(procedure.code, stage, one) for one in stage.outcomes):
        del form.fields["to_state"]


class EndStageForm(OfStage):
    outcome = forms.ChoiceField(label=_("How the stage ended"), widget=forms.RadioSelect)
    following = forms.ChoiceField(label=_("What comes next"), required=False)
    to_state = _taken_to(_("To which state the person was taken"))
    remark = long_text(_("Remark"), required=False)

    def offer(self, procedure: Procedure, stage: Stage) -> None:
        _ask_where_to(self, procedure, stage)
        offer_choices(self, "outcome", [(one, words.outcome_text(one)) for one in rules.outcomes(procedure, stage)])
        offer_choices(self, "following", _following(procedure, stage))


class DraftForm(OfStage):
    outcome = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    facts_found = long_text(_("What is found to have happened"))
    law_applied = long_text(_("Which law is applied"), help_text=_("Act, article and paragraph."))
    assessment = long_text(
        _("Why this follows"), help_text=_("The person reads this. Say what was believed, what not, and why.")
    )
    to_state = _taken_to(_("To which state the person is taken"))

    def offer(self, procedure: Procedure, stage: Stage) -> None:
        _ask_where_to(self, procedure, stage)
        offer_choices(self, "outcome", [(one, words.outcome_text(one)) for one in stage.outcomes])


class SignForm(OfStage):
    following = forms.ChoiceField(label=_("What comes next"), required=False)

    def offer(self, procedure: Procedure, stage: Stage) -> None:
        offer_choices(self, "following", _following(procedure, stage))


class SendBackForm(OfStage):
    why = long_text(_("Why it goes back"))


class NotifyForm(OfStage):
    how = forms.ChoiceField(label=_("How the person was told"), widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("In which language"))
    proof = forms.CharField(
        label=_("Proof"), max_length=2_000, help_text=_("Signature, postal receipt, name of the interpreter.")
    )

    def offer(self, procedure: Procedure, stage: Stage) -> None:
        offer_choices(self, "how", words.HOW_NOTIFIED.items())
        offer_choices(self, "language", _LANGUAGES)


class HearingForm(OfStage):
    at = Moment(label=_("When"))
    minutes = forms.IntegerField(label=_("Minutes"), min_value=10, max_value=600, initial=120)
    room = forms.CharField(label=_("Where"), max_length=200)
    setting = forms.ChoiceField(label=_("Setting"))
    setting_reason = forms.CharField(
        label=_("Why not in a private room"), required=False, max_length=4_000,
        help_text=_("Needed by video, in a vehicle and in detention."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language"))
    interpreter_account = interpreter_account()
    interpreter = forms.CharField(label=_("Interpreter from outside"), required=False, max_length=200)
    same_sex = forms.ChoiceField(label=_("The person wishes an interviewer of the same sex"))

    def offer(self, procedure: Procedure, stage: Stage) -> None:
        offer_interpreters(self)
        offer_choices(self, "setting", words.SETTINGS.items())
        offer_choices(self, "language", _LANGUAGES)
        offer_choices(self, "same_sex", [("unknown", _("not asked")), ("yes", _("yes")), ("no", _("no"))])


class RecordForm(OfStage):
    held_at = Moment(label=_("When it was held"))
    record = long_text(
        _("Record"), help_text=_("Read back to the person before it is kept. It is not changed afterwards.")
    )


class EvidenceForm(OfStage):
    kind = forms.ChoiceField(label=_("Kind"))
    grade = forms.ChoiceField(label=_("Grade"))
    what = long_text(_("What it is"))

    def offer(self, procedure: Procedure, stage: Stage) -> None:
        offer_choices(self, "kind", words.EVIDENCE.items())
        offer_choices(self, "grade", words.GRADES.items())


class FactForm(OfStage):
    fact = forms.ChoiceField(label=_("What happened"))
    at = Moment(label=_("When"))
    to_the_day = forms.BooleanField(label=_("Only the day is known"), required=False)

    def offer(self, procedure: Procedure, stage: Stage) -> None:
        offer_choices(self, "fact", [(code, words.fact_title(code)) for code in terms.recordable()])


class PauseForm(OfStage):
    cause = forms.ChoiceField(label=_("Why the clocks stand still"))
    start = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}))

    def offer(self, procedure: Procedure, stage: Stage) -> None:
        offer_choices(self, "cause", [(code, words.cause_title(code)) for code in terms.cause_codes()])


class ResumeForm(OfStage):
    cause = forms.ChoiceField(label=_("What is over"))
    end = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}))

    def offer(self, procedure: Procedure, stage: Stage) -> None:
        offer_choices(self, "cause", [(code, words.cause_title(code)) for code in terms.cause_codes()])


class OpenForm(forms.Form):
    procedure = forms.ChoiceField(label=_("Procedure"), widget=forms.RadioSelect)

    def __init__(self, procedures: Iterable[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_choices(self, "procedure", procedures)
