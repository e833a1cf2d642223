"""A pack may be more favourable to the person than the floor, never less, on any day."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from panah.cores.lawbook.checking.problem import Problem
from panah.cores.lawbook.checking.times import grid
from panah.cores.lawbook.model import Pack, Parameter, Value

SHORTEST_DAYS = {"hours": Fraction(1, 24), "calendar_days": Fraction(1), "months": Fraction(28), "years": Fraction(365)}
LONGEST_DAYS = {"hours": Fraction(1, 24), "calendar_days": Fraction(1), "months": Fraction(31), "years": Fraction(366)}
BINDS = ("authority", "person")
NOMINAL_DAYS = {"hours": Fraction(1, 24), "calendar_days": Fraction(1), "months": Fraction(30), "years": Fraction(365)}


def check_floor_kept(pack: Pack) -> Iterator[Problem]:
    """Problems of the pack's parameters that stand over one of the floor."""
    for name, below in pack.floor.items():
        own = pack.parameters[name]
        if own.origin == below.origin:
            continue
        yield from _counted_otherwise(own, below)
        before: tuple[object, object] | None = None
        for on in sorted({*grid(own.values), *grid(below.values)}):
            pair = (own.value_on(on), below.value_on(on))
            if pair != before:
                yield from _on(own, below, on)
            before = pair


def _counted_otherwise(own: Parameter, below: Parameter) -> Iterator[Problem]:
    """Ways to lower a floor without touching its number: another clock, another debtor, more that stops it.

    That a clock may stand still for longer is a warning: how long it does, no pack says.
    """
    for key, found, allowed, lower in (
        ("binds", own.binds, below.binds, own.binds != below.binds and below.binds in BINDS),
        ("runs_from", _and(own.runs_from), _and(below.runs_from), own.runs_from != below.runs_from),
        (
            "suspended_by",
            _and(own.suspended_by),
            _and(below.suspended_by),
            below.floor == "at_most" and not set(own.suspended_by) <= set(below.suspended_by),
        ),
        (
            "counts_first_day",
            "yes",
            "no",
            below.floor == "at_least" and own.counts_first_day and not below.counts_first_day,
        ),
    ):
        if lower:
            yield Problem(
                own.path,
                f"{key} departs from the floor's",
                found,
                f"{allowed} ({below.path})",
                "A pack may raise the floor, never lower it. Keep the floor's word here.",
                warning=key == "suspended_by",
            )


def _and(words: tuple[str, ...]) -> str:
    return ", ".join(words) or "none"


def _on(own: Parameter, below: Parameter, on: date) -> Iterator[Problem]:
    least, given = below.value_on(on), own.value_on(on)
    if not isinstance(least, Value):
        return
    least_text = f"{'at least' if below.floor == 'at_least' else 'at most'} {least.amount} {least.unit} ({below.path})"
    if not isinstance(given, Value):
        yield Problem(
            own.path,
            f"on {on} this takes away the floor's value without giving one",
            allowed=least_text,
            remedy="Give a value for that day; where none is known, remove the file, and the floor's value applies.",
        )
        return
    kept = keeps(given, least, below.floor)
    if kept is None:
        yield Problem(
            own.path,
            f"on {on} the value cannot be compared with the floor",
            f"{given.amount} {given.unit}",
            least_text,
            "Use a unit that can be compared.",
        )
    elif not kept:
        yield Problem(
            own.path,
            f"on {on} the value is less favourable than the floor",
            f"{given.amount} {given.unit}",
            least_text,
            "A pack may raise the floor, never lower it. If the law is so, keep the floor's and say it in unclear.",
        )


def keeps(given: Value, least: Value, direction: str) -> bool | None:
    """Whether a value keeps the floor even in its least favourable month; None when the units cannot be compared.

    The same unit compares by number. A term of working days is never shorter than as many calendar days, and has
    no certain longest length.
    """
    if given.unit == least.unit:
        return given.number >= least.number if direction == "at_least" else given.number <= least.number
    if least.unit not in NOMINAL_DAYS:
        return None
    bound = Fraction(least.number) * NOMINAL_DAYS[least.unit]
    if direction == "at_least":
        day = Fraction(1) if given.unit == "working_days" else SHORTEST_DAYS.get(given.unit)
        return None if day is None else Fraction(given.number) * day >= bound
    longest = LONGEST_DAYS.get(given.unit)
    return None if longest is None else Fraction(given.number) * longest <= bound
