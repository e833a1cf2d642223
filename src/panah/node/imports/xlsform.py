"""The XLSForm of the pack: its questions in all languages that they have, with skip logic and checks, for Kobo, ODK Central and whatever
reads XLSForm.

No question has to be answered, and each can be left with "does not know" or "does not want to say".
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from openpyxl import Workbook

from panah.cores.screening.fields import COUNTRIES, FIELD
from panah.cores.screening.questions import read_questions
from panah.foundation.languages import LANGUAGES, Language
from panah.node.imports.columns import COLUMN, LEFT, NONE, Column, allowed_in, heading, value_label, words
from panah.node.imports.form_names import DOCUMENTS, FORM_MARK, HELD, LEFT_OPEN, element_of, form_id, form_mark
from panah.node.imports.relevance import relevant
from panah.node.registration import service as registration
from panah.web.reading import country_name

_LEFT_LIST: Final = "left_open"
_OF_REGISTRATION: Final = (
    "arrived_at",
    "place",
    "id",
    "name",
    "name.family",
    "name.given",
    "name.patronymic",
    "name.father",
    "name.grandfather",
    "language",
    "leaflets",
    "interpreter",
    "date",
)
# A country that is chosen from a list, and countries whose order says something, which a list of choices would lose.
_IN_ORDER: Final = frozenset({"entry.route"})
_ONE_LINE: Final = frozenset({"text", "name", "birth_date", "languages", "whole", "number"})
_BIRTH: Final = r"regex(., '^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$')"
_TAGS: Final = r"regex(., '^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*( [A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*)*$')"
_COUNTRIES: Final = r"regex(., '^(none|[A-Z]{3}( [A-Z]{3})*)$')"


@dataclass
class _Form:
    """The rows of the three sheets of an XLSForm."""

    languages: tuple[Language, ...]
    survey: list[dict[str, str]] = field(default_factory=list)
    choices: list[dict[str, str]] = field(default_factory=list)
    lists: set[str] = field(default_factory=set)

    def labelled(self, words: Mapping[str, str], what: str = "label") -> dict[str, str]:
        return {f"{what}::{one.name} ({one.tag})": words[one.tag] for one in self.languages if words.get(one.tag)}

    def in_all(self, make: Any) -> dict[str, str]:
        """What `make` gives for each language's tag."""
        return {one.tag: make(one.tag) for one in self.languages}

    def list_of(self, name: str, codes: Sequence[str], make: Any) -> str:
        """A list of choices, written once; `make(code, tag)` gives the words."""
        if name not in self.lists:
            self.lists.add(name)
            for code in codes:
                words = self.in_all(lambda tag, code=code: make(code, tag))
                self.choices.append({"list_name": name, "name": code, **self.labelled(words)})
        return name


def form_xlsx() -> bytes:
    """The form as an XLSForm workbook."""
    return _made(registration.node_pack().digest)[0]


def form_xml() -> bytes:
    """The form as XForm XML, converted by pyxform."""
    return _made(registration.node_pack().digest)[1]


def form_warnings() -> tuple[str, ...]:
    """What pyxform found to say about the form."""
    return _made(registration.node_pack().digest)[2]


@lru_cache(maxsize=2)
def _made(digest: str) -> tuple[bytes, bytes, tuple[str, ...]]:
    from pyxform.xls2xform import convert  # takes long to load, and few commands need it

    with translation.override("en"):
        workbook = _workbook(_form())
    result = convert(io.BytesIO(workbook), file_type=".xlsx", form_name="data")
    return workbook, result.xform.encode(), tuple(result.warnings or ())


def _form() -> _Form:
    pack = registration.node_pack()
    speaks = [one for one in LANGUAGES if one.interface or words("q.protection.fears_return", one.tag)]
    form = _Form(tuple(speaks))
    form.survey.append({"type": "calculate", "name": FORM_MARK, "calculation": f"'{form_mark()}'"})
    for key in _OF_REGISTRATION:
        _add_column(form, COLUMN[key], "", "")
    asked: set[str] = set()
    for question in read_questions(pack):
        condition = relevant(question.skip_when, frozenset(asked), pack.country)
        if question.key == DOCUMENTS:
            _add_documents(form, condition)
        else:
            _add_column(form, COLUMN[question.key], condition, question.note)
        asked.add(question.key)
    _add_column(form, COLUMN["notes"], "", "")
    return form


