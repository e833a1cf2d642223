"""`panah protect`: a table of counts in, the protected table and its proof out."""

from __future__ import annotations

import csv
import io
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from panah.cli.progress import progress
from panah.cli.streams import reading, text_lines, writing

if TYPE_CHECKING:
    from panah.cores.disclosure import Protected, PublishedTable, Table
    from panah.cores.disclosure.sheets import SheetRules
    from panah.cores.disclosure.tables import Cell

FROM_HERE_ON_BLURRED = 1000
"""Tables that count so many are blurred where they bring keys; smaller populations are withheld in parts."""


def protect(
    table: Annotated[
        str, typer.Argument(metavar="TABLE.csv", help="Counts: one row a cell, one column a dimension; - reads input.")
    ],
    rules: Annotated[str, typer.Option("--rules", metavar="RULES.yml", help="Threshold, dimensions, totals.")],
    earlier: Annotated[
        list[str] | None, typer.Option("--earlier", help="A release that is out already, as --format json wrote it.")
    ] = None,
    format_: Annotated[str, typer.Option("--format", help="csv or json.")] = "csv",
    output: Annotated[
        str | None, typer.Option("-o", "--output", help="Where to write; standard output when left out.")
    ] = None,
    proof: Annotated[str | None, typer.Option("--proof", help="Where to write the proof alone, as JSON.")] = None,
    ledger: Annotated[
        str | None,
        typer.Option("--ledger", help="For method laplace: the book of the privacy budget, which is charged."),
    ] = None,
) -> None:
    """Withhold what must be withheld in a table of counts, and prove what a reader can still find out.

    A table with a bad row is refused whole, for what is left would be wrong; every bad row is named. The rules may ask for
    another method: cell_key (counts blurred, the same cell always the same) or laplace (noise charged to a budget).
    """
    from panah.cores import disclosure
    from panah.cores.disclosure import sheets

    if format_ not in ("csv", "json"):
        raise typer.BadParameter(f"found '{format_}'; allowed are csv and json.", param_hint="--format")
    try:
        said = sheets.read_rules(_text(rules))
    except ValueError as wrong:
        raise typer.BadParameter(str(wrong), param_hint="--rules") from None
    releases = [release for name in earlier or () for release in _release(name)]
    try:
        with progress("Protecting the table", None):
            text = _text(table)
            if said.method == "sums":
                from panah.cli.blurred import summed

                return _write(*summed(said, text), format_, output, proof)
            counts = sheets.read_counts(text, said)
            keys = sheets.read_keys(text, said, counts) if said.method in ("auto", "cell_key") else None
            if said.method == "laplace" or _blurs(said, counts, keys):
                _say_what_may_be_missing(counts, keys)
                from panah.cli.blurred import blurred, noised

                rows, proven = noised(said, counts, ledger) if said.method == "laplace" else blurred(said, counts, keys)
                return _write(rows, proven, format_, output, proof)
            protected = disclosure.protect([counts], said.rules(), earlier=releases)
    except sheets.Refused as refused:
        for problem in refused.problems:
            print(f"panah: {problem}", file=sys.stderr)
        raise typer.Exit(1) from None
    except (ValueError, RuntimeError) as impossible:
        print(f"panah: {impossible}", file=sys.stderr)
        raise typer.Exit(1) from None
    with writing(output) as target:
        target.write(_json(protected) if format_ == "json" else _csv(protected))
    if proof is not None:
        with writing(proof) as target:
            target.write(disclosure.to_json(protected.proof) + b"\n")


def _blurs(said: SheetRules, counts: Table, keys: dict[Cell, int] | None) -> bool:
    """Whether a table is blurred rather than withheld in parts: where it brings keys and its groups are not few."""
    if said.method == "cell_key":
        return True
    return said.method == "auto" and keys is not None and max(counts.counts.values()) >= FROM_HERE_ON_BLURRED


def _say_what_may_be_missing(counts: Table, keys: dict[Cell, int] | None) -> None:
    from panah.cores.disclosure.blur import zero_of_one
    from panah.cores.disclosure.tables import place

    for cell in zero_of_one(counts, keys) if keys is not None else ():
        print(
            f"panah: the one record of {place(counts.dimensions, cell)} has the key 0. One in 4,096 has; see that it is not missing.",
            file=sys.stderr,
        )


def _write(rows: list[dict[str, object]], proven: bytes, format_: str, output: str | None, proof: str | None) -> None:
    import json

    with writing(output) as target:
        content = b'{"cells":' + json.dumps(rows, ensure_ascii=False).encode() + b',"proof":' + proven + b"}\n"
        target.write(content if format_ == "json" else _sheet(rows))
    if proof is not None:
        with writing(proof) as target:
            target.write(proven + b"\n")


def _text(name: str) -> str:
    with reading(name) as source:
        return "\n".join(text_lines(source)) + "\n"


def _release(name: str) -> tuple[PublishedTable, ...]:
    import msgspec

    from panah.cores.disclosure import read_tables

    with reading(name) as source:
        content = source.read()
    try:
        return read_tables(msgspec.json.decode(content, type=dict[str, msgspec.Raw]).get("tables", msgspec.Raw(b"")))
    except (msgspec.DecodeError, ValueError) as wrong:
        raise typer.BadParameter(f"{name} is not a release that --format json wrote: {wrong}") from None


def _json(protected: Protected) -> bytes:
    from panah.cores.disclosure import to_json

    return b'{"tables":' + to_json(protected.published) + b',"proof":' + to_json(protected.proof) + b"}\n"


def _csv(protected: Protected) -> bytes:
    from panah.cores.disclosure.sheets import protected_rows

    return _sheet(list(protected_rows(protected.published[0], protected.proof)))


def _sheet(rows: list[dict[str, object]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()
