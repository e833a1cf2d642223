"""Which lines of a text are the zone, of which format, and where characters were lost or added."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, product
from typing import Final

from panah.cores.documents.alphabet import CHARACTERS, FILLER
from panah.cores.documents.checks import read_checks
from panah.cores.documents.codes import FIRST_LETTERS, KNOWN_CODES
from panah.cores.documents.layouts import FRENCH_CARD, MRV_A, MRV_B, TD1, TD2, TD3, TITLES, Layout
from panah.cores.documents.lines import CleanLine, clean_lines
from panah.cores.documents.position import apply, changes_by_position
from panah.cores.documents.problems import Problem

MOST_EXTRA: Final = 6
OPTIONS_A_LINE: Final = 4
ENOUGH_EVIDENCE: Final = 6
WEIGHT_OF_EVIDENCE: Final = 4
COST_OF_FILLERS: Final = 2
COST_OF_DAMAGE: Final = 10
COST_OF_JOINING: Final = 12
"""What a fit must be worth more than another: a point of evidence, against fillers put right or characters lost."""

_SHORTEST: Final = {"TD1": (15, 18, 2), "TD2": (7, 28), "TD3": (7, 28), "MRV-A": (7, 28), "MRV-B": (7, 28)}
"""How many characters a line must have at least: up to the last field that cannot be all fillers."""


Lines = Sequence[Sequence[CleanLine]]
"""Lines of text, each with its possible readings."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A zone of exact shape, with what had to be assumed to reach it."""

    layout: Layout
    lines: tuple[str, ...]
    problems: tuple[Problem, ...] = ()
    cost: int = 0
    sources: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    source: int
    problems: tuple[Problem, ...]
    cost: int


def evidence(layout: Layout, lines: tuple[str, ...], only_line: int | None = None, *, exact: bool = False) -> int:
    """How much speaks for these lines being a zone of this layout: at most 17; chance text stays under 6.

    Nothing does where neither the issuer nor the nationality is a known code and fewer than three check digits agree;
    two are enough for lines that came in the `exact` shape of the layout, which speaks for itself.

    With `only_line` only what stands in that line is weighed, and a wrong check digit speaks against it.
    """
    lines = apply(changes_by_position(layout, lines), lines)
    spans = {name: span for name, span in layout.spans.items() if only_line in (None, span.line)}
    agreeing = differing = 0
    for check in read_checks(layout, lines):
        across = check.name == "composite" and layout.lines == 3
        if check.covers_data and check.at and (only_line is None or (check.at.line == only_line and not across)):
            agreeing += check.state == "ok"
            differing += check.state == "wrong"
    known = sum(
        name in spans and spans[name].of(lines).rstrip(FILLER) in KNOWN_CODES for name in ("issuer", "nationality")
    )
    if only_line is None and not known and agreeing < (2 if exact else 3):
        return 0
    points = 2 * agreeing + known - (0 if only_line is None else differing)
    points += "type" in spans and lines[0][:1] in FIRST_LETTERS
    points += "sex" in spans and spans["sex"].of(lines) in {"M", "F", FILLER}
    points += sum(name in spans and spans[name].of(lines).isdigit() for name in ("birth_date", "expiry"))
    points += any(FILLER * 2 in spans[name].of(lines) for name in layout.name_fields if name in spans)
    return points


