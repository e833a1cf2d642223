"""Each parameter covers time: on every day from its first value on exactly one entry holds."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

from panah.cores.lawbook import reading
from panah.cores.lawbook.checking.problem import Problem
from panah.cores.lawbook.checking.shape import facts_and_causes
from panah.cores.lawbook.loading import Part
from panah.cores.lawbook.model import DURATIONS, Parameter, Stamp, Value

ONE_DAY = timedelta(days=1)


def check_times(root: Path, part: Part) -> Iterator[Problem]:
    """Gaps, overlaps, impossible terms, and facts or causes that the closed list does not know."""
    facts, causes = facts_and_causes(root)
    for document in part.documents.get("parameters", ()):
        parameter = reading.parameter(document, Stamp("", "", ""), "stays")
        yield from _coverage(parameter)
        used = (*parameter.runs_from, *((parameter.version_chosen_by,) if parameter.version_chosen_by else ()))
        yield from _listed(parameter.path, "fact", used, facts)
        yield from _listed(parameter.path, "cause", parameter.suspended_by, causes)
        if parameter.counts_first_day and any(
            value.state == "value" and parameter.unit in DURATIONS and int(value.amount) == 0
            for value in parameter.values
        ):
            yield Problem(
                parameter.path,
                "a term of nothing cannot count its first day",
                "counts_first_day yes with the value 0",
                remedy="Write counts_first_day no: the term ends on the first day itself.",
            )


def grid(values: Iterable[Value]) -> tuple[date, ...]:
    """The days on which something can change: each first day, the day before, and the day after each end."""
    listed = tuple(values)
    first = min(value.start for value in listed)
    days = {value.start for value in listed}
    days |= {value.start - ONE_DAY for value in listed}
    days |= {value.end + ONE_DAY for value in listed if value.end}
    return tuple(sorted(day for day in days if day >= first))


def _coverage(parameter: Parameter) -> Iterator[Problem]:
    for value in parameter.values:
        if value.end and value.end < value.start:
            yield Problem(
                parameter.path,
                "a value ends before it begins",
                f"from {value.start} until {value.end}",
                remedy="Correct the dates; two values that begin on one day are a contradiction for also_reported.",
            )
    before: list[Value] | None = None
    for on in grid(parameter.values):
        holding = [value for value in parameter.values if value.holds_on(on)]
        if holding == before:
            continue
        before = holding
        if not holding:
            yield Problem(
                parameter.path,
                f"a gap in time: nothing holds on {on}",
                remedy="Give the value of that day, or write not_in_force or unknown with its citation.",
            )
        elif len(holding) > 1:
            starts = " and ".join(str(value.start) for value in holding)
            yield Problem(
                parameter.path,
                f"an overlap in time: {len(holding)} values hold on {on}",
                f"those from {starts}",
                "one value a day",
                "Correct `until`, or keep one and write the other under also_reported.",
            )


def _listed(path: str, word: str, used: Iterable[str], known: frozenset[str]) -> Iterator[Problem]:
    for code in sorted(set(used) - known):
        yield Problem(
            path,
            f"the {word} is not in the list",
            f"'{code}'",
            ", ".join(sorted(known)),
            "Correct it, or add it to _schema/facts.yaml.",
        )
