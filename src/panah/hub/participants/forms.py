"""The forms of this room, one an act."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panah.foundation.access.models import Officer
from panah.hub.participants import models, service
from panah.hub.participants.fields import SaidField, SourceForm


class _Sourced(SourceForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.last()


class ParticipantForm(_Sourced):
    participant = forms.RegexField(
        r"^[A-Z][A-Z0-9]{2,11}$",
        label=_("Code"),
        help_text=_("Of a state the three letters of ISO 3166-1, such as KAZ; otherwise a short code in capitals."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=models.Kind.choices)
    title_en = forms.CharField(label=_("Name in English"), max_length=200)
    title_ru = forms.CharField(label=_("Name in Russian"), max_length=200)


class RoleForm(_Sourced):
    role = forms.ChoiceField(label=_("Role"), choices=models.Role.choices)
    begins = SaidField(label=_("From"))
    ends = SaidField(label=_("Until"), help_text=_("The last day. Empty: not said to have ended."))
    as_of = SaidField(label=_("Stood on"), help_text=_("The day for which the source says that the role stood."))


class EndRoleForm(_Sourced):
    key = forms.ChoiceField(label=_("Role"))
    ends = SaidField(label=_("Until"), required=True)

    def __init__(self, *args: Any, code: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (role.key, f"{models.Role(role.role).label}, {role.begins or role.as_of or '–'}: {role.source.title}")
            for role in service.roles_of(code)
            if role.ends is None
        ]
        offer(self, "key", choices)


class ChairForm(_Sourced):
    begins = SaidField(label=_("From"), required=True)
    ends = SaidField(label=_("Until"), help_text=_("The last day. Empty: not said to have ended."))


class ContactForm(_Sourced):
    kind = forms.ChoiceField(label=_("Office in the Process"), choices=models.ContactKind.choices)
    office_en = forms.CharField(
        label=_("Office in English"), max_length=200, help_text=_("Title and body, never the name of who holds it.")
    )
    office_ru = forms.CharField(label=_("Office in Russian"), max_length=200, required=False)
    mailbox = forms.EmailField(label=_("Mailbox of the office"), required=False, help_text=_("Never that of a person."))
    begins = SaidField(label=_("From"))


class BodyContactForm(ContactForm):
    body = forms.ChoiceField(label=_("Body of the Process"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "body", [(body.key, service.title_of(body)) for body in service.bodies()])


class EndContactForm(forms.Form):
    key = forms.ChoiceField(label=_("Contact"))
    reason = forms.CharField(label=_("Why"), min_length=10, max_length=1000)

    def __init__(self, *args: Any, code: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = service.contacts(code) if code else service.contacts()
        offer(self, "key", [(row.key, service.office_of(row)) for row in rows if not row.ends])


class _SeatChoice(forms.Form):
    officer = forms.ChoiceField(label=_("Account"))
    participant = forms.ChoiceField(label=_("Acts for"))
    office = forms.ChoiceField(label=_("Office"), choices=models.Office.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "officer", accounts())
        offer(self, "participant", [(one.code, f"{one.title()} ({one.code})") for one in service.participants()])


class SeatForm(_SeatChoice):
    begins = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class AskForSeatForm(_SeatChoice):
    pass


class EndSeatForm(forms.Form):
    seat = forms.ChoiceField(label=_("Seat"))
    reason = forms.CharField(label=_("Why"), min_length=10, max_length=1000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(
            self,
            "seat",
            [
                (str(seat.pk), f"{seat.officer.display_name}: {seat.participant}, {models.Office(seat.office).label}")
                for seat in models.Seat.objects.filter(ends=None).select_related("officer")
            ],
        )


def offer(form: forms.Form, name: str, choices: list[tuple[str, Any]]) -> None:
    """Fill in what can be chosen now."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared so above
    field.choices = choices


def accounts() -> list[tuple[str, str]]:
    """The open accounts of the hub by name."""
    return [
        (str(one.pk), f"{one.display_name} ({one.username})")
        for one in Officer.objects.filter(is_active=True).order_by("display_name", "username")
    ]
