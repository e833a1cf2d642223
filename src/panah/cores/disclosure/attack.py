"""What a reader of published tables can find out about the cells that are withheld.

The reader assumed here knows every published number of the linked tables and the earlier releases, all margins and
hierarchies, the rules, and for each withheld cell the kind of reason. For each withheld cell the smallest and the
largest count are sought that some complete table of whole numbers can have that agrees with all of this.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from panah.cores.disclosure.relations import Relations
from panah.cores.disclosure.solver import TOLERANCE, FloatArray, Programme, Solver, is_whole

ROUNDS = 20
NARROW = 50.0


class Contradiction(ValueError):
    """The published numbers cannot all be true: no table agrees with them."""


@dataclass(frozen=True)
class Findings:
    """What the reader can say of each withheld cell, by its position in the relations.

    lower, upper: the smallest and largest count that a complete table of whole numbers was found for, so that the
        reader cannot rule them out. upper is infinite where nothing published limits the cell.
    outer_lower, outer_upper: what the reader is sure of. Equal to lower and upper unless the search limit was met.
    """

    positions: tuple[int, ...]
    lower: FloatArray
    upper: FloatArray
    outer_lower: FloatArray
    outer_upper: FloatArray

    def by_position(self) -> Mapping[int, tuple[float, float]]:
        """(lower, upper) by position."""
        pairs = zip(self.lower.tolist(), self.upper.tolist(), strict=True)
        return dict(zip(self.positions, pairs, strict=True))


def attack(
    relations: Relations,
    known: Mapping[int, int],
    limits: Mapping[int, tuple[float, float]],
) -> Findings:
    """Bound every withheld cell.

    known: the published count of each cell that is not withheld.
    limits: what the kind of reason alone tells about each withheld cell.
    Raises Contradiction when no table agrees with what was published.
    """
    positions = np.array(sorted(limits), dtype=int)
    least = np.array([limits[i][0] for i in positions], dtype=float)
    most = np.array([limits[i][1] for i in positions], dtype=float)
    fixed = np.zeros(len(relations.keys))
    for position, count in known.items():
        fixed[position] = count
    offset = relations.matrix @ fixed
    programme = Programme(
        relations.matrix[:, positions], relations.lower - offset, relations.upper - offset, least, most
    )
    unlimited = 1e6 + 100 * float(fixed.max(initial=0.0))
    found = np.empty((4, len(positions)))
    for members, part in _separate(_tighten(programme)):
        search = _Search(part, unlimited)
        search.run()
        found[:, members] = (search.lower, search.upper, search.outer_lower, search.outer_upper)
    return Findings(tuple(positions.tolist()), *found)


def _tighten(programme: Programme) -> Programme:
    """Carry the limits through every relation until nothing moves (interval arithmetic), and drop idle relations."""
    least, most = programme.least.copy(), programme.most.copy()
    entries = _Entries(programme)
    for _ in range(ROUNDS):
        smallest, largest = entries.implied(least, most)
        narrower_least, narrower_most = least.copy(), most.copy()
        np.maximum.at(narrower_least, entries.column, np.ceil(smallest - TOLERANCE))
        np.minimum.at(narrower_most, entries.column, np.floor(largest + TOLERANCE))
        settled = np.array_equal(least, narrower_least) and np.array_equal(most, narrower_most)
        least, most = narrower_least, narrower_most
        if np.any(least > most):
            raise Contradiction("No table of counts agrees with everything that is published.")
        if settled:
            break
    down, up = entries.reach(least, most)
    if np.any(down > programme.upper) or np.any(up < programme.lower):
        raise Contradiction("The published margins and their published parts do not add up.")
    keep = np.flatnonzero((down < programme.lower) | (up > programme.upper))
    return Programme(programme.matrix[keep, :], programme.lower[keep], programme.upper[keep], least, most)


class _Entries:
    """The matrix as a list of its entries, to reckon with all relations at once."""

    def __init__(self, programme: Programme) -> None:
        entries = programme.matrix.tocoo()
        self.row, self.column = entries.coords
        self.sign = entries.data
        self.lower, self.upper = programme.lower, programme.upper

    def implied(self, least: FloatArray, most: FloatArray) -> tuple[FloatArray, FloatArray]:
        """What each relation, given the limits of its other cells, says about each of its cells."""
        down, up = self._ends(least, most)
        smallest = self.lower[self.row] - self._without_own(up, np.inf)
        largest = self.upper[self.row] - self._without_own(down, -np.inf)
        positive = self.sign > 0
        return np.where(positive, smallest, -largest), np.where(positive, largest, -smallest)

    def reach(self, least: FloatArray, most: FloatArray) -> tuple[FloatArray, FloatArray]:
        """The smallest and largest value that the left side of each relation can take."""
        down, up = self._ends(least, most)
        return self._sum(down), self._sum(up)

    def _ends(self, least: FloatArray, most: FloatArray) -> tuple[FloatArray, FloatArray]:
        positive = self.sign > 0
        return (
            np.where(positive, least[self.column], -most[self.column]),
            np.where(positive, most[self.column], -least[self.column]),
        )

    def _sum(self, values: FloatArray) -> FloatArray:
        return np.asarray(np.bincount(self.row, weights=values, minlength=len(self.lower)), dtype=float)

    def _without_own(self, values: FloatArray, endless: float) -> FloatArray:
        without_end = np.isinf(values)
        finite = np.where(without_end, 0.0, values)
        others = self._sum(finite)[self.row] - finite
        others_without_end = self._sum(without_end.astype(float))[self.row] - without_end
        return np.where(others_without_end > 0, endless, others)


def _separate(programme: Programme) -> list[tuple[NDArray[np.intp], Programme]]:
    """The parts of the programme that share no relation, with the positions of their cells."""
    matrix = programme.matrix
    count, label = connected_components(abs(matrix).T @ abs(matrix), directed=False)
    row_label = np.array([label[matrix.indices[start]] for start in matrix.indptr[:-1]], dtype=int)
    parts = []
    for number in range(count):
        members = np.flatnonzero(label == number)
        rows = np.flatnonzero(row_label == number)
        part = Programme(
            csr_array(matrix[rows, :][:, members]),
            programme.lower[rows],
            programme.upper[rows],
            programme.least[members],
            programme.most[members],
        )
        parts.append((members, part))
    return parts


class _Search:
    """Closes in on the range of every cell of one part, from outside by relaxation and from inside by examples."""

    def __init__(self, programme: Programme, unlimited: float) -> None:
        self.unlimited = unlimited
        self.outer_lower = programme.least.copy()
        self.outer_upper = programme.most.copy()
        self.programme = Programme(
            programme.matrix,
            programme.lower,
            programme.upper,
            programme.least,
            np.minimum(programme.most, unlimited),
        )
        self.solver = Solver(self.programme)
        self.lower = np.full(len(self.outer_lower), np.inf)
        self.upper = np.full(len(self.outer_upper), -np.inf)

    def run(self) -> None:
        if not self.programme.matrix.shape[0]:
            self.lower, self.upper = self.outer_lower.copy(), self.outer_upper.copy()
            return
        if self._example(np.zeros(len(self.lower))) is None:
            raise Contradiction("No table of counts agrees with everything that is published.")
        self._push_together()
        for cell in range(len(self.lower)):
            for direction in (1.0, -1.0):
                if self._is_open(cell, direction):
                    self._push_alone(cell, direction)
        self.upper[self.upper >= self.unlimited / 2] = np.inf
        self.outer_upper[self.outer_upper >= self.unlimited / 2] = np.inf

    def _is_open(self, cell: int, direction: float) -> bool:
        if direction > 0:
            return bool(self.upper[cell] < min(self.outer_upper[cell], self.unlimited))
        return bool(self.lower[cell] > self.outer_lower[cell])

    def _push_together(self) -> None:
        """Drive cells that share no relation to their end in one example; that settles most of them."""
        rows = self.programme.matrix.tocsc()
        for direction in (1.0, -1.0):
            waiting = [cell for cell in range(len(self.lower)) if self._is_open(cell, direction)]
            while waiting:
                cost = np.zeros(len(self.lower))
                taken: set[int] = set()
                later = []
                for cell in waiting:
                    own = rows.indices[rows.indptr[cell] : rows.indptr[cell + 1]].tolist()
                    if taken.isdisjoint(own):
                        taken.update(own)
                        cost[cell] = -direction
                    else:
                        later.append(cell)
                self._example(cost)
                waiting = [cell for cell in later if self._is_open(cell, direction)]

    def _push_alone(self, cell: int, direction: float) -> None:
        """Drive one cell to its end; with what freedom is left, the other open cells of a narrow range as well."""
        narrow = self.outer_upper - self.outer_lower <= NARROW
        cost = np.where(narrow & (self.lower > self.outer_lower), 1.0, 0.0)
        cost[narrow & (self.upper < self.outer_upper)] = -1.0
        cost[cell] = -direction * NARROW * (len(cost) + 1)
        relaxed = self.solver.minimise(cost)
        if relaxed is not None:
            end = relaxed[cell]
            if direction > 0:
                self.outer_upper[cell] = min(self.outer_upper[cell], np.floor(end + TOLERANCE))
            else:
                self.outer_lower[cell] = max(self.outer_lower[cell], np.ceil(end - TOLERANCE))
            if is_whole(relaxed):
                self._remember(relaxed)
            if not self._is_open(cell, direction):
                return
        whole = self.solver.minimise_whole(cost)
        if whole is None:
            return
        self._remember(whole)
        if direction > 0:
            self.outer_upper[cell] = self.upper[cell]
        else:
            self.outer_lower[cell] = self.lower[cell]

    def _example(self, cost: FloatArray) -> FloatArray | None:
        point = self.solver.minimise(cost)
        if point is None or not is_whole(point):
            point = self.solver.minimise_whole(cost)
        if point is not None:
            self._remember(point)
        return point

    def _remember(self, point: FloatArray) -> None:
        point = np.rint(point)
        self.lower = np.minimum(self.lower, point)
        self.upper = np.maximum(self.upper, point)
