from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from panah.node.referrals import rules, texts


def _choices(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    """Choices are worded when the form is made, in the reader's language."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 - it is declared so below
    field.choices = choices


class DeclineForm(forms.Form):
    reason = forms.ChoiceField(label=_("Why"), widget=forms.RadioSelect)
    competent = forms.ChoiceField(
        label=_("Who is competent"), required=False, help_text=_("Needed when your body is not competent.")
    )
    remark = forms.CharField(
        label=_("Remark for the sender"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        _choices(self, "reason", [(code, texts.decline_reason(code)) for code in rules.DECLINE_CODES])
        _choices(self, "competent", [("", "—"), *((to, texts.recipient(to)) for to in rules.LANES)])


class CompleteForm(forms.Form):
    outcome = forms.ChoiceField(label=_("Outcome"), widget=forms.RadioSelect)
    remark = forms.CharField(
        label=_("Remark for the sender"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, to: str, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        _choices(self, "outcome", [(code, texts.outcome(code)) for code in rules.outcomes(to)])
