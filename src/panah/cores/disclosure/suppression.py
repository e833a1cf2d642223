"""Which cells to withhold: the small ones, and as little else as keeps them from being worked out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from scipy.sparse import csr_array, hstack

from panah.cores.disclosure.attack import Contradiction, Findings, attack
from panah.cores.disclosure.knowledge import Knowledge, gather
from panah.cores.disclosure.proof import METHOD, Bounds, Proof, digest_of, explain
from panah.cores.disclosure.relations import Key, Relations, key_of, relate
from panah.cores.disclosure.rules import Rules
from panah.cores.disclosure.solver import TOLERANCE, FloatArray, Programme, Solver
from panah.cores.disclosure.tables import Cell, Kind, PublishedCell, PublishedTable, Table, place

NEXT_TO_NOTHING = 1e-3


class CannotProtect(ValueError):
    """No way was found to publish the tables under the rules; nothing may leave."""


@dataclass(frozen=True)
class Reason:
    """Why one cell is withheld. `protects` names the cell that needed it first; it stays in the node."""

    kind: Kind
    protects: str | None
    threshold: int

    def __str__(self) -> str:
        return explain(self.kind, self.threshold, self.protects)


@dataclass(frozen=True)
class Protected:
    """Tables that may leave, the proof that they may, and the reasons, which stay.

    reasons: by table name and cell, for every withheld cell.
    """

    published: tuple[PublishedTable, ...]
    proof: Proof
    reasons: Mapping[tuple[str, Cell], Reason]


def protect(tables: Sequence[Table], rules: Rules | None = None, earlier: Sequence[PublishedTable] = ()) -> Protected:
    """Withhold what must be withheld in a linked set of tables, and prove that it cannot be worked out.

    Tables of the same population and period must be given together, or the earlier ones as `earlier`: a table
    protected alone is not protected against its neighbour. `earlier` must have been made under the same rules. The same
    input always gives the same output.
    Raises ValueError when tables disagree about a cell, CannotProtect when the rules cannot be met.
    """
    rules = rules or Rules()
    names = [table.name for table in tables]
    if len(set(names)) != len(names) or not tables:
        raise ValueError("The tables to protect must be one or more, each with a name of its own.")
    plan = _Plan(tables, rules, earlier)
    published, proof = plan.complete()
    return Protected(published, proof, MappingProxyType(plan.reasons()))


def prove(published: Sequence[PublishedTable], rules: Rules, earlier: Sequence[PublishedTable] = ()) -> Proof:
    """Work out, from what is published and nothing else, what a reader can find out.

    Raises Contradiction or Disagreement when the published tables cannot all be true.
    """
    knowledge = gather(published, rules, earlier)
    findings = attack(knowledge.relations, knowledge.known, knowledge.limits)
    return _proof(published, rules, earlier, knowledge, findings)


def _proof(
    published: Sequence[PublishedTable],
    rules: Rules,
    earlier: Sequence[PublishedTable],
    knowledge: Knowledge,
    findings: Findings,
) -> Proof:
    ranges = findings.by_position()
    bounds = []
    kinds: dict[str, int] = {}
    for table in published:
        for cell in table.cells:
            if cell.count is None:
                lower, upper = ranges[knowledge.relations.index[key_of(table, cell.codes)]]
                bounds.append(Bounds(table.name, cell.codes, int(lower), None if np.isinf(upper) else int(upper)))
                kind = cell.kind or "primary"
                kinds[kind] = kinds.get(kind, 0) + 1
    widths = [knowledge.width(position, *pair) for position, pair in ranges.items()]
    finite = [width for width in widths if np.isfinite(width)]
    return Proof(
        method=METHOD,
        rules=rules,
        digest=digest_of(published),
        earlier=tuple(digest_of([table]) for table in earlier),
        cells=sum(len(table.cells) for table in published),
        withheld=dict(sorted(kinds.items())),
        narrowest=int(min(finite)) if finite else None,
        bounds=tuple(bounds),
    )


class _Plan:
    """The decisions about a linked set of tables while they are being made."""

    def __init__(self, tables: Sequence[Table], rules: Rules, earlier: Sequence[PublishedTable]) -> None:
        self.rules = rules
        self.earlier = earlier
        self.tables = tables
        self.counts = _agreed_counts(tables)
        self.impossible = {key_of(table, cell) for table in tables for cell in table.structural}
        self.names = {key_of(t, c): place(t.dimensions, c) for t in reversed(tables) for c in t.counts}
        self.before = {key_of(table, cell.codes): cell for table in earlier for cell in table.cells}
        self.kinds: dict[Key, Kind] = {}
        self.protects: dict[Key, str] = {}
        self.explains = True
        self._withhold_what_the_rules_say()

    def _withhold_what_the_rules_say(self) -> None:
        relations = relate(self.tables)
        shown_zeros = self._shown_zeros(relations)
        for position, key in enumerate(relations.keys):
            kind = None if position in shown_zeros else self._kind(key)
            if kind is not None:
                self.kinds[key] = kind

    def _shown_zeros(self, relations: Relations) -> frozenset[int]:
        """Zeros that a reader may see, or knows anyway: impossible, shown earlier, or inside another such zero.

        Where the rules show zeros, those inside a group that is itself too small are not among them.
        """
        zeros = {i for i, key in enumerate(relations.keys) if self.counts[key] == 0}
        small = {i for i, key in enumerate(relations.keys) if self.rules.is_small(self.counts[key])}
        inside_small = _spread(small, relations, range(len(relations.keys)))
        known = {i for i in zeros if relations.keys[i] in self.impossible or self._was_zero(relations.keys[i])}
        hidden = {i for i in zeros if self._was_hidden(relations.keys[i])}
        free = zeros - inside_small - hidden if self.rules.zeros == "published" else set()
        return frozenset(_spread(known | free, relations, zeros))

    def _was_zero(self, key: Key) -> bool:
        before = self.before.get(key)
        return before is not None and before.count == 0

    def _was_hidden(self, key: Key) -> bool:
        before = self.before.get(key)
        return before is not None and before.count is None

    def _kind(self, key: Key) -> Kind | None:
        count, before = self.counts[key], self.before.get(key)
        if count < self.rules.threshold:
            return "primary"
        if before is None or before.count is None:
            return None if before is None else "earlier"
        return "difference" if 0 < abs(count - before.count) < self.rules.threshold else None

    def complete(self) -> tuple[tuple[PublishedTable, ...], Proof]:
        """Withhold further cells until every withheld one is left with a range that is wide enough.

        The first companions are sought for every cell, from the counts; then, as often as needed, for those cells
        that a reader of what would be published can still bound too well. Where that cannot be done because the
        reasons themselves tell too much, the reasons are left out.
        """
        published, knowledge = self._as_it_stands()
        demand = self.rules.protection
        self._find_companions(knowledge, knowledge.kinds, demand)
        while True:
            published, knowledge = self._as_it_stands()
            findings = attack(knowledge.relations, knowledge.known, knowledge.limits)
            narrow = _too_narrow(knowledge, findings, self.rules)
            if not narrow:
                return published, _proof(published, self.rules, self.earlier, knowledge, findings)
            if self._find_companions(knowledge, narrow, demand):
                demand = self.rules.protection
                continue
            demand += 1
            if demand > 4 * self.rules.threshold:
                if not self.explains:
                    raise CannotProtect(self._refusal(knowledge, narrow))
                self.explains = False
                demand = self.rules.protection

    def _as_it_stands(self) -> tuple[tuple[PublishedTable, ...], Knowledge]:
        published = tuple(self.publish(table) for table in self.tables)
        return published, gather(published, self.rules, self.earlier)

    def _find_companions(self, knowledge: Knowledge, targets: Collection[int], demand: int) -> bool:
        """Withhold what the targets need beside them; False when nothing more was found."""
        floor = self.rules.threshold if self.explains else 0
        compensation = _Compensation(knowledge, self._stand_ins(knowledge), self._may_withhold(knowledge), floor)
        chosen = compensation.widen(targets, demand)
        for position, needed_by in chosen.items():
            key = knowledge.relations.keys[position]
            self.kinds[key] = "complementary"
            self.protects[key] = self.names.get(knowledge.relations.keys[needed_by], "an earlier table")
        return bool(chosen)

    def _stand_ins(self, knowledge: Knowledge) -> FloatArray:
        """The counts, with any agreeing numbers in place of those that only an earlier table has and withholds."""
        relations = knowledge.relations
        counts = np.full(len(relations.keys), np.nan)
        for position, key in enumerate(relations.keys):
            if key in self.counts:
                counts[position] = self.counts[key]
            elif position in knowledge.known:
                counts[position] = knowledge.known[position]
        unknown = np.flatnonzero(np.isnan(counts))
        if len(unknown):
            counts[unknown] = 0.0
            offset = relations.matrix @ counts
            programme = Programme(
                relations.matrix[:, unknown],
                relations.lower - offset,
                relations.upper - offset,
                np.array([knowledge.limits[i][0] for i in unknown.tolist()]),
                np.array([min(knowledge.limits[i][1], 1e7) for i in unknown.tolist()]),
            )
            point = Solver(programme).minimise_whole(np.zeros(len(unknown)))
            if point is None:
                raise CannotProtect(
                    "An earlier table of the same population and period no longer agrees with these counts, though no "
                    "published number tells so. Publish its revision together with these tables."
                )
            counts[unknown] = np.rint(point)
        return counts

    def _may_withhold(self, knowledge: Knowledge) -> frozenset[int]:
        """The cells that can still be withheld to protect others: not small, not zero, not known already."""
        return frozenset(
            position
            for position, key in enumerate(knowledge.relations.keys)
            if key in self.counts
            and key not in self.kinds
            and self.counts[key] >= self.rules.threshold
            and not self._is_known_already(key)
        )

    def _is_known_already(self, key: Key) -> bool:
        before = self.before.get(key)
        return before is not None and before.count == self.counts[key]

    def _refusal(self, knowledge: Knowledge, narrow: Sequence[int]) -> str:
        named = ", ".join(self.names.get(knowledge.relations.keys[i], "a cell of an earlier table") for i in narrow[:3])
        return (
            f"No way was found to keep {len(narrow)} withheld cell(s) from being worked out ({named}): what else would "
            "have to be withheld is already published or zero. Merge codes, lengthen the period, or do not publish."
        )

    def publish(self, table: Table) -> PublishedTable:
        """The table as it would leave now."""
        cells = []
        for codes, count in table.counts.items():
            key = key_of(table, codes)
            kind = self.kinds.get(key)
            cells.append(
                PublishedCell(codes, impossible=codes in table.structural, count=count)
                if kind is None
                else PublishedCell(codes, kind=kind if self.explains else "unexplained")
            )
        return PublishedTable(table.name, table.population, table.period, table.dimensions, tuple(cells))

    def reasons(self) -> dict[tuple[str, Cell], Reason]:
        """Why each withheld cell is withheld."""
        found = {}
        for table in self.tables:
            for codes in table.counts:
                key = key_of(table, codes)
                if key in self.kinds:
                    found[table.name, codes] = Reason(self.kinds[key], self.protects.get(key), self.rules.threshold)
        return found


class _Compensation:
    """Finds, for a cell that could be worked out, the cheapest cells to withhold with it.

    The cell is moved away from its count, up and down, as far as the rules ask; the margins that are published must
    not move, so other cells have to. Those that move are withheld. The cost of moving a published cell is the square
    root of its count, which spares large cells and margins; moving a withheld one costs next to nothing.
    """

    def __init__(self, knowledge: Knowledge, counts: FloatArray, open_cells: frozenset[int], floor: int) -> None:
        relations = knowledge.relations
        self.counts = counts
        self.floor = floor
        self.open_cells = open_cells
        both = csr_array(hstack([relations.matrix, -relations.matrix]))
        offset = relations.matrix @ counts
        self.size = len(counts)
        self.room = np.zeros(2 * self.size)
        self.cost = np.tile(np.sqrt(np.maximum(counts, 0.0)) + 1.0, 2)
        for position in open_cells:
            self.room[position] = np.inf
            self.room[self.size + position] = counts[position] - floor
        for position, (least, most) in knowledge.limits.items():
            self._release(position, least, most)
        nothing = np.zeros(2 * self.size)
        self.solver = Solver(
            Programme(both, relations.lower - offset, relations.upper - offset, nothing, self.room.copy())
        )
        self.demand = 0
        self.reached_lower = counts.copy()
        self.reached_upper = counts.copy()

    def _release(self, position: int, least: float, most: float) -> None:
        self.room[position] = max(most - self.counts[position], 0.0)
        self.room[self.size + position] = max(self.counts[position] - least, 0.0)
        self.cost[[position, self.size + position]] = NEXT_TO_NOTHING

    def widen(self, targets: Collection[int], demand: int) -> dict[int, int]:
        """The cells to withhold, each with the target for whose sake."""
        self.demand = demand
        chosen: dict[int, int] = {}
        for target in sorted(targets, key=lambda position: (self.counts[position], position)):
            if self.reached_upper[target] - self.reached_lower[target] >= demand:
                continue
            for position in self._moved(target, demand):
                if position in self.open_cells and position not in chosen:
                    chosen[position] = target
                    self._release(position, self.floor, np.inf)
        return chosen

    def _moved(self, target: int, demand: int) -> list[int]:
        moved: set[int] = set()
        up = min(demand, self._room(target, upwards=True))
        up, positions = self._move(target, up, upwards=True)
        moved |= positions
        down = min(demand - up, self._room(target, upwards=False))
        if down > 0:
            down, positions = self._move(target, down, upwards=False)
            moved |= positions
        return sorted(moved)

    def _room(self, target: int, *, upwards: bool) -> int:
        return int(min(self.room[target if upwards else self.size + target], 1e6))

    def _move(self, target: int, amount: int, *, upwards: bool) -> tuple[int, set[int]]:
        """Move the target by the amount, or by as much as can be; what moved with it."""
        column, opposite = (target, self.size + target) if upwards else (self.size + target, target)
        self.solver.limit(opposite, 0.0, 0.0)
        point = None
        while amount > 0 and point is None:
            self.solver.limit(column, amount, amount)
            point = self.solver.minimise(self._cost_now())
            amount -= point is None
        self.solver.limit(column, 0.0, self.room[column])
        self.solver.limit(opposite, 0.0, self.room[opposite])
        if point is None:
            return 0, set()
        step = point[: self.size] - point[self.size :]
        self.reached_upper = np.maximum(self.reached_upper, self.counts + step)
        self.reached_lower = np.minimum(self.reached_lower, self.counts + step)
        return amount, set(np.flatnonzero(np.abs(step) > TOLERANCE).tolist())

    def _cost_now(self) -> FloatArray:
        """The cost, with a small reward for moving withheld cells on the way that were not yet moved enough.

        One search then serves many cells. Each is rewarded in one direction only, the one with more room, and what
        it costs in the other is more than the reward, so that no cell is moved up and down at once.
        """
        cost = self.cost.copy()
        up, down = self.room[: self.size], self.room[self.size :]
        still = (self.cost[: self.size] == NEXT_TO_NOTHING) & np.isfinite(up)
        still &= self.reached_upper - self.reached_lower < self.demand
        rewarded, other = np.arange(self.size)[still], np.arange(self.size)[still] + self.size
        more_down = (down > up)[still]
        rewarded[more_down], other[more_down] = other[more_down], rewarded[more_down].copy()
        cost[rewarded] = -NEXT_TO_NOTHING
        cost[other] = 2 * NEXT_TO_NOTHING
        return cost


def _spread(seeds: set[int], relations: Relations, within: Collection[int]) -> set[int]:
    """The seeds and every cell `within` that is contained, directly or through others of these, in one of them."""
    found = set(seeds)
    while True:
        inside = {i for i in within if i not in found and not found.isdisjoint(relations.containing[i])}
        if not inside:
            return found
        found |= inside


def _too_narrow(knowledge: Knowledge, findings: Findings, rules: Rules) -> list[int]:
    return [
        position
        for position, (lower, upper) in findings.by_position().items()
        if knowledge.width(position, lower, upper) < rules.protection
    ]


def _agreed_counts(tables: Sequence[Table]) -> dict[Key, int]:
    counts: dict[Key, int] = {}
    for table in tables:
        for cell, count in table.counts.items():
            if counts.setdefault(key_of(table, cell), count) != count:
                raise ValueError(
                    f"Table {table.name} has {count} at {place(table.dimensions, cell)}, another table of the set has "
                    f"{counts[key_of(table, cell)]} for the same; linked tables must agree before they are protected."
                )
    return counts


__all__ = ["CannotProtect", "Contradiction", "Protected", "Reason", "protect", "prove"]
