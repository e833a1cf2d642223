"""One question of the interview as a form: the control that fits its answer, and what was said as a value of the record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from panah.cores.identity import birth
from panah.cores.identity.calendars import Calendar
from panah.cores.screening.fields import COUNTRIES, DOCUMENT_STATUSES, DOCUMENT_TYPES, FIELD, Field
from panah.foundation.languages import LANGUAGES
from panah.node.profiling import rules
from panah.node.profiling.texts import in_language, read
from panah.node.profiling.words import OPEN_ANSWERS
from panah.web.action_form import ActionForm
from panah.web.reading import country_name, direction, gregorian_day, language_name

_REGION = ("AFG", "AZE", "IRN", "KAZ", "KGZ", "PAK", "TJK", "TKM", "TUR", "UZB")
_NOT_STATES = ("XXA", "XXB", "XXX")
_MOST_COUNTRIES = 4
_MOST_DOCUMENTS = 3

Choices = list[tuple[str, Any]]


class Words:
    """What the values of a field are called: in the reader's language, and beside it in the person's where they choose."""

    def __init__(self, key: str, person_language: str = "") -> None:
        self._group = "yes_no" if FIELD[key].kind == "yes_no" else key
        self._own = get_language() or "en"
        self._person = person_language

    def __call__(self, code: str, part: str = "") -> str:
        identifier = ".".join(filter(None, ("a", self._group, part, code)))
        own = read(identifier, self._own)
        said = in_language(identifier, self._person) if self._person else None
        if said is None or said.tag == own.tag:
            return own.text
        person = format_html('<span lang="{}" dir="{}">{}</span>', said.tag, direction(said.tag), said.text)
        return format_html("{} · {}", person, own.text)


class AnswerForm(ActionForm):
    """The answer to one field of the record. A yes/no question takes its four answers; every other one may be left with
    `unknown` or `refused` by a button of its own (`left`)."""

    key = forms.CharField(widget=forms.HiddenInput)
    left = forms.ChoiceField(choices=[(code, code) for code in rules.OPEN], required=False, widget=forms.HiddenInput)

    def __init__(self, key: str, *args: Any, person_language: str = "", **kwargs: Any) -> None:
        self.field_of = FIELD[key]
        self._label = Words(key, person_language)
        kwargs["initial"] = {"key": key, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        for name, field in _FIELDS[self.field_of.kind](self.field_of, self._label).items():
            self.fields[name] = field

    @property
    def is_yes_no(self) -> bool:
        return self.field_of.kind == "yes_no"

    def clean_key(self) -> str:
        if self.cleaned_data["key"] != self.field_of.key:
            raise forms.ValidationError(_("This page asks another question. Open it anew."))
        return self.field_of.key

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("left"):
            for name in _FIELDS[self.field_of.kind](self.field_of, self._label):
                self.errors.pop(name, None)
            said["answer"] = said["left"]
            return said
        if not self.errors:
            said["answer"] = _READERS[self.field_of.kind](said)
            if said["answer"] is None:
                self.add_error(None, _("Give an answer, or say with one of the buttons why there is none."))
        return said

    def answer(self) -> Any:
        """The value for the record, or `unknown` or `refused`."""
        return self.cleaned_data["answer"]


def shown_answer(key: str, value: Any) -> str:
    """An answer as the reader of the page reads it."""
    tag, field = get_language() or "en", FIELD[key]
    if value is None or (isinstance(value, str) and value in rules.OPEN):
        return str(OPEN_ANSWERS[value or "unknown"])
    word = Words(key)
    if field.kind in ("yes_no", "choice"):
        return word(value)
    if field.kind == "choices":
        return ", ".join(word(each) for each in value) or "–"
    if field.kind == "country":
        return country_name(value, tag)
    if field.kind == "countries":
        return ", ".join(country_name(each, tag) for each in value) or "–"
    if field.kind == "documents":
        return ", ".join(word(each["type"], "type") for each in value if each.get("type")) or "–"
    if field.kind == "languages":
        return ", ".join(map(language_name, value)) or "–"
    if field.kind == "birth_date":
        return _shown_birth(str(value), tag)
    return ", ".join(value) if isinstance(value, list) else str(value)


def _shown_birth(value: str, tag: str) -> str:
    """A whole day as the reader writes it; a year, or a year and month, as it was said."""
    try:
        return gregorian_day(date.fromisoformat(value), tag)
    except ValueError:
        return value


def shown_documents(value: list[Mapping[str, str]]) -> str:
    """Documents with issuer, number and standing, for those who have to look at them."""
    tag, word = get_language() or "en", Words("documents")
    rows = [
        (
            word(each["type"], "type") if each.get("type") else "",
            country_name(each["issuer"], tag) if each.get("issuer") else "",
            each.get("number", ""),
            word(each["status"], "status") if each.get("status") else "",
        )
        for each in value
    ]
    return "; ".join(", ".join(filter(None, row)) for row in rows) or "–"


def initial_of(key: str, value: Any) -> dict[str, Any]:
    """The fields of the form as they were filled in when the question was answered before."""
    kind = FIELD[key].kind
    if value is None or value in rules.OPEN:
        return {"value": value} if kind == "yes_no" else {}
    if kind == "countries":
        return {f"value_{n}": country for n, country in enumerate(value, 1)} | {"none": not value}
    if kind == "languages":
        return {"value": value[0] if value else ""}
    if kind == "documents":
        rows = [
            (n, name, each.get(name, "")) for n, each in enumerate(value, 1) for name in ("type", "issuer", "status")
        ]
        return {f"{name}_{n}": text for n, name, text in rows} | {"none": not value}
    if kind == "choices":
        return {"value": value, "none": not value}
    return {"value": value}


def _countries(*, none: bool = True) -> Choices:
    tag = get_language() or "en"
    near = sorted(_REGION, key=lambda code: country_name(code, tag))
    others = sorted(COUNTRIES - {*_REGION, *_NOT_STATES}, key=lambda code: country_name(code, tag))
    named = [(code, country_name(code, tag)) for code in (*near, *_NOT_STATES, *others)]
    return [("", "–"), *named] if none else named


def _listed(field: Field, words: Words) -> Choices:
    return [(code, words(code)) for code in field.allowed if code not in rules.OPEN]


def _one_of(field: Field, words: Words) -> Mapping[str, forms.Field]:
    choices = [(code, code) for code in field.allowed] if field.kind == "yes_no" else _listed(field, words)
    return {"value": forms.ChoiceField(label=_("Answer"), choices=choices, widget=forms.RadioSelect)}


def _some_of(field: Field, words: Words) -> Mapping[str, forms.Field]:
    return {
        "value": forms.MultipleChoiceField(
            label=_("All that fit"), choices=_listed(field, words), required=False, widget=forms.CheckboxSelectMultiple
        ),
        "none": forms.BooleanField(label=_("None of these"), required=False),
    }


def _country(field: Field, words: Words) -> Mapping[str, forms.Field]:
    return {"value": forms.ChoiceField(label=_("Country"), choices=_countries, required=False)}


def _some_countries(field: Field, words: Words) -> Mapping[str, forms.Field]:
    selects = {
        f"value_{n}": forms.ChoiceField(label=_("Country %(n)s") % {"n": n}, choices=_countries, required=False)
        for n in range(1, _MOST_COUNTRIES + 1)
    }
    return {**selects, "none": forms.BooleanField(label=_("None at all"), required=False)}


def _whole(field: Field, words: Words) -> Mapping[str, forms.Field]:
    number = forms.IntegerField(label=_("Number"), required=False, min_value=field.least, max_value=field.most)
    return {"value": number}


def _amount(field: Field, words: Words) -> Mapping[str, forms.Field]:
    return {"value": forms.FloatField(label=_("Amount in US dollars"), required=False, min_value=0)}


def _birth(field: Field, words: Words) -> Mapping[str, forms.Field]:
    calendars = [
        (Calendar.GREGORIAN.value, _("Gregorian")),
        (Calendar.SOLAR_HIJRI.value, _("Solar Hijri (Iran, Afghanistan)")),
        (Calendar.LUNAR_HIJRI.value, _("Lunar Hijri")),
    ]
    return {
        "value": forms.CharField(
            label=_("Date of birth, or as much of it as is known"),
            help_text=_(
                "1990, 1990-05, 1990-05-03 or 03.05.1990. Leave out what is not known; never write 1 January for it."
            ),
            required=False,
            max_length=40,
        ),
        "calendar": forms.ChoiceField(label=_("Calendar"), choices=calendars, initial=Calendar.GREGORIAN.value),
    }


def _language(field: Field, words: Words) -> Mapping[str, forms.Field]:
    choices = [("", "–"), *((language.tag, language.name) for language in LANGUAGES)]
    return {"value": forms.ChoiceField(label=_("Language"), choices=choices, required=False)}


def _text(field: Field, words: Words) -> Mapping[str, forms.Field]:
    return {"value": forms.CharField(label=_("Answer"), required=False, max_length=120)}


def _documents(field: Field, words: Words) -> Mapping[str, forms.Field]:
    rows: dict[str, forms.Field] = {}
    for n in range(1, _MOST_DOCUMENTS + 1):
        types = [("", "–"), *((code, words(code, "type")) for code in DOCUMENT_TYPES)]
        states = [("", "–"), *((code, words(code, "status")) for code in DOCUMENT_STATUSES)]
        rows[f"type_{n}"] = forms.ChoiceField(label=_("Document %(n)s") % {"n": n}, choices=types, required=False)
        rows[f"issuer_{n}"] = forms.ChoiceField(label=_("Issued by"), choices=_countries, required=False)
        rows[f"status_{n}"] = forms.ChoiceField(label=_("State of it"), choices=states, required=False)
    return {**rows, "none": forms.BooleanField(label=_("No document at all"), required=False)}


_FIELDS: Mapping[str, Callable[[Field, Words], Mapping[str, forms.Field]]] = {
    "yes_no": _one_of,
    "choice": _one_of,
    "choices": _some_of,
    "country": _country,
    "countries": _some_countries,
    "whole": _whole,
    "number": _amount,
    "birth_date": _birth,
    "languages": _language,
    "text": _text,
    "documents": _documents,
}


def _plain(said: Mapping[str, Any]) -> Any:
    return said["value"] if said["value"] not in ("", None) else None


def _read_list(said: Mapping[str, Any]) -> Any:
    return said["value"] or ([] if said["none"] else None)


def _read_countries(said: Mapping[str, Any]) -> Any:
    named = [said[f"value_{n}"] for n in range(1, _MOST_COUNTRIES + 1)]
    return list(dict.fromkeys(filter(None, named))) or ([] if said["none"] else None)


def _read_birth(said: Mapping[str, Any]) -> Any:
    if not said["value"]:
        return None
    try:
        read = birth.stated(said["value"], Calendar(said["calendar"]))
    except ValueError as error:
        raise forms.ValidationError({"value": str(error)}) from None
    if not read.iso:
        raise forms.ValidationError(
            {
                "value": _(
                    "This date is a range of days in the Gregorian calendar. Put it into the file by amending it; here leave the date."
                )
            }
        )
    return read.iso


def _read_language(said: Mapping[str, Any]) -> Any:
    return [said["value"]] if said["value"] else None


def _read_documents(said: Mapping[str, Any]) -> Any:
    rows = [
        {name: said[f"{name}_{n}"] for name in ("type", "issuer", "status") if said[f"{name}_{n}"]}
        for n in range(1, _MOST_DOCUMENTS + 1)
    ]
    return [row for row in rows if row] or ([] if said["none"] else None)


_READERS: Mapping[str, Callable[[Mapping[str, Any]], Any]] = {
    "yes_no": _plain,
    "choice": _plain,
    "choices": _read_list,
    "country": _plain,
    "countries": _read_countries,
    "whole": _plain,
    "number": _plain,
    "birth_date": _read_birth,
    "languages": _read_language,
    "text": _plain,
    "documents": _read_documents,
}
