"""Tables of bits, turned on their side: from one integer a record to one integer a fact, and back.

With a column for each fact, one `and` of two integers asks every record of a batch at once.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


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
