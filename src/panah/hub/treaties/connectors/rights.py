"""A table of eighteen human-rights instruments: for each state whether it is party, has signed, or has done nothing, and the year.

The year is that of becoming party; by which act is not told. `no action` is the producer's own word, so it is read as
not party on the day of the table, and not as silence.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from panah.hub.treaties.tables import NOT_PARTY, PARTY, REGION, SIGNED, BadTableError, Status

SOURCE = "treaty-list-rights-2022"
INSTRUMENTS = {
    "CAT": "cat",
    "CEDAW": "cedaw",
    "CPED": "cped",
    "CRC": "crc",
    "CRPD": "crpd",
    "ICCPR": "iccpr",
    "ICCPR_OP1": "iccpr-op1",
    "ICCPR_OP2": "iccpr-op2",
    "ICERD": "cerd",
    "ICESCR": "icescr",
    "ICESCR_OP": "icescr-op",
    "ICMW": "icrmw",
    "OP_CEDAW": "cedaw-op",
    "OP_CRC_AC": "crc-opac",
    "OP_CRC_IC": "crc-opic",
    "OP_CRC_SC": "crc-opsc",
    "OP_CRPD": "crpd-op",
    "OPCAT": "opcat",
}
_VALUES = {"state party": PARTY, "signatory state": SIGNED, "no action": NOT_PARTY}
_COLUMNS = {"iso3", "instrument", "status", "year"}


def statements(path: Path, as_of: str) -> Iterator[Status]:
    """What the table says of the ten states. Raises BadTableError."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        if not set(reader.fieldnames or ()) >= _COLUMNS:
            raise BadTableError(
                f"{path.name}: found are the columns {reader.fieldnames}, needed are {sorted(_COLUMNS)}."
            )
        for row in reader:
            place = f"{path.name}, row {reader.line_num}"
            code, value, year = INSTRUMENTS.get(row["instrument"]), _VALUES.get(row["status"]), row["year"].strip()
            if code is None:
                raise BadTableError(f"{place}: '{row['instrument']}' is none of {', '.join(INSTRUMENTS)}.")
            if value is None:
                raise BadTableError(f"{place}: the status '{row['status']}' is none of {', '.join(_VALUES)}.")
            if (value == PARTY) != (len(year) == 4 and year.isdecimal()):
                raise BadTableError(
                    f"{place}: the year is '{year}'; a party has a year of four digits, others have none."
                )
            if row["iso3"] in REGION:
                act = "signature" if value == SIGNED else ""
                yield Status(row["iso3"], code, act, year, "", value, as_of, SOURCE, "yes", "", "")