def _add_column(form: _Form, column: Column, condition: str, note: str) -> None:
    row = {
        "type": _type_of(form, column),
        "name": element_of(column.key),
        **form.labelled(form.in_all(lambda tag: heading(column, tag))),
        **_rules_of(form, column),
    }
    hint = " ".join(part for part in (_hint(column), note) if part)
    if hint:
        row |= form.labelled({"en": hint}, "hint")
    if condition:
        row["relevant"] = condition
    form.survey.append(row)
    if (column.kind in _ONE_LINE and column.key in FIELD) or column.key in _IN_ORDER:
        _add_left(form, column, condition)


def _add_left(form: _Form, column: Column, condition: str) -> None:
    """Beside a field that is typed in: why it has no answer."""
    empty = "${" + element_of(column.key) + "} = ''"
    form.list_of(_LEFT_LIST, LEFT, lambda code, tag: value_label(column, code, tag))
    form.survey.append(
        {
            "type": f"select_one {_LEFT_LIST}",
            "name": element_of(column.key) + LEFT_OPEN,
            **form.labelled(form.in_all(lambda tag: _said(_WHY_OPEN, tag))),
            "relevant": f"({condition}) and {empty}" if condition else empty,
        }
    )


_WHY_OPEN = _("If there is no answer to the question before: why?")
_HELD = _("Does the person hold any document, or say that they had one?")
_ONE_DOCUMENT = _("A document")


def _said(words: Promise, tag: str) -> str:
    """Words of the pages in a language of the form, where the pages speak it."""
    if tag not in ("en", "ru"):
        return ""
    with translation.override(tag):
        return str(words)


def _type_of(form: _Form, column: Column) -> str:
    kind = column.kind
    if kind in ("moment", "interview_date"):
        return "dateTime"
    if column.key in _IN_ORDER or kind in ("text", "name", "notes", "birth_date", "languages"):
        return "text"
    if kind in ("whole", "number"):
        return "integer" if kind == "whole" else "decimal"
    name = _list_of(form, column)
    return f"{'select_multiple' if column.is_list else 'select_one'} {name}"


def _list_of(form: _Form, column: Column) -> str:
    def label(code: str, tag: str) -> str:
        return value_label(column, code, tag) or _none_label(column, code, tag)

    if column.kind == "yes_no":
        return form.list_of("yes_no", column.allowed, label)
    if column.kind in ("country", "countries"):
        codes = (*sorted(COUNTRIES), *((NONE,) if column.is_list else ()), *LEFT)
        return form.list_of(
            column.kind, codes, lambda code, tag: label(code, tag) if code in (NONE, *LEFT) else _country(code, tag)
        )
    if column.kind == "place":
        places = {one.code: one.title for one in registration.posts()}
        return form.list_of("place", tuple(places), lambda code, tag: places[code].get(tag, ""))
    if column.kind == "language":
        return form.list_of("language", [one.tag for one in LANGUAGES], lambda code, tag: _language(code))
    open_codes = LEFT if column.key in FIELD or column.key.startswith(DOCUMENTS) else ()
    none = (NONE,) if column.is_list and column.key in FIELD else ()
    return form.list_of(element_of(column.key), (*column.allowed, *none, *open_codes), label)


def _none_label(column: Column, code: str, tag: str) -> str:
    return _said(_NONE_OF_THESE, tag) if code == NONE else ""


_NONE_OF_THESE = _("None")


def _country(code: str, tag: str) -> str:
    with translation.override(tag if tag in ("en", "ru") else "en"):
        return country_name(code, tag)


