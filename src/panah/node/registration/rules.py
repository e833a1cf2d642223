"""What a registration must and need not say, in the reader's language. Pure: the pack and the moment are handed in.

Nothing is demanded that a person may not have: no surname, no date, no document, no name. What is said must be readable.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from panah.cores.documents import codes
from panah.cores.documents.names import PLACEHOLDERS
from panah.cores.identity import birth
from panah.cores.identity.birth import Birth, Precision
from panah.cores.lawbook import Pack
from panah.node.registration.said import BirthSaid, DocumentShown, Entry, NameSaid

CITIZENSHIPS = codes.STATES | {codes.STATELESS, codes.REFUGEE_1951, codes.UNSPECIFIED}
"""Codes of contracts/screening.md: ISO 3166-1 alpha-3, stateless, refugee of the 1951 Convention, unspecified."""

NUMBER = re.compile(r"[A-Z0-9](?:[A-Z0-9-]{1,37})[A-Z0-9]")
_TAG = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_FOREIGN_PLACEHOLDERS = {"НЕТ", "НЕ ИЗВЕСТНО", "НЕИЗВЕСТНО", "БЕЗ ИМЕНИ", "N/A", "NA", "NONE", "-", "—"}
_CLOCKS_DIFFER_BY = timedelta(minutes=5)


@dataclass(frozen=True)
class Problem:
    """Why something cannot be taken: the field of the action, a stable code and a full sentence."""

    field: str
    code: str
    sentence: str


class BirthRefused(ValueError):
    """A birth that can be read and cannot be."""


def local_day(moment: datetime, pack: Pack) -> date:
    """The day that the pack's state has at a moment."""
    return moment.astimezone(ZoneInfo(pack.timezone)).date()


def file_number(place: str, day: date, serial: int) -> str:
    """`ALA-261121-0042`: place, day, serial."""
    return f"{place.upper()}-{day:%y%m%d}-{serial:04d}"


def group_number(place: str, day: date, serial: int) -> str:
    return f"{place.upper()}-{day:%y%m%d}-G{serial:03d}"


def birth_of(said: BirthSaid, arrived_on: date) -> Birth | None:
    """The range of days that was stated, or None when nothing was. Raises ValueError with a sentence."""
    if said.date:
        first = birth.stated(said.date, said.calendar)
        if said.until:
            return _not_future(birth.between(first, birth.stated(said.until, said.calendar)), arrived_on)
        if said.first_of_january_stands_for_year and first.iso.endswith("-01-01"):
            first = birth.stated(first.iso[:4])
        return _not_future(first, arrived_on)
    if said.age is None:
        return None
    when = birth.stated(said.age_in, said.calendar) if said.age_in else birth.on_day(arrived_on)
    if when.earliest > arrived_on:
        raise BirthRefused(
            _("The age is stated for %(year)s, which is after the day of arrival (%(arrival)s). Check the year.")
            % {"year": said.age_in, "arrival": arrived_on}
        )
    return birth.of_age(said.age, when, said.age_to)


def stated_text(said: BirthSaid) -> str:
    """What was said, in one line and in its own calendar: `1375`, `1990-05`, `22 in 1400`, `17-18`."""
    if said.date:
        return f"{said.date}/{said.until}" if said.until else said.date
    if said.age is None:
        return ""
    ages = f"{said.age}-{said.age_to}" if said.age_to is not None and said.age_to != said.age else str(said.age)
    return f"{ages} in {said.age_in}" if said.age_in else ages


def arrival_problems(place: str, arrived_at: datetime, now: datetime, pack: Pack) -> Iterator[Problem]:
    if pack.place(place) is None:
        yield Problem(
            "place",
            "unknown_place",
            _(
                "The rules %(pack)s know no place “%(place)s”. Give the code of a border point, centre or office listed there."
            )
            % {"place": place, "pack": pack.code},
        )
    if arrived_at > now + _CLOCKS_DIFFER_BY:
        yield Problem(
            "happened_at",
            "in_the_future",
            _("The arrival is at %(moment)s, which has not come yet. Check the date and the clock.")
            % {"moment": arrived_at.isoformat()},
        )


