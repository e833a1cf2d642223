"""One expression on two engines: DuckDB on this machine, Spark where there are many."""

from __future__ import annotations

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from panah.cores.disclosure.aggregation import cells, published
from panah.cores.disclosure.cell_key import cube
from panah.cores.disclosure.noise import KEYS, Noise

AXES = {"origin": 5, "destination": 4, "sex": 2}
NOISE = Noise(threshold=5, most=4)


@pytest.fixture(scope="module")
def records(tmp_path_factory):
    chance = np.random.default_rng(1)
    columns = {name: chance.integers(0, size, 3000).astype(np.int16) for name, size in AXES.items()}
    columns["record_key"] = chance.integers(0, KEYS, 3000).astype(np.int16)
    file = tmp_path_factory.mktemp("records") / "records.parquet"
    pq.write_table(pa.table(columns), file)
    return file, columns


def rows(table):
    return {tuple(row[name] for name in AXES): row["count"] for row in table.to_pylist()}


def test_what_the_engine_counts_is_what_the_cube_counts(records):
    file, columns = records
    connection = ibis.duckdb.connect()
    shown = published(connection.to_pyarrow(cells(connection.read_parquet(file), list(AXES), "record_key")), NOISE)
    whole = cube(AXES, [columns[name] for name in AXES], columns["record_key"]).published(NOISE)
    assert rows(shown) == {place: whole[place] for place in np.ndindex(*AXES.values()) if whole[place]}
    assert "cell_key" not in shown.column_names


@pytest.mark.slow
def test_spark_gives_the_same_from_the_same_expression(records):
    from pyspark.sql import SparkSession

    file, _ = records
    session = (
        SparkSession.builder.master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "1")
        .getOrCreate()
    )
    try:
        there = ibis.pyspark.connect(session)
        spark = there.to_pyarrow(cells(there.read_parquet(str(file)), list(AXES), "record_key"))
    finally:
        session.stop()
    here = ibis.duckdb.connect()
    duckdb = here.to_pyarrow(cells(here.read_parquet(file), list(AXES), "record_key"))
    assert rows(published(spark, NOISE)) == rows(published(duckdb, NOISE))
