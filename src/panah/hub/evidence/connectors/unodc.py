"""United Nations Office on Drugs and Crime, Global Report on Trafficking in Persons: victims, prosecutions, convictions.

A count below five is published as `<5`; it is read as a figure without a value that is known to be 1 to 4, and never as
0 or as a number. Read are totals and the forms of exploitation, by sex and age. Citizenships are left out: they are
written in many ways, and are small counts about persons in danger. Where one heading stands several times with
different numbers it cannot be said which is meant, and none is read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from panah.hub.evidence.connectors.reading import Row, rows
from panah.hub.evidence.figures import BELOW_FIVE, PERSONS, TOTAL, Figure, Source, breakdown

VERSION = "1"
PRODUCER = "United Nations Office on Drugs and Crime (UNODC)"
LICENCE = "the producer's terms of use, with attribution"
LICENCE_URL = ""

INDICATORS = {
    "Detected trafficking victims": "victims",
    "Persons prosecuted": "prosecuted",
    "Persons convicted": "convicted",
    "Persons brought into formal contact": "suspected",
    "Offences of trafficking in persons": "offences",
}
FORMS = {
    "Total": "",
    "Sexual exploitation": "sexual_exploitation",
    "Forced labour": "forced_labour",
    "Other forms of exploitation": "other_forms",
}
SEXES = {"Total": "", "Female": "female", "Male": "male"}
AGES = {"Total": "", "18 years or over": "adults", "0 to 17 years": "children"}
_READ = ("Total", "by form of exploitation")
_KEY = ("Iso3_code", "Indicator", "Category", "Sex", "Age", "Year")
_SMALL = "<5"


def trafficking(path: Path, source: Source) -> Iterator[Figure]:
    """Persons of a year who were detected as victims, prosecuted or convicted, by state."""
    read = [row for row in rows(path, (*_KEY, "Dimension", "txtVALUE")) if _is_read(row)]
    often = Counter(_key(row) for row in read)
    for row in read:
        if often[_key(row)] > 1:
            continue
        small = row.text("txtVALUE") == _SMALL
        value = None if small else _without_commas(row).count("txtVALUE")
        if value is None and not small:
            continue
        parts = {
            "kind": INDICATORS[row.text("Indicator")],
            "form": FORMS[row.text("Category")],
            "sex": SEXES[row.text("Sex")],
            "age": AGES[row.text("Age")],
        }
        yield Figure(
            "trafficking", row.area("Iso3_code"), TOTAL, row.year("Year"), value, PERSONS, source,
            breakdown=breakdown(parts), flags=(BELOW_FIVE,) if small else (),
        )  # fmt: skip


def _without_commas(row: Row) -> Row:
    # The producer writes thousands as 1,526.
    return replace(row, cells={**row.cells, "txtVALUE": row.cells["txtVALUE"].replace(",", "")})


def _is_read(row: Row) -> bool:
    return (
        row.text("Dimension") in _READ
        and row.text("Indicator") in INDICATORS
        and row.text("Category") in FORMS
        and row.text("Sex") in SEXES
        and row.text("Age") in AGES
    )


def _key(row: Row) -> tuple[str, ...]:
    return tuple(row.text(column) for column in _KEY)
