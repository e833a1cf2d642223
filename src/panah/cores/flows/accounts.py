"""What flows are estimated from: stocks by place of birth at two times, and births and deaths between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Accounts:
    """Stocks of persons by place of birth (rows) and of residence (columns) at the start and the end of a period, with
    the births and deaths in each region during it. All in the order of `regions`; counts of persons, none missing.
    """

    regions: tuple[str, ...]
    start: Matrix
    end: Matrix
    births: Matrix
    deaths: Matrix


def accounts(
    start: Mapping[tuple[str, str], float],
    end: Mapping[tuple[str, str], float],
    births: Mapping[str, float],
    deaths: Mapping[str, float],
) -> Accounts:
    """The accounts of the regions of `births`; stocks are keyed by birth and residence.

    Raises ValueError, in sentences, where a region or a pair is missing, unknown, negative or not a number. A pair that
    is not there is never read as nobody: who means zero writes 0.
    """
    regions = tuple(births)
    if len(regions) < 2:
        raise ValueError(f"Flows need at least two regions; births and deaths are given for {len(regions)}.")
    if unlike := sorted(set(births) ^ set(deaths)):
        raise ValueError(f"Births and deaths must be of the same regions; only one of the two has {', '.join(unlike)}.")
    known = set(regions)
    for name, stock in (("start", start), ("end", end)):
        strange = sorted({region for pair in stock for region in pair} - known)
        if strange:
            raise ValueError(
                f"The stock at the {name} names {', '.join(strange)}, for which births and deaths are missing."
            )
        absent = [f"born in {b}, living in {r}" for b in regions for r in regions if (b, r) not in stock]
        if absent:
            raise ValueError(
                f"The stock at the {name} has no number for those {absent[0]} ({len(absent)} pairs are missing in all). "
                "Write 0 where nobody is meant; people born where they live are needed too."
            )
    made = Accounts(
        regions,
        _square(start, regions),
        _square(end, regions),
        np.array([births[region] for region in regions], dtype=np.float64),
        np.array([deaths[region] for region in regions], dtype=np.float64),
    )
    for name, values in (("births", made.births), ("deaths", made.deaths), ("start", made.start), ("end", made.end)):
        if not np.isfinite(values).all() or (values < 0).any():
            raise ValueError(
                f"Among the numbers of {name} is one that is negative or not a number; allowed are counts of persons."
            )
    for name, stocks in (("start", made.start), ("end", made.end)):
        if not np.diag(stocks).any():
            raise ValueError(
                f"In the stock at the {name} nobody lives where they were born; those who never moved are needed too."
            )
    return made


def _square(stock: Mapping[tuple[str, str], float], regions: tuple[str, ...]) -> Matrix:
    return np.array([[stock[birth, residence] for residence in regions] for birth in regions], dtype=np.float64)
