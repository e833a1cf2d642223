"""Remakes the rows of `status.csv` that come from producers' files; what was read elsewhere stays as it stands.

Of which date a file is, cannot be read in the file: the register `connectors/editions.csv` tells it by the digest of
the file. A file whose digest is not there is refused, so that no status gets a date that nobody stated.
"""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

from panah.hub.treaties import tables
from panah.hub.treaties.connectors import rights, untc
from panah.hub.treaties.tables import BadTableError, Status

EDITIONS = Path(__file__).parent / "connectors" / "editions.csv"
INPUTS = {"un_hr_core18_status_2022.csv": rights, "untc_migration_instruments_2015-03.csv": untc}
"""The producers' files in the folder, and the connector that reads each."""


def refreshed(folder: Path, home: Path | None = None, editions: Path = EDITIONS) -> str:
    """The text of `status.csv`, with the producers' rows made anew from `folder`. Raises BadTableError; writes nothing."""
    register = _register(editions)
    found: list[Status] = []
    for name, connector in INPUTS.items():
        path = folder / name
        if not path.is_file():
            raise BadTableError(f"{name} is not in the folder {folder}. Put the producer's file there under this name.")
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        as_of = register.get((name, digest))
        if as_of is None:
            raise BadTableError(
                f"{name} is of no edition that the register knows (SHA-256 {digest}). Add a line with this digest to the "
                "register of editions, saying as of which date the file is and from where it was taken."
            )
        found += connector.statements(path, as_of)
    made = {connector.SOURCE for connector in INPUTS.values()}
    at = home or tables.home()
    kept = [row for row in tables.rows(at / "status.csv", Status) if row.source not in made] if at.is_dir() else []
    return tables.text(Status, sorted([*found, *kept], key=_order))


def _order(row: Status) -> tuple[str, ...]:
    return (row.instrument, row.state, row.source, row.date, row.act, row.value)


def _register(editions: Path) -> dict[tuple[str, str], str]:
    with editions.open(encoding="utf-8", newline="") as stream:
        return {(row["input"], row["sha256"]): row["as_of"] for row in csv.DictReader(stream)}
