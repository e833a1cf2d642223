"""The columns of a sheet of people: the interview record's fields (one definition, cores.screening.fields) and what registration asks.

A column is headed by its key (`person.sex`) or by the words of its question in English or Russian.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rapidfuzz import fuzz, process

from panah.cores.screening.codes import LEAFLETS
from panah.cores.screening.fields import DOCUMENT_KEYS, FIELDS
from panah.cores.screening.wording import wording
from panah.foundation.languages import interface_languages
from panah.node.profiling.service import in_language
from panah.node.registration import service as registration

MOST_DOCUMENTS: Final = 9
NONE: Final = "none"
"""A list in which the person names nothing: they hold no citizenship, have no document. An empty cell says that it was not asked."""

NOT_KNOWN, NOT_SAID = "does_not_know", "does_not_say"
LEFT: Final = (NOT_KNOWN, NOT_SAID)
"""For questions that are not answered with yes or no: asked, and left open by the person."""

_UNNUMBERED: Final = re.compile(r"[.]\d(?=[.])")
_AS_YES_NO: Final = {NOT_KNOWN: "unknown", NOT_SAID: "refused"}

Text = str | Promise


@dataclass(frozen=True)
class Column:
    """One column: its key, the kind of its cells and, for closed ones, what may stand there. `label` heads it where no question does."""

    key: str
    kind: str
    allowed: tuple[str, ...] = ()
    label: Text = ""
    least: int = 0
    most: int | None = None

    @property
    def is_list(self) -> bool:
        return self.kind in ("choices", "countries", "languages")


REGISTRATION: Final = (
    Column("id", "text", label=gettext_lazy("Number of the record in your own list")),
    Column("arrived_at", "moment", label=gettext_lazy("Arrived at")),
    Column("place", "place", label=gettext_lazy("Place of arrival")),
    Column("name", "name", label=gettext_lazy("Full name as stated")),
    Column("name.family", "name", label=gettext_lazy("Family name")),
    Column("name.given", "name", label=gettext_lazy("Given name")),
    Column("name.patronymic", "name", label=gettext_lazy("Patronymic")),
    Column("name.father", "name", label=gettext_lazy("Father's name")),
    Column("name.grandfather", "name", label=gettext_lazy("Grandfather's name")),
    Column("name.script", "script", label=gettext_lazy("Script of the name")),
    Column("language", "language", label=gettext_lazy("Language to speak with the person")),
)
INTERVIEW: Final = (
    Column("pack", "text", label=gettext_lazy("Rules that apply")),
    Column("date", "interview_date", label=gettext_lazy("Day of the interview")),
    Column("leaflets", "choices", LEAFLETS, label=gettext_lazy("Leaflets given before the interview")),
    Column("interpreter", "text", label=gettext_lazy("Interpreter")),
)
NOTES: Final = Column("notes", "notes", label=gettext_lazy("Notes"))
REFUSED_ID: Final = Column("refused.id", "text", label=gettext_lazy("Refused row (do not change)"))
REFUSED_WHY: Final = Column("refused.why", "notes", label=gettext_lazy("Why it was refused"))

_DOCUMENT_LABELS: Final = {
    "type": gettext_lazy("Document %(n)s: kind"),
    "issuer": gettext_lazy("Document %(n)s: issued by"),
    "number": gettext_lazy("Document %(n)s: number"),
    "status": gettext_lazy("Document %(n)s: state"),
}
_DOCUMENT_KINDS: Final = {"type": "choice", "issuer": "country", "number": "text", "status": "choice"}


def _documents(how_many: int) -> Iterable[Column]:
    yield Column("documents", "no_documents", (NONE,), label=gettext_lazy("No document at all"))
    for n in range(1, how_many + 1):
        for name, allowed in DOCUMENT_KEYS.items():
            yield Column(f"documents.{n}.{name}", _DOCUMENT_KINDS[name], allowed)


def _all(documents: int) -> tuple[Column, ...]:
    fields: list[Column] = []
    for field in FIELDS:
        if field.kind == "documents":
            fields += _documents(documents)
        else:
            fields.append(Column(field.key, field.kind, field.allowed, least=field.least, most=field.most))
    return (*REGISTRATION, *INTERVIEW, *fields, NOTES)


COLUMNS: Final = _all(MOST_DOCUMENTS)
"""Everything that may head a column, in order; the template shows fewer documents."""

COLUMN: Final[Mapping[str, Column]] = MappingProxyType({one.key: one for one in (*COLUMNS, REFUSED_ID, REFUSED_WHY)})
SHOWN: Final = _all(2)
"""The columns of the template."""


def heading(column: Column, language: str) -> str:
    """What the column is called in a language: its question, else its own words; empty where there are none."""
    numbered = re.fullmatch(r"documents\.(\d)\.(\w+)", column.key)
    with translation.override(language):
        if numbered:
            return str(_DOCUMENT_LABELS[numbered[2]]) % {"n": numbered[1]}
        if column.label:
            return str(column.label)
    said = in_language(f"q.{column.key}", language)
    return said.text if said else ""


def value_label(column: Column, code: str, language: str) -> str:
    """What a code of a closed question is called in a language; empty where the pack has no words for it."""
    if column.key == "leaflets":
        return words(f"information.{code}", language)
    if code in LEFT or column.kind == "yes_no":
        return words(f"a.yes_no.{_AS_YES_NO.get(code, code)}", language)
    return words(f"a.{_UNNUMBERED.sub('', column.key)}.{code}", language)


def words(identifier: str, language: str) -> str:
    """A text of the pack in a language, or nothing."""
    found = wording(registration.node_pack()).text(identifier, language)
    return found.text if found else ""


def plain(text: str) -> str:
    """A heading or a code without what people change without meaning to: case, spaces, a closing mark."""
    return " ".join(text.split()).rstrip("?*:").strip().casefold()


def headings() -> Mapping[str, str]:
    """From every accepted heading, made plain, to the key of its column. Words that two columns share head neither."""
    return _headings(registration.node_pack().digest)


@lru_cache(maxsize=4)
def _headings(digest: str) -> Mapping[str, str]:
    found: dict[str, set[str]] = {}
    for column in COLUMN.values():
        for language in interface_languages():
            said = plain(heading(column, language.tag))
            if said:
                found.setdefault(said, set()).add(column.key)
    known = {said: next(iter(keys)) for said, keys in found.items() if len(keys) == 1}
    return MappingProxyType(known | {key.casefold(): key for key in COLUMN})


def labels(column: Column) -> Mapping[str, str]:
    """From what may stand in a cell of a closed column, made plain, to its code."""
    return _labels(column, registration.node_pack().digest)


@lru_cache(maxsize=512)
def _labels(column: Column, digest: str) -> Mapping[str, str]:
    found: dict[str, set[str]] = {}
    for code in column.allowed:
        for language in interface_languages():
            said = plain(value_label(column, code, language.tag))
            if said:
                found.setdefault(said, set()).add(code)
    known = {said: next(iter(codes)) for said, codes in found.items() if len(codes) == 1}
    return MappingProxyType(known | {code.casefold(): code for code in column.allowed})


def nearest(text: str) -> str:
    """The heading that is meant, perhaps: the key of the likest one."""
    known = headings()
    found = process.extractOne(plain(text), list(known), scorer=fuzz.ratio)
    return known[found[0]] if found else ""


def allowed_in(column: Column) -> str:
    """What may stand in a cell of the column, as the end of a sentence."""
    if column.allowed:
        codes = ", ".join(column.allowed)
        return _("one or more of %(codes)s, parted by ;") % {"codes": codes} if column.is_list else codes
    if column.kind in ("whole", "number"):
        return _range(column)
    return str(_ALLOWED[column.kind])


def _range(column: Column) -> str:
    bounds = {"least": column.least, "most": column.most}
    if column.kind == "whole" and column.most is not None:
        return _("a whole number from %(least)s to %(most)s") % bounds
    if column.kind == "whole":
        return _("a whole number, %(least)s or more") % bounds
    return _("a number, %(least)s or more, with a point before the fraction") % bounds


_ALLOWED: Final = {
    "text": gettext_lazy("a text in one line"),
    "name": gettext_lazy("a name as it is said, in any script, in one line"),
    "notes": gettext_lazy("a text"),
    "script": gettext_lazy("a script by ISO 15924, such as Latn, Cyrl or Arab, or nothing"),
    "language": gettext_lazy("a language tag such as fa, tg or uz-Cyrl"),
    "languages": gettext_lazy("language tags such as fa or tg, first the preferred, parted by ;"),
    "place": gettext_lazy("the code of a place in the rules, such as ALA"),
    "moment": gettext_lazy("a date (2026-11-21 or 21.11.2026), or a date and time (2026-11-21 14:30)"),
    "interview_date": gettext_lazy("a date (2026-11-21 or 21.11.2026), or a date and time (2026-11-21 14:30)"),
    "birth_date": gettext_lazy("a date that exists: 1990-05-03, 03.05.1990, 1990-05 or 1990"),
    "country": gettext_lazy("a country by ISO 3166-1 alpha-3 (KAZ, AFG), or XXA, XXB, XXX"),
    "countries": gettext_lazy("countries by ISO 3166-1 alpha-3 (KAZ, AFG) or XXA, XXB, XXX, parted by ;"),
}
