"""The one shape in which every figure reaches the hub, whoever produced it.

A figure says how many persons of one origin were in one destination in one period. What the two words mean is fixed
by the indicator: country of asylum and country of origin for UNHCR, country of residence and country of birth for UN
DESA.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

REGION = ("AFG", "AZE", "IRN", "KAZ", "KGZ", "PAK", "TJK", "TKM", "TUR", "UZB")
"""The ten states whose figures the hub shows, as ISO 3166-1 alpha-3. Whether each is a member is a dated fact kept
elsewhere.
"""

TOTAL = "_T"
"""All countries together, written as SDMX writes a total."""

UNKNOWN = "XXX"
"""Origin not known, the code that the producer's own list of countries gives to it."""

STATELESS = "XXA"
"""Stateless, the code of ICAO Doc 9303."""

PERSONS = "persons"
CASES = "cases"
PERCENT = "percent"
UNDECLARED = "undeclared"

SMALL_COUNT = "small_count"
ROUNDED = "rounded"
NIL_OR_NOT_AVAILABLE = "nil_or_not_available"
INCLUDES_SMALL = "includes_small_counts"
BELOW_FIVE = "below_five"
CASES_LEFT_OUT = "cases_left_out"
ONLY_CASES = "only_cases"
NAMED_ORIGINS_ONLY = "named_origins_only"
SMALL_DENOMINATOR = "small_denominator"

Number = int | Decimal
Breakdown = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure was read: producer and edition, the licence that the producer states, and the date as of which
    it stood.

    `as_of` is the date of the edition; `retrieved` the day on which the copy was read. `licence` is "not stated"
    where the producer states none. `sha256` is the digest of the file that was read.
    """

    input: str
    producer: str
    title: str
    edition: str
    licence: str
    licence_url: str
    as_of: date
    retrieved: date
    obtained_from: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with everything that it must never be shown without.

    `destination` and `origin` are ISO 3166-1 alpha-3, XXA, XXX or TOTAL. `period` is a calendar year; whether it
    means its end, its middle or its whole course is said by the indicator. A missing value is None and never 0. A
    rate carries its numerator and denominator.
    """

    indicator: str
    destination: str
    origin: str
    period: int
    value: Number | None
    unit: str
    source: Source
    breakdown: Breakdown = ()
    flags: tuple[str, ...] = ()
    numerator: int | None = None
    denominator: int | None = None

    def broken_down_by(self, dimension: str) -> str:
        """The code in one dimension of the breakdown; empty when the figure is not broken down by it."""
        return next((code for name, code in self.breakdown if name == dimension), "")


@dataclass(frozen=True, slots=True)
class Country:
    """A country or area: ISO 3166-1 alpha-3, the M49 number by which maps know it, and its short names."""

    code: str
    m49: str
    name_en: str
    name_ru: str

    def name(self, language: str) -> str:
        """The short name in Russian for a language code that begins with `ru`, otherwise in English."""
        return self.name_ru if language.startswith("ru") and self.name_ru else self.name_en


def breakdown(parts: Mapping[str, str]) -> Breakdown:
    """A breakdown in its one canonical order, without dimensions that are empty."""
    return tuple(sorted((name, code) for name, code in parts.items() if code))
