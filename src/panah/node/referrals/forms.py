from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from panah.node.referrals import rules, texts


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
        self.fields["reason"].choices = [(code, texts.decline_reason(code)) for code in rules.DECLINE_CODES]
        self.fields["competent"].choices = [("", "—"), *((to, texts.recipient(to)) for to in rules.LANES)]


class CompleteForm(forms.Form):
    outcome = forms.ChoiceField(label=_("Outcome"), widget=forms.RadioSelect)
    remark = forms.CharField(
        label=_("Remark for the sender"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, to: str, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["outcome"].choices = [(code, texts.outcome(code)) for code in rules.outcomes(to)]
