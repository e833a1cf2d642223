"""Tables of bits, turned on their side: from one integer a record to one integer a fact, and back.

With a column for each fact, one `and` of two integers asks every record of a batch at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np

FEW: Final = 8


def turned(rows: Sequence[int], width: int) -> list[int]:
    """`width` integers, of which the one at `at` has bit `row` set where `rows[row]` has bit `at` set.

    Bits of the rows from `width` on must be zero. Turning twice gives the rows again.
    """
    if not rows or not width:
        return [0] * width
    size = (width + 7) // 8
    packed = b"".join([row.to_bytes(size, "little") for row in rows])
    table = np.frombuffer(packed, np.uint8).reshape(len(rows), size)
    bits = np.unpackbits(table, axis=1, bitorder="little")
    sides = np.packbits(np.ascontiguousarray(bits.T), axis=1, bitorder="little")[:width]
    step = sides.shape[1]
    if step == 1:
        found: list[int] = sides.ravel().tolist()
        return found
    whole = sides.tobytes()
    return [int.from_bytes(whole[at : at + step], "little") for at in range(0, len(whole), step)]


def packed(records: Iterable[bool]) -> int:
    """The column in which the bit of each record is set for which this is true."""
    table = np.packbits(np.fromiter(records, np.bool_), bitorder="little")
    return int.from_bytes(table.tobytes(), "little")


def rows_of(column: int) -> list[int]:
    """The records whose bit is set, lowest first."""
    if column.bit_count() < FEW:
        rows = []
        while column:
            lowest = column & -column
            rows.append(lowest.bit_length() - 1)
            column ^= lowest
        return rows
    table = np.frombuffer(column.to_bytes((column.bit_length() + 7) // 8, "little"), np.uint8)
    found: list[int] = np.flatnonzero(np.unpackbits(table, bitorder="little")).tolist()
    return found


def patterns(columns: Sequence[int], rows: Sequence[int]) -> list[int]:
    """For each of these records its bits in the columns, the first column lowest."""
    size = (max(map(int.bit_length, columns), default=0) + 7) // 8
    if not size:
        return [0] * len(rows)
    width = size * 8
    packed_columns = b"".join([column.to_bytes(size, "little") for column in columns])
    table = np.frombuffer(packed_columns, np.uint8).reshape(len(columns), size)
    bits = np.zeros((len(columns), max(width, rows[-1] + 1)), np.uint8)
    bits[:, :width] = np.unpackbits(table, axis=1, bitorder="little")
    sides = np.packbits(bits[:, rows], axis=0, bitorder="little")
    step = sides.shape[0]
    if step == 1:
        found: list[int] = sides.ravel().tolist()
        return found
    whole = np.ascontiguousarray(sides.T).tobytes()
    return [int.from_bytes(whole[at : at + step], "little") for at in range(0, len(whole), step)]
