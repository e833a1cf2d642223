"""The one door to the linear and integer programmes, which HiGHS solves."""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

FloatArray = NDArray[np.float64]

NODES = 2000
TOLERANCE = 1e-6


@dataclass(frozen=True)
class Programme:
    """`lower <= matrix @ x <= upper` and `least <= x <= most`."""

    matrix: csr_array
    lower: FloatArray
    upper: FloatArray
    least: FloatArray
    most: FloatArray


class Solver:
    """Solves one programme for many objectives, each from where the one before ended.

    One thread, fixed seed, and a search limit in nodes, not seconds: the same questions in the same order always get
    the same answers.
    """

    def __init__(self, programme: Programme) -> None:
        self._columns = np.arange(len(programme.least), dtype=np.int32)
        self._programme = programme
        self._relaxed = _load(programme, whole=False)
        self._whole: highspy.Highs | None = None

    def minimise(self, cost: FloatArray) -> FloatArray | None:
        """A cheapest point of the relaxation; None where there is no point at all."""
        return self._run(self._relaxed, cost)

    def minimise_whole(self, cost: FloatArray) -> FloatArray | None:
        """A cheapest point in whole numbers; None where there is none or the search limit was met."""
        if self._whole is None:
            self._whole = _load(self._programme, whole=True)
        return self._run(self._whole, cost)

    def limit(self, column: int, least: float, most: float) -> None:
        """Change the limits of one number, in the relaxation."""
        self._relaxed.changeColBounds(column, least, most)

    def _run(self, model: highspy.Highs, cost: FloatArray) -> FloatArray | None:
        model.changeColsCost(len(cost), self._columns, cost)
        model.run()
        if model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        return np.array(model.getSolution().col_value, dtype=float)


def _load(programme: Programme, *, whole: bool) -> highspy.Highs:
    model = highspy.Highs()  # type: ignore[no-untyped-call]
    model.setOptionValue("output_flag", False)
    model.setOptionValue("threads", 1)
    model.setOptionValue("random_seed", 0)
    model.setOptionValue("mip_max_nodes", NODES)
    model.setOptionValue("mip_rel_gap", 0.0)
    rows, columns = programme.matrix.shape
    linear = highspy.HighsLp()
    linear.num_row_, linear.num_col_ = rows, columns
    linear.col_cost_ = np.zeros(columns)
    linear.col_lower_, linear.col_upper_ = programme.least, programme.most
    linear.row_lower_, linear.row_upper_ = programme.lower, programme.upper
    linear.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    linear.a_matrix_.start_ = programme.matrix.indptr
    linear.a_matrix_.index_ = programme.matrix.indices
    linear.a_matrix_.value_ = programme.matrix.data
    if whole:
        linear.integrality_ = [highspy.HighsVarType.kInteger] * columns
    model.passModel(linear)
    return model


def is_whole(point: FloatArray) -> bool:
    """True when every number of the point is whole, within the solver's tolerance."""
    return bool(np.abs(point - np.rint(point)).max(initial=0.0) <= TOLERANCE)
