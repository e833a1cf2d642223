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
    from panah.cores.disclosure import Protected, PublishedTable


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
) -> None:
    """Withhold what must be withheld in a table of counts, and prove what a reader can still find out.

    A table with a bad row is refused whole, for what is left would be wrong; every bad row is named.
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
            counts = sheets.read_counts(_text(table), said)
            protected = disclosure.protect([counts], said.rules(), earlier=releases)
    except sheets.Refused as refused:
        for problem in refused.problems:
            print(f"panah: {problem}", file=sys.stderr)
        raise typer.Exit(1) from None
    except disclosure.CannotProtect as impossible:
        print(f"panah: {impossible}", file=sys.stderr)
        raise typer.Exit(1) from None
    with writing(output) as target:
        target.write(_json(protected) if format_ == "json" else _csv(protected))
    if proof is not None:
        with writing(proof) as target:
            target.write(disclosure.to_json(protected.proof) + b"\n")


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

    rows = list(protected_rows(protected.published[0], protected.proof))
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()
