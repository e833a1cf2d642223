"""Dates, numbers, and names of countries and languages as a reader of a given language writes them.

`tag` is a BCP 47 tag of one of `foundation.languages`, or `prs` / `fa-AF` for Dari. Nothing here looks at a request
or a clock.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date, format_skeleton, format_time
from babel.numbers import format_decimal
from django.utils.translation import gettext, ngettext

from panah.foundation.languages import of_tag
from panah.web.solar_hijri import MONTHS, from_gregorian

# British English for the order of day and month; Dari by its country; the rest as CLDR names them.
_LOCALES = {"en": "en_GB", "prs": "fa_AF", "fa-AF": "fa_AF"}

# The digits U+06F0 to U+06F9, which Persian, Dari, Pashto and Urdu share. Babel knows the separators and prints other
# digits.
_EXTENDED_ARABIC = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_OWN_DIGITS = {"fa", "prs", "fa-AF", "ps", "ur"}

# ICAO Doc 9303 part 3, section 5: codes for people who have no nationality of a state to show.
_NOT_STATES = {"XXA", "XXB", "XXC", "XXX"}


# CLDR's short names that the state concerned does not use of itself; these are the short names of the United Nations.
_NAMES_OF_STATES = {
    ("KGZ", "ru"): "Кыргызстан",
    ("PSE", "en"): "State of Palestine",
    ("PSE", "ru"): "Государство Палестина",
}


@lru_cache(maxsize=64)
def _locale(tag: str) -> Locale:
    return Locale.parse(_LOCALES.get(tag, tag), sep="_" if tag in _LOCALES else "-")


def digits(text: str, tag: str) -> str:
    """The text with the digits that readers of the language write."""
    return text.translate(_EXTENDED_ARABIC) if tag in _OWN_DIGITS else text


def number(value: int | float | Decimal, tag: str) -> str:
    """A number with the grouping, decimal sign and digits of the language; up to three decimals."""
    system = "default" if tag in _OWN_DIGITS else "latn"
    return digits(format_decimal(value, locale=_locale(tag), numbering_system=system), tag)


def gregorian_day(day: date, tag: str, *, short: bool = False) -> str:
    """A day of the Gregorian calendar with its month in letters, so that day and month cannot be taken for each
    other.
    """
    return digits(format_date(day, "medium" if short else "long", locale=_locale(tag)), tag)


def gregorian_month(day: date, tag: str) -> str:
    """The month of a day, with its year."""
    return digits(format_skeleton("yMMMM", day, locale=_locale(tag)), tag)


def own_calendar_day(day: date, tag: str) -> str | None:
    """The day in the calendar that readers of the language count by, or None when that is the Gregorian one."""
    if tag not in MONTHS:
        return None
    there = from_gregorian(day)
    return digits(f"{there.day} {MONTHS[tag][there.month - 1]} {there.year}", tag) if there else None


def time_of_day(moment: datetime, tag: str) -> str:
    """Hour and minute on the 24-hour clock, with the offset from UTC of the moment's own zone."""
    offset = moment.utcoffset()
    if offset is None:
        raise ValueError("The moment has no time zone. Give an aware datetime.")
    return digits(f"{format_time(moment, 'HH:mm', locale='en')} {_offset(offset)}", tag)


def _offset(offset: timedelta) -> str:
    minutes = round(offset.total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    if minutes == 0:
        return "UTC"
    return f"UTC{'+' if minutes > 0 else '−'}{hours}" + (f":{rest:02}" if rest else "")


def how_long(span: timedelta) -> str:
    """A length of time in words, in its two largest parts; never less than a minute. In the language that is active."""
    minutes = max(1, round(abs(span).total_seconds() / 60))
    days, rest = divmod(minutes, 1440)
    hours, minutes = divmod(rest, 60)
    parts = []
    if days:
        parts.append(ngettext("%(count)d day", "%(count)d days", days) % {"count": days})
    if hours:
        parts.append(ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours})
    if minutes:
        parts.append(ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes})
    return " ".join(parts[:2])


def country_name(code: str, tag: str) -> str:
    """The name of a state by its ISO 3166-1 alpha-3 code, or what the ICAO codes XXA, XXB, XXC and XXX say. A code
    that is not known is given back as it is.
    """
    if code in _NOT_STATES:
        return {
            "XXA": gettext("Stateless person"),
            "XXB": gettext("Refugee under the 1951 Convention"),
            "XXC": gettext("Refugee of another definition"),
            "XXX": gettext("Nationality not stated"),
        }[code]
    if (code, tag) in _NAMES_OF_STATES:
        return _NAMES_OF_STATES[code, tag]
    two_letters = get_global("territory_aliases").get(code, [code])[0]
    name: str | None = _locale(tag).territories.get(two_letters)
    return name or code


def language_name(tag: str) -> str:
    """The name of a language in itself, or its tag when it is none of ours."""
    known = of_tag(tag)
    return known.name if known else tag


def direction(tag: str) -> str:
    """`rtl` or `ltr`: how the language is written. A language that is none of ours is asked of CLDR."""
    known = of_tag(tag)
    if known:
        return known.direction
    try:
        return str(_locale(tag).text_direction)
    except (ValueError, UnknownLocaleError):
        return "ltr"