def _local_evidence(layout: Layout, index: int, text: str) -> int:
    lines = tuple(text if number == index else FILLER * layout.width for number in range(layout.lines))
    return evidence(layout, lines, index)


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Start and length of every run of fillers."""
    start = None
    for index, character in enumerate(text + "\0"):
        if character == FILLER:
            start = index if start is None else start
        elif start is not None:
            yield start, index - start
            start = None


def _length_problem(code: str, number: int, length: int, width: int, what: str) -> Problem:
    return Problem(code, f"Line {number} has {length} characters instead of {width}; {what}.", line=number)


def _longer(text: str, layout: Layout, index: int) -> Iterator[tuple[str, Problem, int]]:
    """A line that is too short, filled up."""
    missing = layout.width - len(text)
    number = index + 1
    if len(text) < _SHORTEST[layout.format][index]:
        return
    filled = _length_problem("line_length", number, len(text), layout.width, "fillers were added at its end")
    yield text.ljust(layout.width, FILLER), filled, COST_OF_FILLERS
    names_only = index == layout.lines - 1 if layout is TD1 else index == 0
    if names_only:
        return
    for start, _ in _runs(text):
        said = f"fillers were added at position {start + 1}"
        added = _length_problem("line_length", number, len(text), layout.width, said)
        yield text[:start] + FILLER * missing + text[start:], added, COST_OF_FILLERS + 1
    if missing == 1:
        for field, span in layout.spans.items():
            if span.line == index:
                column = span.end - 1
                said = f"a character is missing in or beside the {TITLES[field]}"
                damaged = _length_problem("line_damaged", number, len(text), layout.width, said)
                yield text[:column] + FILLER + text[column:], damaged, COST_OF_DAMAGE


def _shorter(text: str, layout: Layout, index: int) -> Iterator[tuple[str, Problem, int]]:
    """A line that is too long, cut down."""
    width, number = layout.width, index + 1
    extra = len(text) - width
    if not text[width:].strip(FILLER):
        said = _length_problem("line_length", number, len(text), width, "fillers were taken from its end")
        yield text[:width], said, COST_OF_FILLERS
    if extra > MOST_EXTRA:
        return
    for start, length in _runs(text):
        if length >= extra:
            said = _length_problem(
                "line_length", number, len(text), width, f"fillers were taken away at position {start + 1}"
            )
            yield text[:start] + text[start + extra :], said, COST_OF_FILLERS + 1
    if extra == 1:
        for column in range(len(text)):
            said = _length_problem(
                "line_damaged", number, len(text), width, f"the character at position {column + 1} was left out"
            )
            yield text[:column] + text[column + 1 :], said, COST_OF_DAMAGE
    said = _length_problem("line_damaged", number, len(text), width, "what was too many at its end was left out")
    yield text[:width], said, COST_OF_DAMAGE + extra


def _changed(reading: CleanLine, number: int) -> tuple[Problem, ...]:
    """What had to be taken for something else to read a line at all."""
    said = [
        Problem(
            "repaired",
            f"Line {number}, position {change.column + 1}: {change.found!r} was read as {change.read_as}, because it "
            "is not in the alphabet of the zone and looks like it.",
            number,
            change.column + 1,
            change.found,
            change.read_as,
        )
        for change in reading.substitutions
    ]
    if reading.blanks_are_fillers:
        said.append(Problem("blanks_as_fillers", f"Line {number}: blanks were read as fillers.", number))
    return tuple(said)


def _options(readings: Sequence[CleanLine], layout: Layout, index: int) -> list[_Line]:
    """The best ways to make one line of text the line `index` of a layout."""
    found: list[_Line] = []
    for reading in readings:
        said = _changed(reading, index + 1)
        if len(reading.text) == layout.width:
            found.append(_Line(reading.text, reading.source, said, reading.cost))
            continue
        make = _longer if len(reading.text) < layout.width else _shorter
        found.extend(
            _Line(text, reading.source, (*said, problem), reading.cost + cost)
            for text, problem, cost in make(reading.text, layout, index)
        )
    if len(found) > 1:
        found.sort(key=lambda line: (-_local_evidence(layout, index, line.text), line.cost))
    return found[:OPTIONS_A_LINE]


def _fits_of(window: Lines, layout: Layout) -> Iterator[Fit]:
    options = [_options(readings, layout, index) for index, readings in enumerate(window)]
    for chosen in product(*options):
        yield Fit(
            layout,
            tuple(line.text for line in chosen),
            tuple(problem for line in chosen for problem in line.problems),
            sum(line.cost for line in chosen),
            frozenset(line.source for line in chosen),
        )


def _layouts_for(first: str, count: int) -> tuple[Layout, ...]:
    """The layouts that a zone of so many lines can have whose first line this is."""
    if count == 3:
        return (TD1,)
    if first.startswith("V"):
        return (MRV_A, MRV_B)
    if first.startswith("IDFRA"):
        return (FRENCH_CARD, TD2)
    return (TD3, TD2)


def _joined(lines: Lines) -> Iterator[Fit]:
    """The lines of the zone run together, or wrapped in other places than they end."""
    text = "".join(readings[0].text for readings in lines)
    sources = frozenset(readings[0].source for readings in lines)
    said = Problem(
        "lines_joined",
        "The lines of the zone were not divided where they end; they were divided again by their lengths.",
    )
    if len(text) == 3 * TD1.width:
        pieces = tuple(text[start : start + TD1.width] for start in (0, 30, 60))
        yield Fit(TD1, pieces, (said,), COST_OF_JOINING, sources)
    for layout in _layouts_for(text, 2):
        first, second = text[: -layout.width], text[-layout.width :]
        if 7 <= len(first) <= layout.width and len(second) == layout.width:
            yield Fit(layout, (first.ljust(layout.width, FILLER), second), (said,), COST_OF_JOINING, sources)


def _of_zone_letters(readings: Sequence[CleanLine]) -> bool:
    text = readings[0].text
    return sum(character in CHARACTERS for character in text) * 10 >= len(text) * 8


def _best(fits: Iterable[Fit], *, exact: bool = False) -> tuple[int, Fit] | None:
    best: tuple[int, Fit] | None = None
    for fit in fits:
        points = evidence(fit.layout, fit.lines, exact=exact)
        if points >= ENOUGH_EVIDENCE and (best is None or WEIGHT_OF_EVIDENCE * points - fit.cost > best[0]):
            best = (WEIGHT_OF_EVIDENCE * points - fit.cost, fit)
    return best


def _windows(lines: Lines) -> Iterator[tuple[Lines, Layout]]:
    """Every run of two or three lines with every layout that it can have."""
    for count in (2, 3):
        for start in range(len(lines) - count + 1):
            window = lines[start : start + count]
            for layout in dict.fromkeys(layout for first in window[0] for layout in _layouts_for(first.text, count)):
                yield window, layout


def _exact(lines: Lines) -> Iterator[Fit]:
    """The runs of lines of which a reading has the shape of a layout: nearly all zones."""
    for window, layout in _windows(lines):
        shaped = [
            [reading for reading in readings if len(reading.text) == layout.width and not reading.blanks_are_fillers][
                :1
            ]
            for readings in window
        ]
        if all(shaped):
            yield from (fit for fit in _fits_of(shaped, layout) if layout in _layouts_for(fit.lines[0], layout.lines))


def _fitted(lines: Lines) -> Iterator[Fit]:
    for window, layout in _windows(lines):
        yield from (fit for fit in _fits_of(window, layout) if layout in _layouts_for(fit.lines[0], layout.lines))


def fit_zone(text: str) -> Fit | None:
    """The zone in `text`, in exact shape, or None where there is none.

    Lines that do not belong to it are named in problems. Where a text has two zones the first of the better ones is
    taken; the lines of the other are named.
    """
    lines = [readings for readings in clean_lines(text) if _of_zone_letters(readings)]
    best = _best(_exact(lines), exact=True) or _best(_fitted(lines))
    if best is None or best[1].cost:
        joined = chain(_joined(lines), *(_joined([readings]) for readings in lines))
        best = _best(chain([best[1]] if best else [], joined))
    if best is None:
        return None
    fit = best[1]
    ignored = tuple(
        _ignored(number, line, fit)
        for number, line in enumerate(text.splitlines(), start=1)
        if line.strip() and number not in fit.sources
    )
    return Fit(fit.layout, fit.lines, fit.problems + ignored, fit.cost, fit.sources)


def _ignored(number: int, line: str, fit: Fit) -> Problem:
    left_out = f"Line {number} of the text does not belong to the zone of format {fit.layout.format} and was left out."
    if FILLER in line and len(line.strip()) >= TD1.width - MOST_EXTRA:
        return Problem(
            "zone_ignored", f"{left_out} It looks like a line of another zone: put an empty line between two documents."
        )
    return Problem("line_ignored", left_out)
