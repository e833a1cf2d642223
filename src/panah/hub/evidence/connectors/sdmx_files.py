"""National statistical offices that publish on the Sustainable Development Goals as SDMX-ML: Kyrgyzstan.

A file is read with the structure that it cites, which must lie beside it. Read are national rows that are broken down by
nothing but sex, age or the domain of policy. Rows of parts of the country, of wealth and of schooling are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import sdmx

from panah.hub.evidence.connectors.reading import UnreadableFileError
from panah.hub.evidence.figures import TOTAL, UNDECLARED, Figure, Source, breakdown

VERSION = "1"
PRODUCER = "National Statistical Committee of the Kyrgyz Republic"
LICENCE = "not stated for the figures; the repository that carries them is under MIT"
LICENCE_URL = ""

STRUCTURE = "SDG_DSD.KG_1.8.xml"
BY_ORIGIN = frozenset({"SM_POP_REFG_OR"})

_NATIONAL = {"KG": "KGZ", "417": "KGZ"}
_PARTS = ("SEX", "AGE", "COMPOSITE_BREAKDOWN")
_WHOLE = (
    "URBANISATION", "INCOME_WEALTH_QUANTILE", "EDUCATION_LEV", "OCCUPATION", "CUST_BREAKDOWN", "DISABILITY_STATUS", "ACTIVITY", "PRODUCT",
)  # fmt: skip


def series(path: Path, source: Source) -> Iterator[Figure]:
    """Every national figure with its series, its unit and the parts that are not the whole."""
    try:
        message: Any = sdmx.read_sdmx(path, structure=_structure(path.parent / STRUCTURE))
    except OSError:
        raise UnreadableFileError(
            f"{path.name} cannot be read without {STRUCTURE}, the structure that it cites. Put it into the same folder."
        ) from None
    for dataset in message.data:
        for observation in dataset.obs:
            figure = _figure(observation, source)
            if figure is not None:
                yield figure


def _figure(observation: Any, source: Source) -> Figure | None:
    key = {name: str(getattr(one.value, "id", one.value)) for name, one in observation.key.values.items()}
    state = _NATIONAL.get(key["REF_AREA"])
    if state is None or observation.value is None or any(key[name] != TOTAL for name in _WHOLE):
        return None
    unit = observation.attrib.get("UNIT_MEASURE")
    code = key["SERIES"]
    parts = {name.lower(): key[name] for name in _PARTS if key[name] != TOTAL}
    return Figure(
        indicator="sdg",
        destination=TOTAL if code in BY_ORIGIN else state,
        origin=state if code in BY_ORIGIN else TOTAL,
        period=int(key["TIME_PERIOD"]),
        value=Decimal(str(observation.value)),
        unit=str(getattr(unit, "value", unit) or UNDECLARED),
        source=source,
        breakdown=breakdown({"series": code, **parts}),
    )


@lru_cache(maxsize=2)
def _structure(path: Path) -> Any:
    message: Any = sdmx.read_sdmx(path)
    return next(iter(message.structure.values()))