def _language(code: str) -> str:
    return next(one.name for one in LANGUAGES if one.tag == code)


def _rules_of(form: _Form, column: Column) -> dict[str, str]:
    """Checks and looks. A check never asks for an answer: XForms test it only where there is one."""
    rules: dict[str, str] = {}
    if column.key in _IN_ORDER:
        rules["constraint"] = _COUNTRIES
    elif column.kind == "birth_date":
        rules["constraint"] = _BIRTH
    elif column.kind == "languages":
        rules["constraint"] = _TAGS
    elif column.kind in ("whole", "number"):
        most = f" and . <= {column.most}" if column.most is not None else ""
        rules["constraint"] = f". >= {column.least}{most}"
    elif column.is_list and column.key in FIELD:
        alone = " or ".join(f"selected(., '{code}')" for code in (NONE, *LEFT))
        rules["constraint"] = f"count-selected(.) <= 1 or not({alone})"
    if "constraint" in rules:
        rules |= form.labelled({tag: _allowed(column, tag) for tag in ("en", "ru")}, "constraint_message")
    if column.kind in ("country", "countries", "place", "language") and column.key not in _IN_ORDER:
        rules["appearance"] = "minimal autocomplete" if not column.is_list else "minimal"
    if column.key in ("arrived_at", "date"):
        rules["default"] = "now()"
    return rules


def _allowed(column: Column, tag: str) -> str:
    with translation.override(tag):
        return allowed_in(column)


def _hint(column: Column) -> str:
    return (
        _allowed(column, "en").capitalize() + "."
        if column.kind in ("birth_date", "languages") or column.key in _IN_ORDER
        else ""
    )


def _add_documents(form: _Form, condition: str) -> None:
    form.list_of("held", ("yes", "no", *LEFT), lambda code, tag: value_label(_YES_NO, code, tag))
    row = {
        "type": "select_one held",
        "name": HELD,
        **form.labelled(form.in_all(lambda tag: heading(Column(DOCUMENTS, "documents"), tag) or _said(_HELD, tag))),
    }
    form.survey.append({**row, "relevant": condition} if condition else row)
    form.survey.append(
        {
            "type": "begin_repeat",
            "name": DOCUMENTS,
            "relevant": "${" + HELD + "} = 'yes'",
            **form.labelled(form.in_all(lambda tag: _said(_ONE_DOCUMENT, tag))),
        }
    )
    for name in ("type", "issuer", "number", "status"):
        column = COLUMN[f"documents.1.{name}"]
        _add_part(form, column, name)
    form.survey.append({"type": "end_repeat"})


_YES_NO = Column("yes_no", "yes_no", ("yes", "no", "unknown", "refused"))


def _add_part(form: _Form, column: Column, name: str) -> None:
    row = {
        "type": _type_of(form, column),
        "name": name,
        **form.labelled(form.in_all(lambda tag: heading(column, tag) if tag in ("en", "ru") else "")),
        **_rules_of(form, column),
    }
    form.survey.append(row)


def _workbook(form: _Form) -> bytes:
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    languages = [f"{one.name} ({one.tag})" for one in form.languages]
    texts = [f"{what}::{one}" for what in ("label", "hint", "constraint_message") for one in languages]
    _write(
        book,
        "survey",
        ["type", "name", *texts, "relevant", "constraint", "appearance", "calculation", "default"],
        form.survey,
    )
    _write(book, "choices", ["list_name", "name", *(f"label::{one}" for one in languages)], form.choices)
    title = f"Panah {registration.node_pack().title.get('en', '')}"
    settings = {
        "form_title": title.strip(),
        "form_id": form_id(),
        "version": form_mark(),
        "default_language": languages[0],
        "style": "pages",
    }
    _write(book, "settings", list(settings), [settings])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _write(book: Workbook, name: str, head: Sequence[str], rows: Sequence[Mapping[str, str]]) -> None:
    sheet = book.create_sheet(name)
    sheet.append(list(head))
    for row in rows:
        sheet.append([row.get(key) or None for key in head])