def person_problems(
    *,
    names: Sequence[NameSaid] | None,
    birth_said: BirthSaid | None,
    citizenships: Sequence[str] | None,
    documents: Sequence[DocumentShown] | None,
    entry: Entry | None,
    language: str | None,
    arrived_on: date,
) -> Iterator[Problem]:
    """Everything in what is said of a person that cannot be taken. None for a part means that nothing is said of it."""
    yield from _name_problems(names or ())
    if birth_said is not None:
        try:
            birth_of(birth_said, arrived_on)
        except BirthRefused as error:
            yield Problem("birth", "birth_unreadable", str(error))
        except ValueError:
            yield Problem("birth", "birth_unreadable", _unreadable(birth_said))
    for code in citizenships or ():
        if code not in CITIZENSHIPS:
            yield Problem("citizenships", "unknown_country", _unknown_country(code))
    for document in documents or ():
        if document.issuer and document.issuer not in codes.KNOWN_CODES:
            yield Problem("documents", "unknown_country", _unknown_country(document.issuer))
    if entry is not None:
        for code in (entry.from_country, *entry.route):
            if code and code not in CITIZENSHIPS:
                yield Problem("entry", "unknown_country", _unknown_country(code))
    if language and not _TAG.fullmatch(language):
        yield Problem(
            "language",
            "unknown_language",
            _("The language is “%(tag)s”. Give a BCP 47 tag, for example fa, tg or uz-Cyrl.") % {"tag": language},
        )


def number_problem(number: str) -> Problem | None:
    if number and not NUMBER.fullmatch(number):
        return Problem(
            "number",
            "number_shape",
            _("The number “%(number)s” cannot be used. Allowed are 3 to 40 capital letters, digits and hyphens.")
            % {"number": number},
        )
    return None


def _name_problems(names: Iterable[NameSaid]) -> Iterator[Problem]:
    for name in names:
        plain = " ".join(name.text.upper().split())
        if plain in PLACEHOLDERS or plain in _FOREIGN_PLACEHOLDERS:
            yield Problem(
                "names",
                "placeholder_name",
                _("“%(text)s” is a placeholder and not a name. Leave the part out: nobody needs to have it.")
                % {"text": name.text},
            )
        elif not any(character.isalpha() for character in name.text):
            yield Problem(
                "names",
                "name_without_letters",
                _("The name “%(text)s” has no letters. Write it as it is said, in any script.") % {"text": name.text},
            )


def _unknown_country(code: str) -> str:
    return _(
        "No country has the code “%(code)s”. Allowed are ISO 3166-1 alpha-3 codes such as KAZ or AFG, XXA (stateless), "
        "XXB (refugee of the 1951 Convention) and XXX (not specified)."
    ) % {"code": code}


def _unreadable(said: BirthSaid) -> str:
    return _(
        "The birth “%(text)s” cannot be read in the calendar that is named. Write 1990, 1990-05, 1990-05-03 or 03.05.1990, the earlier "
        "before the later, or an age of 0 to %(oldest)s whole years, the lower first."
    ) % {"text": stated_text(said), "oldest": birth.OLDEST}


def _not_future(found: Birth, arrived_on: date) -> Birth:
    if found.earliest > arrived_on:
        raise BirthRefused(
            _("The birth (%(birth)s) is after the arrival (%(arrival)s). Check the year and the calendar.")
            % {"birth": found.earliest, "arrival": arrived_on}
        )
    if (arrived_on - found.latest).days > 366 * birth.OLDEST:
        raise BirthRefused(
            _(
                "The birth (%(birth)s) is more than %(oldest)s years ago. Check the year; 1375 may be one of the Solar Hijri calendar."
            )
            % {"birth": found.latest, "oldest": birth.OLDEST}
        )
    return found


def as_birth(file_birth: str, first: date | None, last: date | None, precision: str) -> Birth | None:
    """The range that a file keeps."""
    return Birth(first, last, Precision(precision), file_birth) if first and last else None
