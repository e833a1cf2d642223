"""Sums of amounts (money sent, days insured, costs) from records: cells that one or two givers dominate are withheld.

Primary by the p-percent and frequency rules, secondary by tau-ARGUS (pytauargus, EUPL-1.2, extra `panah[sdc]`), and then
its own audit, always: what a reader can bound of each withheld cell.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Mapping, Sequence

import msgspec

TOTAL = "_T"
_STATUS = {"S": "published", "U": "primary", "M": "complementary", "P": "published", "E": "empty"}


class SumRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """percent: nobody may be able to estimate another giver's amount to within so many percent (p-percent rule, the two
    largest). fewest: sums of fewer givers are withheld. Raises ValueError for values that protect nothing.
    """

    percent: int = 10
    fewest: int = 5

    def __post_init__(self) -> None:
        if not 1 <= self.percent <= 100 or self.fewest < 3:
            raise ValueError(
                f"percent is {self.percent} and fewest {self.fewest}; allowed are 1 to 100, and 3 or more."
            )


class SumCell(msgspec.Struct, frozen=True):
    """One cell: its sum, or None with why (`primary`, `complementary`, `empty`). lower and upper are what the audit found
    that a reader can still say; None for published cells.
    """

    codes: tuple[str, ...]
    total: float | None
    givers: int | None
    why: str = ""
    lower: float | None = None
    upper: float | None = None


def protect_sums(
    records: Sequence[Mapping[str, str | float]], by: Sequence[str], amount: str, rules: SumRules
) -> tuple[SumCell, ...]:
    """The table of sums over `by`, margins included (`_T`), with the proof of each withheld cell beside it.

    Raises ValueError for records that cannot be summed, and when the audit finds a cell that is bounded too well;
    RuntimeError that says what to install where pytauargus is not there. Changes the working folder while it runs: not for
    several threads at once.
    """
    try:
        import pandas as pd
        from pytauargus import protect
    except ImportError as error:
        raise RuntimeError("Sums of amounts are protected by tau-ARGUS; install panah[sdc].") from error
    if not 1 <= len(by) <= 4 or not records:
        raise ValueError(f"Sums need records and one to four axes; found {len(records)} records and {len(by)} axes.")
    rows = [{**{axis: str(record[axis]) for axis in by}, "amount": float(record[amount])} for record in records]
    if any(not row["amount"] >= 0 for row in rows):  # type: ignore[operator]
        raise ValueError(f"An amount in {amount} is negative or not a number; allowed is 0 or more.")
    # tau-ARGUS writes its notes, with counts in them, wherever the program stands.
    with tempfile.TemporaryDirectory(prefix="panah-sums-") as folder, contextlib.chdir(folder):
        done = protect(
            pd.DataFrame(rows),
            tables=[list(by)],
            response="amount",
            safety_rules=f"P({rules.percent},1)|FREQ({rules.fewest},30)",
            suppress="MOD(1)",
            decimals=2,
            totcode=TOTAL,
            workdir=folder,
        )
        audited = done.engine.audit(0)
        table = done.tables[0].dataframe().to_dict(orient="records")
    exposed = [one["cell"] for one in audited if one["unsafe"]]
    if exposed:
        raise ValueError(
            f"{len(exposed)} withheld sums can still be worked out too closely. Merge codes, or do not publish."
        )
    bounds = iter(sorted(audited, key=lambda one: one["cell"]))
    return tuple(_cell(row, by, bounds) for row in table)


def _cell(row: Mapping[str, object], by: Sequence[str], bounds: object) -> SumCell:
    codes = tuple(TOTAL if row[axis] in ("Total", TOTAL) else str(row[axis]).strip() for axis in by)
    why = _STATUS[str(row["status"]).strip()]
    if why == "published":
        return SumCell(codes, float(str(row["amount"])), int(str(row["freq"])))
    if why == "empty":
        return SumCell(codes, 0.0, 0)
    found = next(bounds)  # type: ignore[call-overload]
    return SumCell(codes, None, None, why, float(found["min"]), float(found["max"]))
