"""The check digits of a zone and what they say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from panah.cores.documents.alphabet import DIGITS, FILLER, check_digit
from panah.cores.documents.layouts import Layout, Span

State = Literal["ok", "wrong", "absent"]

CHECKED: Final = ("number", "birth_date", "expiry", "optional", "composite")
"""The check digits that a zone can have, in the order in which they are reported."""


@dataclass(frozen=True, slots=True)
class Number:
    """A document number with its check digit, wherever they stand.

    `rest` is the optional data that is left when a long number has run on into it.
    """

    text: str
    printed: str
    check_at: Span
    rest: str
    is_long: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """One check digit: what is printed, what it should be, and what follows.

    `covers_data` is false where all that it covers is fillers or zeros, for which every zero is right.
    `absent` stands for a digit that the format does not have (`at` is None), or that a filler replaces.
    """

    name: str
    state: State
    printed: str = ""
    expected: str = ""
    at: Span | None = None
    covers_data: bool = False

    @property
    def missing(self) -> bool:
        """Whether a filler stands where data asks for a digit."""
        return self.state == "absent" and self.at is not None and self.covers_data


def read_number(layout: Layout, lines: tuple[str, ...]) -> Number:
    """The document number, joined with its rest where it has more than nine characters.

    Doc 9303-5 and 9303-6, note j: a filler in place of the check digit, the rest of the number at the beginning of
    the optional data, then its check digit and a filler. The check digit covers the number without that filler.
    """
    text = layout.spans["number"].of(lines)
    at = layout.spans["number_check"]
    printed = at.of(lines)
    if layout.long_number_in is None:
        return Number(text, printed, at, "")
    span = layout.spans[layout.long_number_in]
    optional = span.of(lines)
    run_on = optional.partition(FILLER)[0]
    if printed != FILLER or FILLER in text or len(run_on) < 2 or run_on[-1] not in DIGITS:
        return Number(text, printed, at, optional)
    last = span.start + len(run_on) - 1
    check_at = Span(span.line, last, last + 1)
    return Number(text + run_on[:-1], run_on[-1], check_at, optional[len(run_on) :], is_long=True)


def _check(name: str, covered: str, printed: str, at: Span) -> Check:
    expected = check_digit(covered)
    covers_data = bool(covered.strip(FILLER + "0"))
    if printed == expected:
        return Check(name, "ok", printed, expected, at, covers_data)
    return Check(name, "absent" if printed == FILLER else "wrong", printed, expected, at, covers_data)


def read_checks(layout: Layout, lines: tuple[str, ...]) -> tuple[Check, ...]:
    """Every check digit of `CHECKED`, in that order."""
    spans = layout.spans
    number = read_number(layout, lines)
    checks = [_check("number", number.text, number.printed, number.check_at)]
    for name in ("birth_date", "expiry", "optional"):
        at = spans.get(f"{name}_check")
        if at is None:
            checks.append(Check(name, "absent"))
        else:
            checks.append(_check(name, spans[name].of(lines), at.of(lines), at))
    if layout.composite:
        covered = "".join(span.of(lines) for span in layout.composite)
        checks.append(_check("composite", covered, spans["composite"].of(lines), spans["composite"]))
    else:
        checks.append(Check("composite", "absent"))
    return tuple(checks)
