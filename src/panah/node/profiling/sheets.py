"""A paper for the person in two languages side by side: headings, days and rights in both, what somebody said once, as it was written.

A room fills in the parts; the page, its fonts and the words of the pack are here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.template.loader import render_to_string

from panah.foundation.languages import of_tag
from panah.node.profiling.receipt_code import code_of_file
from panah.node.profiling.texts import Said, in_language
from panah.web import reading
from panah.web.paper import fonts
from panah.web.paper.square import square

__all__ = ["Pair", "Part", "Said", "Says", "Sheet", "as_html", "as_pdf", "languages"]

_WAY_BACK: Final = "en"
SIGNED_BY_BOTH: Final = ("sheet.signed", "sheet.received")
Pair = tuple[Said, ...]


@dataclass(frozen=True)
class Part:
    """A heading in each language; under it `own`, words that stand once, and lines in each language. It stays on one page unless it is `long`."""

    headings: Pair
    lines: tuple[Pair, ...] = ()
    own: str = ""
    long: bool = False


@dataclass(frozen=True)
class Sheet:
    """Everything that stands on one paper."""

    tags: tuple[str, ...]
    titles: Pair
    number: str
    parts: tuple[Part, ...]
    code: str
    square: str
    signs: tuple[Pair, ...]
    under: Pair = ()
    drafts: Pair = ()

    @property
    def small(self) -> tuple[Pair, ...]:
        """What stands in small letters at the foot."""
        return tuple(filter(None, (self.under, self.drafts)))


def languages(officer: str, person: str) -> tuple[str, ...]:
    """The officer's language and the person's, each once; English where there are no texts for one."""
    spoken = of_tag(person)
    pair = (officer if officer in ("en", "ru") else _WAY_BACK, spoken.tag if spoken else _WAY_BACK)
    return tuple(dict.fromkeys(pair))


class Says:
    """Texts of the pack in the languages of one paper; it remembers which no speaker has checked."""

    def __init__(self, tags: tuple[str, ...]) -> None:
        self.tags = tags
        self._unchecked: set[str] = set()

    def __call__(self, identifier: str, **filled: object) -> Pair:
        return tuple(self.one(identifier, tag, **filled) for tag in self.tags)

    def one(self, identifier: str, tag: str, **filled: object) -> Said:
        """The text in that language, else in English and marked so, else its id."""
        for each in dict.fromkeys((tag, _WAY_BACK)):
            found = in_language(identifier, each)
            if found is not None:
                if not found.checked:
                    self._unchecked.add(found.tag)
                return Said(found.text.format(**filled) if filled else found.text, found.tag, found.checked)
        return Said(f"[{identifier}]", _WAY_BACK, checked=False)

    def day(self, on: date) -> Pair:
        return tuple(Said(self.day_in(on, tag), tag, checked=True) for tag in self.tags)

    def until(self, on: date) -> Pair:
        return self.by_day("sheet.until", on)

    def by_day(self, identifier: str, on: date) -> Pair:
        """A text that names a day as `{when}`."""
        return tuple(self.one(identifier, tag, when=self.day_in(on, tag)) for tag in self.tags)

    def day_in(self, on: date, tag: str) -> str:
        """The day in the calendar of the language's readers, the Gregorian beside."""
        own, gregorian = reading.own_calendar_day(on, tag), reading.gregorian_day(on, tag)
        return f"{own} ({gregorian})" if own else gregorian

    def sheet(
        self,
        title: str,
        number: str,
        file: UUID,
        parts: Sequence[Part],
        *,
        signs: Sequence[str] = SIGNED_BY_BOTH,
        under: str = "",
    ) -> Sheet:
        """The whole paper, with the code of the file and places to sign. `under` is a text for the foot."""
        code, lines = code_of_file(file), tuple(self(sign) for sign in signs)
        said = self(under) if under else ()
        return Sheet(self.tags, self(title), number, tuple(parts), code, square(code), lines, said, self._drafts())

    def _drafts(self) -> Pair:
        """What a paper says of itself where nobody has checked one of its languages."""
        return self("receipt.unchecked") if self._unchecked else ()


def as_html(sheet: Sheet) -> str:
    """The paper as one HTML page, with no address in it but those of the fonts."""
    return render_to_string("profiling/sheet.html", {"sheet": sheet, **fonts.context("ltr")})


def as_pdf(sheet: Sheet) -> bytes:
    """The paper as PDF/UA, A4."""
    from panah.web.paper.printing import printed  # WeasyPrint takes a second to load, and few requests print

    return printed(as_html(sheet), fonts.BY_ADDRESS)
