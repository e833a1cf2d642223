"""How meetings read: titles, times, places and participants in the reader's language. What is not known is said to be not known."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from panah.hub.meetings.models import Fact, Meeting
from panah.hub.participants import service as participants
from panah.web import reading


def in_reader(english: str, russian: str, language: str = "") -> str:
    """The text in the reader's language, in the other where there is none."""
    return (russian or english) if _is_russian(language) else (english or russian)


def _is_russian(language: str) -> bool:
    return (language or get_language() or "en").startswith("ru")


def title_of(row: Meeting, language: str = "") -> str:
    return in_reader(row.title_en, row.title_ru, language)


def where(row: Meeting, language: str = "") -> str:
    """The place; empty when it is not known."""
    return in_reader(row.where_en, row.where_ru, language)


def when(row: Meeting, language: str = "") -> str:
    """The time as exactly as it is known, and no more exactly; empty when nothing is known."""
    tag = "ru" if _is_russian(language) else "en"
    told = in_reader(row.when_en, row.when_ru, tag)
    if told:
        return told
    if row.begins is not None:
        return days(row.begins, row.ends or row.begins, tag)
    if row.precision == "month" and row.earliest:
        return reading.gregorian_month(row.earliest, tag)
    if row.precision == "year" and row.earliest:
        return str(row.earliest.year)
    return ""


def days(first: date, last: date, tag: str) -> str:
    """One day, or from one to another, in words."""
    if first == last:
        return reading.gregorian_day(first, tag)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{reading.gregorian_day(last, tag)}"
    return f"{reading.gregorian_day(first, tag)} – {reading.gregorian_day(last, tag)}"


class Names:
    """The names of participants, asked for once."""

    def __init__(self, language: str = "") -> None:
        self.language = "ru" if _is_russian(language) else "en"

    @cached_property
    def known(self) -> dict[str, participants.Participant]:
        return {one.code: one for one in participants.participants()}

    def of(self, code: str) -> str:
        """The name of a participant; of a state that takes no part, its common name; else the code. Empty code: who leads."""
        if not code:
            return _("Secretariat or chair")
        if code in self.known:
            return self.known[code].title(self.language)
        return reading.country_name(code, self.language) if len(code) == 3 else code

    def listed(self, codes: list[str]) -> str:
        return ", ".join(sorted(self.of(code) for code in codes))


def fact_text(row: Fact) -> str:
    return in_reader(row.text_en, row.text_ru)


def source_of(row: Fact) -> str:
    """The source with its date, or that no date is printed."""
    printed = row.source_date or _("no date")
    return f"{row.source} ({printed})"
