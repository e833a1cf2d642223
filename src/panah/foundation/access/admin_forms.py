"""Forms of the administrator's pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from panah.foundation.access.roles import of_installation, title_of
from panah.web.action_form import ActionForm


def _new_password() -> forms.PasswordInput:
    return forms.PasswordInput(attrs={"autocomplete": "new-password"})


class AboutForm(ActionForm):
    """What an account says of its officer."""

    display_name = forms.CharField(label=_("Name as colleagues know it"), max_length=120)
    email = forms.EmailField(label=_("E-mail"), required=False)
    language = forms.ChoiceField(label=_("Language"), choices=[("", "–"), *settings.LANGUAGES], required=False)
    body = forms.CharField(label=_("Body"), help_text=_("Its code in the pack."), max_length=80, required=False)
    post = forms.CharField(
        label=_("Post"), help_text=_("Code of the border post, centre or office."), max_length=40, required=False
    )
    serves_state = forms.RegexField(
        r"^[A-Z]{3}$",
        label=_("State whom a consular officer serves"),
        help_text=_("Three capital letters, for example UZB; empty for everybody else."),
        required=False,
    )


class OpenAccountForm(AboutForm):
    username = forms.RegexField(
        r"^[a-z0-9._-]{2,60}$", label=_("User name"), help_text=_("Small letters, digits, dot, hyphen.")
    )
    password = forms.CharField(
        label=_("First password"), validators=[validate_password], widget=_new_password(), strip=False
    )
    roles = forms.MultipleChoiceField(label=_("Roles"), widget=forms.CheckboxSelectMultiple)

    field_order = ["username", "display_name", "password", "roles"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"].choices = role_choices()  # type: ignore[attr-defined]


class RoleForm(ActionForm):
    role = forms.ChoiceField(label=_("Role"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = role_choices()  # type: ignore[attr-defined]


class PasswordForm(ActionForm):
    password = forms.CharField(
        label=_("New password"), validators=[validate_password], widget=_new_password(), strip=False
    )


class ReasonForm(ActionForm):
    reason = forms.CharField(label=_("Why"), min_length=10, max_length=500)


class TokenForm(ActionForm):
    name = forms.CharField(label=_("Which program or device will hold it"), min_length=3, max_length=80)
    days = forms.IntegerField(label=_("For how many days"), min_value=1, max_value=366, initial=90)


class RevokeForm(ActionForm):
    token = forms.UUIDField(widget=forms.HiddenInput)


def role_choices() -> list[tuple[str, str]]:
    return [(role.code, title_of(role.code)) for role in of_installation(str(settings.PANAH_ROLE))]
