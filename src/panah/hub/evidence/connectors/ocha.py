"""OCHA and UNSD list of countries and areas: ISO 3166-1, M49, and short names in English and Russian."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from panah.hub.evidence.connectors.reading import rows
from panah.hub.evidence.figures import STATELESS, UNKNOWN, Country

VERSION = "1"
PRODUCER = "United Nations Office for the Coordination of Humanitarian Affairs (OCHA), after UNSD"
LICENCE = "not stated for the list; the package that carries it is under MIT"
LICENCE_URL = ""

_ISO, _M49 = "ISO 3166-1 Alpha 3-Codes", "m49 numerical code"
_NAMES = ("English Short", "Preferred Term"), ("Russian Short", "M49 Russian")

NOT_COUNTRIES = (
    Country(STATELESS, "", "Stateless", "Лица без гражданства"),
    Country(UNKNOWN, "", "Origin not known", "Происхождение не известно"),
)
"""What stands in a producer's tables in the place of a country."""


def countries(path: Path) -> Iterator[Country]:
    """Every country and area that has an ISO 3166-1 alpha-3 code, then those that stand in place of one."""
    (english, english_else), (russian, russian_else) = _NAMES
    for row in rows(path, (_ISO, _M49, *_NAMES[0], *_NAMES[1])):
        if not row.text(_ISO):
            continue
        number = row.count(_M49)
        yield Country(
            code=row.area(_ISO),
            m49=f"{number:03}" if number else "",
            name_en=row.text(english) or row.text(english_else),
            name_ru=row.text(russian) or row.text(russian_else),
        )
    yield from NOT_COUNTRIES
