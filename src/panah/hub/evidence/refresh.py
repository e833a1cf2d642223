"""Remakes the compact tables from a folder of producers' files.

The folder holds the files under the names in INPUTS. Which edition each is, and as of when, cannot be read in the
file itself; it is told by the register of editions, by the digest of the file. A file whose digest is not there is
refused, so that no figure gets a date that nobody stated.
"""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from datetime import date
from pathlib import Path
from types import ModuleType

from panah.hub.evidence import tables
from panah.hub.evidence.connectors import ocha
from panah.hub.evidence.connectors.reading import UnreadableFileError
from panah.hub.evidence.figures import REGION, TOTAL, Figure, Source
from panah.hub.evidence.inputs import INPUTS
from panah.hub.evidence.tables import ALL, LAYOUTS, Provenance
from panah.hub.evidence.totals import totals_of

EDITIONS = Path(__file__).parent / "connectors" / "editions.csv"

COUNTRIES_INPUT = "codes/ocha_countries_territories_m49_hdx.csv"
COUNTRIES_TITLE = "Countries and territories taxonomy"


def refreshed(folder: Path, editions: Path = EDITIONS) -> dict[str, str]:
    """The text of every table by its name, made from the producers' files in `folder`. Raises UnreadableFileError;
    writes nothing.
    """
    register = _register(editions)
    texts: dict[str, str] = {}
    entries: list[Provenance] = []
    figures: list[Figure] = []
    layouts, shown = {layout.table: layout for layout in ALL}, {layout.table for layout in LAYOUTS}
    for entry in INPUTS:
        if entry.may_be_absent and not (folder / entry.path).is_file():
            texts[entry.table], kept = _kept(entry.table)
            entries.append(kept)
            continue
        source = _source(folder, entry.path, entry.title, entry.connector, register)
        found = [figure for figure in entry.read(folder / entry.path, source) if _of_region(figure)]
        texts[entry.table] = tables.wide(found, layouts[entry.table])
        entries.append(_provenance(entry.table, source, texts[entry.table], entry.connector))
        figures += found if entry.table in shown else ()
    totals = list(totals_of(figures))
    texts[tables.TOTALS] = tables.totals_text(totals)
    rows_by_input = Counter(figure.source.input for figure in totals)
    connectors = {entry.path: entry.connector for entry in INPUTS}
    for source in {figure.source.input: figure.source for figure in totals}.values():
        connector = connectors[source.input]
        entries.append(
            Provenance(tables.TOTALS, source, rows_by_input[source.input], _name(connector), connector.VERSION)
        )
    source = _source(folder, COUNTRIES_INPUT, COUNTRIES_TITLE, ocha, register)
    texts[tables.COUNTRIES] = tables.countries_text(ocha.countries(folder / COUNTRIES_INPUT))
    entries.append(_provenance(tables.COUNTRIES, source, texts[tables.COUNTRIES], ocha))
    texts[tables.PROVENANCE] = tables.provenance_text(entries)
    return texts


def write(texts: dict[str, str], into: Path = tables.HOME) -> None:
    """Write the tables into a folder, which is made if it is not there."""
    into.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (into / f"{name}.csv").write_text(text, encoding="utf-8", newline="\n")


def _kept(table: str) -> tuple[str, Provenance]:
    """The table that is carried already, with its provenance."""
    entry = next(entry for entry in tables.provenance() if entry.table == table)
    return (tables.HOME / f"{table}.csv").read_text(encoding="utf-8"), entry


def _of_region(figure: Figure) -> bool:
    return figure.destination in REGION or figure.origin in REGION or TOTAL in (figure.destination, figure.origin)


def _source(folder: Path, path: str, title: str, connector: ModuleType, register: dict[str, dict[str, str]]) -> Source:
    file = folder / path
    if not file.is_file():
        raise UnreadableFileError(
            f"{path} is not in the folder {folder}. Put the producer's file there under this name."
        )
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    edition = register.get(digest)
    if edition is None or edition["input"] != path:
        raise UnreadableFileError(
            f"{path} is of no edition that the register knows (SHA-256 {digest}). Add a line with this digest "
            f"to the register of "
            "editions, saying which edition it is, as of which date, when and from where it was taken."
        )
    return Source(
        input=path,
        producer=connector.PRODUCER,
        title=title,
        edition=edition["edition"],
        licence=connector.LICENCE,
        licence_url=connector.LICENCE_URL,
        as_of=date.fromisoformat(edition["as_of"]),
        retrieved=date.fromisoformat(edition["retrieved"]),
        obtained_from=edition["obtained_from"],
        sha256=digest,
    )


def _register(editions: Path) -> dict[str, dict[str, str]]:
    with editions.open(encoding="utf-8", newline="") as stream:
        return {row["sha256"]: row for row in csv.DictReader(stream)}


def _provenance(table: str, source: Source, text: str, connector: ModuleType) -> Provenance:
    return Provenance(table, source, text.count("\n") - 1, _name(connector), connector.VERSION)


def _name(connector: ModuleType) -> str:
    return connector.__name__.rpartition(".")[2]
