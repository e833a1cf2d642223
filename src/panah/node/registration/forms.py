"""The forms of this room. Nothing but what an act cannot do without is required."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from uuid6 import uuid7

from panah.cores.documents import codes
from panah.cores.identity import birth
from panah.cores.identity.calendars import Calendar
from panah.cores.identity.names import script_of
from panah.foundation.languages import LANGUAGES
from panah.node.registration.models import (
    ClosingReason,
    DocumentStatus,
    DocumentType,
    EntryMode,
    Group,
    GroupKind,
    NameKind,
    PersonFile,
    Sex,
    Urgent,
)
from panah.node.registration.rules import CITIZENSHIPS
from panah.node.registration.said import BirthSaid, DocumentShown, Entry, NameSaid
from panah.web.action_form import ActionForm
from panah.web.reading import country_name

Choices = list[tuple[str, Any]]

_REGION = ("AFG", "AZE", "IRN", "KAZ", "KGZ", "PAK", "TJK", "TKM", "TUR", "UZB")
_NOT_STATES = (codes.STATELESS, codes.REFUGEE_1951, codes.UNSPECIFIED)
CALENDARS = (
    (Calendar.GREGORIAN.value, _("Gregorian")),
    (Calendar.SOLAR_HIJRI.value, _("Solar Hijri (Iran, Afghanistan)")),
    (Calendar.LUNAR_HIJRI.value, _("Lunar Hijri")),
)
_MOST_TOGETHER = 60


def _words(**attributes: str) -> forms.TextInput:
    return forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "dir": "auto", **attributes})


class CountryField(forms.CharField):
    """A country by its name in the reader's language, in English or in Russian, or by its code. The page has the list `countries`."""

    def __init__(self, *, allowed: frozenset[str] = CITIZENSHIPS, **kwargs: Any) -> None:
        self.allowed = allowed
        kwargs.setdefault("widget", _words(list="countries"))
        super().__init__(required=False, max_length=80, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return country_name(value, _reader()) if value in self.allowed else value

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        if not text or text.upper() in self.allowed:
            return text.upper()
        wanted = text.casefold()
        for tag in (_reader(), "en", "ru"):
            for code in self.allowed:
                if country_name(code, tag).casefold() == wanted:
                    return code
        raise forms.ValidationError(_("No country is called so. Write its name or its three letters, for example AFG."))


def country_list() -> list[tuple[str, str]]:
    """(code, name) for the page's list: the states of the region first, then those without a state, then the rest by name."""
    tag = _reader()
    near = sorted(_REGION, key=lambda code: country_name(code, tag))
    others = sorted(CITIZENSHIPS - {*_REGION, *_NOT_STATES}, key=lambda code: country_name(code, tag))
    return [(code, country_name(code, tag)) for code in (*near, *_NOT_STATES, *others)]


def _reader() -> str:
    return get_language() or "en"


def _languages() -> Choices:
    return [("", "—"), *((language.tag, language.name) for language in LANGUAGES)]


def _named(choices: Iterable[tuple[str, Any]]) -> Callable[[], Choices]:
    return lambda: [("", "—"), *choices]


class NameFields(forms.Form):
    """The parts of a name. Nobody has to have any of them."""

    full_name = forms.CharField(
        label=_("Full name"),
        required=False,
        max_length=200,
        widget=_words(),
        help_text=_("As the person says it, in any script. One name is a whole name."),
    )
    family = forms.CharField(label=_("Family name"), required=False, max_length=200, widget=_words())
    given = forms.CharField(label=_("Given name"), required=False, max_length=200, widget=_words())
    patronymic = forms.CharField(label=_("Patronymic"), required=False, max_length=200, widget=_words())
    father = forms.CharField(label=_("Father's name"), required=False, max_length=200, widget=_words())
    grandfather = forms.CharField(label=_("Grandfather's name"), required=False, max_length=200, widget=_words())
    other_spelling = forms.CharField(
        label=_("The name in another script"),
        required=False,
        max_length=200,
        widget=_words(),
        help_text=_("For example as a document has it."),
    )

    def names(self) -> tuple[NameSaid, ...]:
        said = self.cleaned_data
        parts = (
            ("full_name", NameKind.AS_STATED),
            ("other_spelling", NameKind.AS_STATED),
            *((kind.value, kind) for kind in _PARTS),
        )
        return tuple(
            NameSaid(text=said[field], kind=kind, script=script_of(said[field]))
            for field, kind in parts
            if said.get(field)
        )


_PARTS = (NameKind.FAMILY, NameKind.GIVEN, NameKind.PATRONYMIC, NameKind.FATHER, NameKind.GRANDFATHER)


class PersonFields(NameFields):
    """Everything that a file says of a person; shared by registering and amending."""

    sex = forms.ChoiceField(
        label=_("Sex"), choices=Sex.choices, initial=Sex.UNKNOWN, required=False, widget=forms.RadioSelect
    )
    birth_date = forms.CharField(
        label=_("Date of birth, or as much of it as is known"),
        required=False,
        max_length=40,
        widget=_words(),
        help_text=_(
            "1990, 1990-05, 1990-05-03 or 03.05.1990. Leave out what is not known; never write 1 January for it."
        ),
    )
    birth_calendar = forms.ChoiceField(
        label=_("Calendar"), choices=CALENDARS, initial=Calendar.GREGORIAN.value, required=False
    )
    first_of_january = forms.BooleanField(
        label=_("The document prints 1 January because the day is not known"), required=False
    )
    age = forms.IntegerField(label=_("Or the age, in whole years"), required=False, min_value=0, max_value=birth.OLDEST)
    age_to = forms.IntegerField(
        label=_("Oldest age that is possible"),
        required=False,
        min_value=0,
        max_value=birth.OLDEST,
        help_text=_("If it is not sure: 17 above, 18 here."),
    )
    age_in = forms.CharField(
        label=_("In which year the age was stated"),
        required=False,
        max_length=40,
        widget=_words(),
        help_text=_("For example 1400 on a tazkira, in the calendar chosen above. Empty: today."),
    )
    citizenship = CountryField(label=_("Citizenship"))
    second_citizenship = CountryField(label=_("Second citizenship"))
    language = forms.ChoiceField(label=_("Language that the person prefers"), choices=_languages, required=False)
    entry_mode = forms.ChoiceField(label=_("How the person came"), choices=_named(EntryMode.choices), required=False)
    entry_from = CountryField(label=_("Country last left"))
    urgent = forms.MultipleChoiceField(
        label=_("What cannot wait"), choices=Urgent.choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        self._read("birth_date", said)
        if said.get("age") is not None:
            self._read("age_in", said)
            if said.get("age_to") is not None and said["age_to"] < said["age"]:
                self.add_error("age_to", _("This is less than the age above. Write the lower age first."))
        if said.get("age_in") and said.get("age") is None and not self.errors.get("age"):
            self.add_error("age", _("A year is given in which the age was stated, but no age."))
        return said

    def _read(self, field: str, said: dict[str, Any]) -> None:
        if not said.get(field):
            return
        try:
            birth.stated(said[field], Calendar(said.get("birth_calendar") or Calendar.GREGORIAN))
        except ValueError:
            self.add_error(
                field,
                _("This date cannot be read in the calendar chosen. Write 1990, 1990-05, 1990-05-03 or 03.05.1990."),
            )

    def birth(self) -> BirthSaid:
        said = self.cleaned_data
        return BirthSaid(
            date=said.get("birth_date", ""),
            calendar=Calendar(said.get("birth_calendar") or Calendar.GREGORIAN),
            age=said.get("age"),
            age_to=said.get("age_to"),
            age_in=said.get("age_in", ""),
            first_of_january_stands_for_year=said.get("first_of_january", False),
        )

    def entry(self) -> Entry:
        return Entry(mode=self.cleaned_data.get("entry_mode", ""), from_country=self.cleaned_data.get("entry_from", ""))

    def citizenships(self) -> tuple[str, ...]:
        said = self.cleaned_data
        return tuple(dict.fromkeys(code for code in (said.get("citizenship"), said.get("second_citizenship")) if code))

    def person(self) -> dict[str, Any]:
        """The fields that RegisterPerson and AmendPerson share."""
        said = self.cleaned_data
        return {
            "names": self.names(),
            "sex": Sex(said.get("sex") or Sex.UNKNOWN),
            "birth": self.birth(),
            "citizenships": self.citizenships(),
            "language": said.get("language", ""),
            "entry": self.entry(),
            "urgent": tuple(Urgent(code) for code in said.get("urgent", ())),
        }


class RegisterForm(ActionForm, PersonFields):
    """A new file. `file` is its id, so that the form sent twice opens one file; `seen` lists the known files that were shown."""

    file = forms.UUIDField(widget=forms.HiddenInput)
    zone = forms.CharField(
        label=_("Machine-readable zone"),
        required=False,
        max_length=400,
        widget=forms.Textarea,
        help_text=_("Scan the document or type the two or three lines at its foot."),
    )
    from_zone = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, place: str, **kwargs: Any) -> None:
        kwargs["initial"] = {"file": uuid7(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        groups = Group.objects.filter(place=place).order_by("-arrived_at")[:50]
        named = [(str(group.pk), f"{group.number} · {group.get_kind_display()}") for group in groups]
        self.fields["group"] = forms.ChoiceField(
            label=_("Came together with"), required=False, choices=[("", "—"), *named]
        )


class AmendForm(ActionForm, PersonFields):
    """What a file says, to be put right. Only what was changed on the form is changed in the file."""

    reason = forms.CharField(
        label=_("Why it is changed"),
        max_length=1000,
        min_length=3,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What the file said before stays on record."),
    )

    def changes(self, file: PersonFile) -> dict[str, Any]:
        """The parts of AmendPerson that differ from what the form showed first. Names that it has no field for are kept."""
        touched = set(self.changed_data)
        changed = {part: value for part, value in self.person().items() if touched & _FIELDS_OF.get(part, {part})}
        if "names" in changed:
            changed["names"] += _by_field(file)[1]
        if "entry" in changed:
            kept = {
                "route": tuple(file.entry.get("route", ())),
                "stay_expired": file.entry.get("stay_expired", "unknown"),
            }
            changed["entry"] = changed["entry"].model_copy(update=kept)
        return changed


_FIELDS_OF = {
    "names": {"full_name", "other_spelling", *(kind.value for kind in _PARTS)},
    "birth": {"birth_date", "birth_calendar", "first_of_january", "age", "age_to", "age_in"},
    "citizenships": {"citizenship", "second_citizenship"},
    "entry": {"entry_mode", "entry_from"},
}


class DocumentForm(forms.Form):
    """One document. A row in which nothing is filled in is no document."""

    type = forms.ChoiceField(label=_("Kind of document"), choices=_named(DocumentType.choices), required=False)
    issuer = CountryField(label=_("Issued by"), allowed=codes.KNOWN_CODES)
    number = forms.CharField(label=_("Number"), required=False, max_length=40, widget=_words(dir="ltr"))
    status = forms.ChoiceField(
        label=_("Standing of the document"), choices=_named(DocumentStatus.choices), required=False
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not said.get("type") and any(said.get(field) for field in ("issuer", "number", "status")):
            self.add_error("type", _("Say what kind of document this is; “Other” will do."))
        return said

    def document(self, zone: str = "", reading: dict[str, Any] | None = None) -> DocumentShown:
        said = self.cleaned_data
        return DocumentShown(
            type=DocumentType(said["type"]),
            issuer=said["issuer"],
            number=said["number"],
            status=said["status"],
            zone=zone,
            reading=reading or {},
        )


DocumentForms = forms.formset_factory(DocumentForm, extra=1, max_num=12, absolute_max=12)


class GroupForm(ActionForm):
    group = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=_("Who came"), choices=GroupKind.choices, widget=forms.RadioSelect, initial=GroupKind.FAMILY
    )
    people = forms.IntegerField(
        label=_("How many people"),
        min_value=1,
        max_value=_MOST_TOGETHER,
        help_text=_("Each is given a number at once."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"group": uuid7(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


class CloseForm(ActionForm):
    reason = forms.ChoiceField(label=_("Why the file is closed"), choices=_named(ClosingReason.choices))
    remark = forms.CharField(
        label=_("Remark"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )


class SearchForm(NameFields):
    """What is searched for: any of these."""

    birth_date = forms.CharField(
        label=_("Date of birth, or as much of it as is known"), required=False, max_length=40, widget=_words()
    )
    citizenship = CountryField(label=_("Citizenship"))
    document_number = forms.CharField(
        label=_("Number of a document"), required=False, max_length=40, widget=_words(dir="ltr")
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not any(said.get(field) for field in said):
            raise forms.ValidationError(_("Write a name, a date of birth or a number to search for."))
        return said


def _by_field(file: PersonFile) -> tuple[dict[str, str], tuple[NameSaid, ...]]:
    """The file's names by the fields of the form, and those for which there is no field."""
    shown: dict[str, str] = {}
    others = []
    for name in file.names.all():
        stated = "other_spelling" if "full_name" in shown else "full_name"
        field = stated if name.kind == NameKind.AS_STATED else name.kind
        if field in shown:
            others.append(NameSaid(text=name.text, kind=NameKind(name.kind), script=name.script))
        shown.setdefault(field, name.text)
    return shown, tuple(others)


def filled_from(file: PersonFile) -> dict[str, Any]:
    """What a file says, as the initial values of AmendForm."""
    by_age = file.birth_precision == birth.Precision.AGE
    ages, _in, age_in = file.birth_stated.partition(" in ") if by_age else ("", "", "")
    age, _to, age_to = ages.partition("-")
    return {
        **_by_field(file)[0],
        "sex": file.sex,
        "birth_date": "" if ages else file.birth_stated.partition("/")[0],
        "birth_calendar": file.birth_calendar,
        "first_of_january": file.birth_precision == birth.Precision.YEAR and file.birth_stated != file.birth,
        "age": int(age) if age else None,
        "age_to": int(age_to) if age_to else None,
        "age_in": age_in,
        "citizenship": file.citizenships[0] if file.citizenships else "",
        "second_citizenship": file.citizenships[1] if len(file.citizenships) > 1 else "",
        "language": file.language,
        "entry_mode": file.entry.get("mode", ""),
        "entry_from": file.entry.get("from", ""),
        "urgent": file.urgent,
    }
