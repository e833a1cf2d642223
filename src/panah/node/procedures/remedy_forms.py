"""The forms of bans on entry, and of giving up a remedy."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panah.foundation.languages import LANGUAGES
from panah.node.procedures.forms import Moment, long_text
from panah.node.procedures.models import Decision, EntryBan, Proceeding, Waiver
from panah.node.procedures.service import remedies_open
from panah.node.procedures.words import stage_title
from panah.web.reading import country_name
from panah.web.state_field import StateField


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}), **more)


class OfProceeding(forms.Form):
    """A form that knows the proceeding, and offers what can be chosen in it."""

    def __init__(self, row: Proceeding, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, found in self.choices_of(row).items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - each is declared so below
            field.choices = found

    def choices_of(self, row: Proceeding) -> dict[str, list[tuple[str, Any]]]:
        return {}


class LodgeRemedyForm(OfProceeding):
    stage = forms.ChoiceField(label=_("Remedy"))
    remark = long_text(_("Remark"), required=False)

    def choices_of(self, row: Proceeding) -> dict[str, list[tuple[str, Any]]]:
        return {"stage": [(code, stage_title(row.procedure, code)) for code in remedies_open(row)]}


class RecordBanForm(OfProceeding):
    state = StateField(label=_("State"))
    authority = forms.CharField(label=_("Authority"), required=False, max_length=200)
    ground = long_text(_("Ground"), help_text=_("As the paper says it, or as the person was told."))
    paper = long_text(_("Paper by which it is known"), required=False)
    starts = _day(_("From"), required=False)
    length = forms.ChoiceField(
        label=_("How long"), widget=forms.RadioSelect,
        choices=[("until", _("until a day")), ("forever", _("for ever")), ("unknown", _("not known"))],
    )  # fmt: skip
    ends = _day(_("Until"), required=False)


class _OnBan(OfProceeding):
    ban = forms.ChoiceField(label=_("Ban"))

    def choices_of(self, row: Proceeding) -> dict[str, list[tuple[str, Any]]]:
        standing = EntryBan.objects.filter(file=row.file, lifted_on=None)
        return {"ban": [(str(one.pk), f"{country_name(one.state, 'en')} {one.starts or ''}") for one in standing]}


class BanRemedyForm(_OnBan):
    to = forms.CharField(label=_("To whom"), max_length=200)
    on = _day(_("On which day"))
    what = long_text(_("What was asked"))
    wished = forms.BooleanField(label=_("The person wishes it, and knows that the other state learns of it"))


class DestinationForm(_OnBan):
    state = StateField(label=_("State"))
    why = long_text(_("Why the person may go there"), help_text=_("Treaty, channel, contract."))


class LiftBanForm(_OnBan):
    on = _day(_("On which day"))
    lifted_by = forms.CharField(label=_("Lifted by"), max_length=200)
    paper = long_text(_("By which paper"))


class DeclareWaiverForm(OfProceeding):
    decision = forms.ChoiceField(label=_("Decision"))
    in_person = forms.BooleanField(label=_("The person is in the room"), required=False)
    said = long_text(_("What the person said, in their words"))
    counsel = long_text(_("Who offered legal counsel, and what came of it"))
    counsel_at = Moment(label=_("When counsel was offered"))
    lawyer_present = forms.BooleanField(label=_("A lawyer is in the room"), required=False)
    language = forms.ChoiceField(label=_("In which language"))
    understood = forms.BooleanField(label=_("The person understood it"), required=False)
    interpreter = forms.CharField(label=_("Interpreter"), required=False, max_length=200)

    def choices_of(self, row: Proceeding) -> dict[str, list[tuple[str, Any]]]:
        signed = Decision.objects.filter(step__proceeding=row, notified_at__isnull=False).order_by("signed_at")
        return {
            "decision": [(str(one.pk), f"{one.signed_at:%Y-%m-%d}") for one in signed],
            "language": [(language.tag, language.name) for language in LANGUAGES],
        }


class _OnWaiver(OfProceeding):
    waiver = forms.ChoiceField(label=_("Waiver"))

    def choices_of(self, row: Proceeding) -> dict[str, list[tuple[str, Any]]]:
        standing = Waiver.objects.filter(decision__step__proceeding=row, revoked_at=None)
        return {"waiver": [(str(one.pk), f"{one.declared_at:%Y-%m-%d}") for one in standing]}


class ConfirmWaiverForm(_OnWaiver):
    paper = long_text(_("The written confirmation"), help_text=_("Where it lies, and who signed it."))
    lawyer_present = forms.BooleanField(label=_("A lawyer is in the room"), required=False)
    interpreter = forms.CharField(label=_("Interpreter"), required=False, max_length=200)


class RevokeWaiverForm(_OnWaiver):
    pass
