from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from panah.cores.exchange.sealing import MOST_ANSWER_BYTES
from panah.node.referrals import outside, rules, texts
from panah.web.action_form import ActionForm


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


class AnswerFileForm(ActionForm):
    """The signed answer of a body outside, as somebody brought it."""

    content = forms.FileField(
        label=_("Answer of the body"), help_text=_("The file answer-….jws that `panah envelope receipt` wrote.")
    )

    def clean_content(self) -> str:
        file = self.cleaned_data["content"]
        if file.size > MOST_ANSWER_BYTES:
            raise forms.ValidationError(
                _("The file has %(size)s bytes. Allowed are %(most)s."),
                params={"size": file.size, "most": MOST_ANSWER_BYTES},
            )
        try:
            return str(file.read().decode("ascii").strip())
        except UnicodeDecodeError as error:
            raise forms.ValidationError(_("This is no answer: it is not a signed text.")) from error


class EnterBodyForm(ActionForm):
    """A body outside and its public keys."""

    body = forms.RegexField(
        r"^[a-z0-9][a-z0-9-]{1,59}(/[A-Z0-9-]{2,10})?$",
        label=_("Code of the body"),
        help_text=_(
            "As in the pack, for example unhcr-office; for a body that is not in it, small letters, digits and hyphens."
        ),
    )
    title = forms.CharField(label=_("Its name"), min_length=2, max_length=160)
    kinds = forms.MultipleChoiceField(label=_("What is referred to it"), widget=forms.CheckboxSelectMultiple)
    state = forms.RegexField(
        r"^[A-Z]{3}$",
        label=_("State whose authority it is"),
        help_text=_("Three capital letters, for example UZB. Empty for an international organisation or an NGO."),
        required=False,
    )
    call = forms.CharField(
        label=_("Where its supervisor is called when it is silent"),
        help_text=_("A number of the office. No name."),
        min_length=3,
        max_length=120,
    )
    seals_for = forms.CharField(
        label=_("Key that is sealed for"), help_text=_("It begins with age1."), max_length=80, strip=True
    )
    signs_with = forms.CharField(
        label=_("Key that signs"), help_text=_("43 letters and digits."), max_length=80, strip=True
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "kinds", [(to, texts.recipient(to)) for to in outside.KINDS])


class ConfirmBodyForm(ActionForm):
    heard = forms.CharField(
        label=_("The forty digits that you heard"),
        help_text=_("Call the body on a number that you know from elsewhere, and have them read out."),
        max_length=80,
    )


class EndBodyForm(ActionForm):
    why = forms.ChoiceField(label=_("Why the keys end"))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "why", [(code, str(text)) for code, text in texts.ENDED_FOR.items() if code != "replaced"])
