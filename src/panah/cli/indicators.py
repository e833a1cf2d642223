"""`panah indicators`: the framework of 52 indicators as a table, and their values from the figures that came with the
program. Needs no database.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import Annotated

import typer

from panah.cli import CommandError
from panah.hub.evidence import tables
from panah.hub.evidence.framework import compute, definitions, law, reference_table
from panah.hub.evidence.framework.shelf import Shelf
from panah.hub.treaties import standing

app = typer.Typer(add_completion=False, help="The framework of indicators: its definitions, and their values.")


@app.callback(invoke_without_command=True)
def reference(context: typer.Context) -> None:
    """Without a command: the definitions of all 52 indicators as CSV."""
    if context.invoked_subcommand is None:
        rows = list(reference_table())
        writer = csv.DictWriter(sys.stdout, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@app.command("compute")
def compute_all(
    out: Annotated[Path | None, typer.Option("-o", "--out", help="Write there instead of standard output.")] = None,
    latest: Annotated[bool, typer.Option("--latest", help="Only the newest value of each.")] = False,
    only: Annotated[
        list[str] | None, typer.Option("--indicator", help="Only this indicator, like 1.02; may be repeated.")
    ] = None,
    home: Annotated[Path, typer.Option("--tables", help="Folder of the compact tables.")] = tables.HOME,
) -> None:
    """Compute every indicator for which there are figures now. What has no denominator, unit or supplier is withheld and
    says why; nothing is written as 0 for it."""
    unknown = sorted(set(only or ()) - set(definitions()))
    if unknown:
        raise CommandError(
            f"There is no indicator {', '.join(unknown)}. Ids are 1.01 to 8.02; `panah indicators` lists them."
        )
    law.tally_from(standing.tally)
    values = list(compute.computed(Shelf(home), only or ()))
    text = compute.as_csv(compute.latest(values).values() if latest else values)
    if out is None or str(out) == "-":
        sys.stdout.write(text)
    else:
        out.write_text(text, encoding="utf-8", newline="\n")
    shown = sum(not value.withheld for value in values)
    with_value = {value.indicator for value in values if not value.withheld}
    print(
        f"{shown} values of {len(with_value)} indicators; {len(values) - shown} withheld with the reason.",
        file=sys.stderr,
    )
