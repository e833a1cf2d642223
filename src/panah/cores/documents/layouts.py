"""Where each field stands: ICAO Doc 9303 Part 4 (TD3), 5 (TD1), 6 (TD2), 7 (MRV-A, MRV-B)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final


@dataclass(frozen=True, slots=True)
class Span:
    """A run of characters: `line` from 0, `start` from 0, `end` exclusive. Sentences to people count from 1."""

    line: int
    start: int
    end: int

    def of(self, lines: tuple[str, ...]) -> str:
        return lines[self.line][self.start : self.end]


def _span(line: int, first: int, last: int) -> Span:
    """A span from Doc 9303's own counting, which is from 1 and includes the last position."""
    return Span(line - 1, first - 1, last)


ALPHABETIC: Final = frozenset({"type", "issuer", "nationality", "names", "primary", "secondary"})
NUMERIC: Final = frozenset(
    {"birth_date", "birth_date_check", "expiry", "expiry_check", "number_check", "optional_check", "composite"}
)
MIXED: Final = frozenset({"number", "optional", "optional_first"})

TITLES: Final = {
    "type": "document code",
    "issuer": "issuer",
    "names": "name",
    "primary": "surname",
    "secondary": "given names",
    "number": "document number",
    "number_check": "check digit of the document number",
    "nationality": "nationality",
    "birth_date": "date of birth",
    "birth_date_check": "check digit of the date of birth",
    "sex": "sex",
    "expiry": "date of expiry",
    "expiry_check": "check digit of the date of expiry",
    "optional": "optional data",
    "optional_first": "optional data of the first line",
    "optional_check": "check digit of the optional data",
    "composite": "composite check digit",
}
"""The name of each field in sentences."""


@dataclass(frozen=True, eq=False)
class Layout:
    """One format: how many lines of how many characters, and where each field stands in them.

    `composite` lists what the composite check digit covers, in order; it is empty for visas, which have none.
    `long_number_in` names the optional data that a document number of more than nine characters runs on into
    (Doc 9303-5 and 9303-6, note j); TD3 and visas have no such rule.
    """

    format: str
    lines: int
    width: int
    spans: dict[str, Span]
    composite: tuple[Span, ...] = ()
    long_number_in: str | None = None

    @cached_property
    def field_at(self) -> dict[tuple[int, int], str]:
        """The field that each position belongs to."""
        return {
            (span.line, column): field for field, span in self.spans.items() for column in range(span.start, span.end)
        }

    @cached_property
    def name_fields(self) -> tuple[str, ...]:
        return tuple(field for field in ("names", "primary", "secondary") if field in self.spans)


def _two_lines(format_: str, width: int, optional_end: int, *, composite: bool) -> Layout:
    """TD3, TD2 and both visas: the same first 28 positions of the second line."""
    spans = {
        "type": _span(1, 1, 2),
        "issuer": _span(1, 3, 5),
        "names": _span(1, 6, width),
        "number": _span(2, 1, 9),
        "number_check": _span(2, 10, 10),
        "nationality": _span(2, 11, 13),
        "birth_date": _span(2, 14, 19),
        "birth_date_check": _span(2, 20, 20),
        "sex": _span(2, 21, 21),
        "expiry": _span(2, 22, 27),
        "expiry_check": _span(2, 28, 28),
        "optional": _span(2, 29, optional_end),
    }
    covered: tuple[Span, ...] = ()
    if composite:
        if optional_end < width - 1:
            spans["optional_check"] = _span(2, width - 1, width - 1)
        spans["composite"] = _span(2, width, width)
        covered = (_span(2, 1, 10), _span(2, 14, 20), _span(2, 22, width - 1))
    long_number_in = "optional" if format_ == "TD2" else None
    return Layout(format_, 2, width, spans, covered, long_number_in)


TD3: Final = _two_lines("TD3", 44, 42, composite=True)
TD2: Final = _two_lines("TD2", 36, 35, composite=True)
MRV_A: Final = _two_lines("MRV-A", 44, 44, composite=False)
MRV_B: Final = _two_lines("MRV-B", 36, 36, composite=False)
TD1: Final = Layout(
    "TD1",
    3,
    30,
    {
        "type": _span(1, 1, 2),
        "issuer": _span(1, 3, 5),
        "number": _span(1, 6, 14),
        "number_check": _span(1, 15, 15),
        "optional_first": _span(1, 16, 30),
        "birth_date": _span(2, 1, 6),
        "birth_date_check": _span(2, 7, 7),
        "sex": _span(2, 8, 8),
        "expiry": _span(2, 9, 14),
        "expiry_check": _span(2, 15, 15),
        "nationality": _span(2, 16, 18),
        "optional": _span(2, 19, 29),
        "composite": _span(2, 30, 30),
        "names": _span(3, 1, 30),
    },
    (_span(1, 6, 30), _span(2, 1, 7), _span(2, 9, 15), _span(2, 19, 29)),
    "optional_first",
)

FRENCH_CARD: Final = Layout(
    "TD2",
    2,
    36,
    {
        "type": _span(1, 1, 2),
        "issuer": _span(1, 3, 5),
        "primary": _span(1, 6, 30),
        "optional": _span(1, 31, 36),
        "number": _span(2, 1, 12),
        "number_check": _span(2, 13, 13),
        "secondary": _span(2, 14, 27),
        "birth_date": _span(2, 28, 33),
        "birth_date_check": _span(2, 34, 34),
        "sex": _span(2, 35, 35),
        "composite": _span(2, 36, 36),
    },
    (_span(1, 1, 36), _span(2, 1, 35)),
)
"""The French identity card issued until 2021, of the size of TD2 but with its own order of fields, no date of
expiry and no nationality (Wikipedia, "National identity card (France)"; its specimen is a test)."""

LAYOUTS: Final = (TD3, TD2, TD1, MRV_A, MRV_B)
BY_FORMAT: Final = {layout.format: layout for layout in LAYOUTS}
