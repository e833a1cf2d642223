"""A copy of the United Nations Treaty Collection, with signature and action of each participant.

Dates are written `30 Oct 2003`, followed by a letter: `a` accession, `d` succession, nothing ratification. The copy is of
March 2015 and lists participants alone. A state that it does not list is unknown and not absent: the copy lacks what
came later, and at least one accession of 2014.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from panah.hub.treaties.tables import PARTY, REGION, SIGNED, UNKNOWN, BadTableError, Status

SOURCE = "treaty-list-un-2015"
INSTRUMENTS = {
    "CSR1951": "convention-1951",
    "PSR1967": "protocol-1967",
    "STATELESS1954": "convention-1954",
    "STATELESS1961": "convention-1961",
    "ICRMW1990": "icrmw",
    "UNTOC2000": "untoc",
    "PALERMO_TIP": "trafficking-protocol",
    "PALERMO_SMUGGLING": "smuggling-protocol",
}
_DATED = re.compile(r"(\d{1,2} [A-Z][a-z]{2} \d{4})(?: ?([a-z]))?")
_ACTS = {None: "ratification", "a": "accession", "d": "succession"}
_COLUMNS = {"iso3", "instrument", "signature", "action"}
ABSENT = (
    "Not listed in this copy, which lacks what came later and at least one accession of 2014.",
    "В этой копии не значится; в ней нет более поздних актов и по меньшей мере одного присоединения 2014 года.",
)


def statements(path: Path, as_of: str) -> Iterator[Status]:
    """What the copy says of the ten states, by state and instrument. Raises BadTableError."""
    listed: set[tuple[str, str]] = set()
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        if not set(reader.fieldnames or ()) >= _COLUMNS:
            raise BadTableError(
                f"{path.name}: found are the columns {reader.fieldnames}, needed are {sorted(_COLUMNS)}."
            )
        for row in reader:
            place = f"{path.name}, row {reader.line_num}"
            code = INSTRUMENTS.get(row["instrument"])
            if code is None:
                raise BadTableError(f"{place}: '{row['instrument']}' is none of {', '.join(INSTRUMENTS)}.")
            if row["iso3"] not in REGION:
                continue
            listed.add((row["iso3"], code))
            yield from _of_row(row, code, as_of, place)
    for state in REGION:
        for code in INSTRUMENTS.values():
            if (state, code) not in listed:
                yield _said(state, code, "", "", UNKNOWN, as_of, "no", *ABSENT)


def _of_row(row: dict[str, str], code: str, as_of: str, place: str) -> Iterator[Status]:
    action, signature = row["action"].strip(), row["signature"].strip()
    if signature:
        day, letter = _read(signature, place, "signature")
        # A succession to a signature is written `d` in that column too.
        act = "succession" if letter == "d" else "signature"
        yield _said(row["iso3"], code, act, day, PARTY if action else SIGNED, as_of)
    if action:
        day, letter = _read(action, place, "action")
        if letter not in _ACTS:
            raise BadTableError(f"{place}, column 'action': found the letter '{letter}', allowed are a, d and nothing.")
        yield _said(row["iso3"], code, _ACTS[letter], day, PARTY, as_of)


def _read(text: str, place: str, column: str) -> tuple[str, str | None]:
    found = _DATED.fullmatch(text)
    try:
        if found is None:
            raise ValueError
        day = datetime.strptime(found[1], "%d %b %Y").date()  # noqa: DTZ007 - a day, no moment
    except ValueError:
        raise BadTableError(
            f"{place}, column '{column}': found '{text}', allowed is a day such as '30 Oct 2003 a'."
        ) from None
    return day.isoformat(), found[2]


def _said(
    state: str, code: str, act: str, day: str, value: str, as_of: str, verified: str = "yes", en: str = "", ru: str = ""
) -> Status:
    return Status(state, code, act, day, "", value, as_of, SOURCE, verified, en, ru)
