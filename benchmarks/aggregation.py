"""Ten million records counted by five keys and blurred; all margins of a million records; beside plain DuckDB and pandas.

    python -m benchmarks.aggregation

Invented records of skewed groups, written once as Parquet. Best of three in the same run; seconds of wall time.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import ibis
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.bench import describe
from panah.cores.disclosure.aggregation import cells, published
from panah.cores.disclosure.cell_key import cube
from panah.cores.disclosure.noise import KEYS, Noise

FLOWS = {"origin": 22, "destination": 20, "sex": 2, "age": 10, "year": 6}
PERMITS = {"region": 20, "citizenship": 20, "sex": 2, "age": 8, "sector": 12}


def columns(axes: dict[str, int], rows: int) -> tuple[dict[str, np.ndarray], np.ndarray]:
    chance = np.random.default_rng(2026)

    def one(size: int) -> np.ndarray:
        weights = np.arange(1, size + 1) ** -0.7
        return chance.choice(size, rows, p=weights / weights.sum()).astype(np.int16)

    return {name: one(size) for name, size in axes.items()}, chance.integers(0, KEYS, rows).astype(np.int16)


def best(work: Callable[[], object], times: int = 3) -> float:
    found = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        found.append(time.perf_counter() - began)
    return min(found)


def ten_millions(folder: Path) -> None:
    codes, keys = columns(FLOWS, 10_000_000)
    file = folder / "flows.parquet"
    pq.write_table(pa.table({**codes, "record_key": keys}), file)
    print(f"10,000,000 records by {', '.join(FLOWS)}; {file.stat().st_size / 1e6:.0f} MB of Parquet")
    connection = ibis.duckdb.connect()
    records = connection.read_parquet(file)
    noise = Noise(threshold=5, most=4)
    expression = cells(records, list(FLOWS), "record_key")
    shown = published(connection.to_pyarrow(expression), noise)
    print(
        f"| counted and blurred, Ibis on DuckDB | {best(lambda: published(connection.to_pyarrow(expression), noise)):.3f} s | {shown.num_rows} cells shown |"
    )
    plain = f"SELECT {', '.join(FLOWS)}, count(*) FROM '{file}' GROUP BY ALL"
    print(f"| counted only, DuckDB by hand | {best(lambda: duckdb.sql(plain).to_arrow_table()):.3f} s | |")

    def with_pandas() -> None:
        import pandas as pd

        pd.read_parquet(file).groupby(list(FLOWS), observed=True).size()

    print(f"| counted only, pandas | {best(with_pandas, 1):.3f} s | once |")


def a_million() -> None:
    codes, keys = columns(PERMITS, 1_000_000)
    noise = Noise()
    noise.digest  # noqa: B018 - the table of chances is made once

    def work() -> int:
        whole = cube(PERMITS, list(codes.values()), keys)
        return sum(margin.published(noise).size for margin in whole.margins())

    print(
        f"\n1,000,000 records by {', '.join(PERMITS)}\n| all {2 ** len(PERMITS)} margins, {work():,} cells, blurred | {best(work):.3f} s | |"
    )


if __name__ == "__main__":
    describe("Counting and blurring")
    with tempfile.TemporaryDirectory() as name:
        ten_millions(Path(name))
    a_million()
