"""Decision tables that fill themselves: what a few rules say, kept by the values of the facts that they read.

Rules that read the same few facts share a table. The first record with a combination of values has the conditions
evaluated; every later one looks the answer up. A table holds nothing but what evaluation gave, so a full table that
is emptied changes no result. Facts and findings are numbered slots, and sets of them are bits of an integer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, Final, NamedTuple

from panah.cores.lawbook.conditions import Condition

MOST_FACTS: Final = 5
"""Rules are put together while their table reads no more facts than this: more facts, fewer repeated combinations."""

MOST_ENTRIES: Final = 20_000
"""A table is emptied when it has so many entries, so that memory stays bounded on any input."""


class Fired(NamedTuple):
    """A rule that fired: the slots of its findings, its number, the slots that decided, those still open."""

    findings: tuple[int, ...]
    rule: int
    because: int
    open: int


class Verdict(NamedTuple):
    """What a table says for one combination of values.

    `waiting` has, for each rule that is still open, its findings (bits) and the slots it waits for (bits);
    `waiting_findings` and `waiting_for` are their unions, so that the usual record needs no loop.
    """

    fired: tuple[Fired, ...]
    waiting: tuple[tuple[int, int], ...]
    waiting_findings: int
    waiting_for: int


class Row(NamedTuple):
    """One rule as a table needs it."""

    number: int
    condition: Condition
    findings: tuple[int, ...]


@dataclass(frozen=True)
class Table:
    """Some rules, the slots that they read, and the verdicts found so far."""

    names: tuple[str, ...]
    key_of: Callable[[Sequence[Any]], Any]
    rows: tuple[Row, ...]
    slots: Mapping[str, int]
    verdicts: dict[Any, Verdict] = field(default_factory=dict, compare=False)

    def fill(self, key: Any) -> Verdict:
        """The verdict for a combination of values that was not met before."""
        view = view_of(self.names, key)
        fired, waiting = [], []
        findings, slots = 0, 0
        for row in self.rows:
            outcome = row.condition.evaluate(view)
            open_ = bits(outcome.open, self.slots)
            if outcome.truth:
                fired.append(Fired(row.findings, row.number, bits(outcome.because, self.slots), open_))
            elif outcome.truth is None:
                given = sum(1 << slot for slot in row.findings)
                waiting.append((given, open_))
                findings |= given
                slots |= open_
        verdict = Verdict(tuple(fired), tuple(waiting), findings, slots)
        if len(self.verdicts) >= MOST_ENTRIES:
            self.verdicts.clear()
        self.verdicts[key] = verdict
        return verdict


def view_of(names: tuple[str, ...], key: Any) -> dict[str, Any]:
    """The facts by name that a key stands for; a table of one fact has that fact itself as key."""
    return {names[0]: key} if len(names) == 1 else dict(zip(names, key, strict=True))


def bits(names: Iterable[str], slots: Mapping[str, int]) -> int:
    """The set of slots as an integer."""
    found = 0
    for name in names:
        found |= 1 << slots[name]
    return found


def key_reader(names: Sequence[str], slots: Mapping[str, int]) -> Callable[[Sequence[Any]], Any]:
    """What takes a table's key from the values of all slots."""
    if not names:
        return lambda values: ()
    return itemgetter(*(slots[name] for name in names))


def tables(rows: Iterable[Row], slots: Mapping[str, int]) -> tuple[Table, ...]:
    """The rows parted into tables that read few facts each. The result does not depend on the rows' order."""
    groups: list[tuple[set[str], list[Row]]] = []
    for row in sorted(rows, key=lambda row: (sorted(_reads(row)), row.number)):
        reads = _reads(row)
        best = min(
            (group for group in groups if len(group[0] | reads) <= max(MOST_FACTS, len(reads))),
            key=lambda group: (len(group[0] | reads) - len(group[0]), -len(group[0] & reads)),
            default=None,
        )
        if best is None:
            groups.append((set(reads), [row]))
        else:
            best[0].update(reads)
            best[1].append(row)
    return tuple(_table(names, members, slots) for names, members in groups)


def _reads(row: Row) -> frozenset[str]:
    return row.condition.facts | row.condition.finds


def _table(names: Iterable[str], rows: Sequence[Row], slots: Mapping[str, int]) -> Table:
    ordered = tuple(sorted(names, key=slots.__getitem__))
    return Table(ordered, key_reader(ordered, slots), tuple(rows), slots)
