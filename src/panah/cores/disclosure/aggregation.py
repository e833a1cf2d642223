"""Counting many records by several keys, blurred before anybody sees them: one expression for every engine.

The expression is Ibis, so that DuckDB runs it on one machine and Spark on many; what comes back is the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from panah.cores.disclosure.noise import KEYS, Noise

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

COUNT, KEY = "count", "cell_key"


def cells(records: ir.Table, by: Sequence[str], record_key: str) -> ir.Table:
    """One row a cell: the columns of `by`, the count of records and the cell key. An expression: nothing is run.

    records: one row a record, with its key (0 to KEYS - 1) in the column `record_key`. Must not leave as it is.
    """
    return records.group_by(list(by)).agg(
        **{COUNT: records.count(), KEY: (records[record_key].cast("int64").sum() % KEYS).cast("int32")}
    )


def published(counted: pa.Table, noise: Noise) -> pa.Table:
    """The cells as they may leave: counts blurred, cell keys gone, and nothing said of cells that became zero."""
    import pyarrow as pa
    import pyarrow.compute as pc

    counts = noise.publish(
        counted[COUNT].to_numpy().astype(np.int64, copy=False), counted[KEY].to_numpy().astype(np.int64, copy=False)
    )
    shown = counted.drop_columns([COUNT, KEY]).append_column(COUNT, pa.array(counts))
    return shown.filter(pc.greater(shown[COUNT], 0))
