"""`panah treaties`: who is bound by which treaty, as CSV; and remaking the table from the producers' files. Needs no database."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from panah.cli.streams import writing
from panah.foundation.clock import now
from panah.hub.treaties import refresh as refreshing
from panah.hub.treaties import tables
from panah.hub.treaties.standing import Standing, standings
from panah.hub.treaties.tables import BadTableError, Status, Tables

app = typer.Typer(add_completion=False, help="Write who is bound by which treaty as CSV; remake the table.")

COLUMNS = (
    "state", "instrument", "title_en", "title_ru", "named_by", "tracked", "value", "act", "since", "in_force", "as_of", "source", "verified",
    "stale", "disputed", "also_said", "from_memory", "reservations",
)  # fmt: skip
"""Stable names. `value` is `party`, `not party`, `signed only` or `unknown`; silence is unknown, never no."""


@app.callback(invoke_without_command=True)
def table(
    context: typer.Context,
    on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day that is asked for; today.")] = None,
    home: Annotated[Path | None, typer.Option("--tables", help="Folder of the tables.")] = None,
    statements: Annotated[bool, typer.Option("--statements", help="Every statement of every source instead.")] = False,
    output: Annotated[str | None, typer.Option("-o", "--output", help="Where to write; standard output.")] = None,
) -> None:
    """One row a state and instrument, as it follows from the sources on a day. Exit status 1: the tables are not in order."""
    if context.invoked_subcommand is not None:
        return
    try:
        read = tables.read(home)
    except BadTableError as bad:
        print(f"panah: {bad}", file=sys.stderr)
        raise typer.Exit(1) from bad
    day = on.date() if on else now().date()
    text = tables.text(Status, list(read.status)) if statements else _csv(_rows(read, day))
    with writing(output) as target:
        target.write(text.encode())


@app.command()
def refresh(
    folder: Annotated[
        Path, typer.Argument(help="Folder with the producers' files under the names that the how-to gives.")
    ],
    home: Annotated[Path | None, typer.Option("--tables", help="Folder of the tables.")] = None,
) -> None:
    """Remake the rows that come from producers' files. Nothing is written unless every file could be read."""
    at = home or tables.home()
    try:
        text = refreshing.refreshed(folder, at)
    except BadTableError as bad:
        print(f"panah: {bad}", file=sys.stderr)
        raise typer.Exit(1) from bad
    (at / "status.csv").write_text(text, encoding="utf-8", newline="\n")
    print(f"status.csv: {text.count(chr(10)) - 1} statements")


def _rows(read: Tables, on: date) -> Iterable[list[str]]:
    found = standings(read, on)
    for code, one in read.instruments.items():
        if one.kind == "declaration":
            continue  # nobody is party to it
        for state in tables.REGION:
            standing = found.get((state, code))
            about = [state, code, one.title_en, one.title_ru, one.named_by, one.tracked]
            yield [*about, *(_said(standing, read) if standing else ("unknown", *[""] * 10, ""))]


def _said(standing: Standing, read: Tables) -> tuple[str, ...]:
    leading = standing.leading
    return (
        standing.value,
        standing.act,
        standing.since,
        leading.in_force if leading else "",
        standing.as_of,
        leading.source if leading else "",
        "yes" if standing.verified else "no",
        "yes" if standing.stale else "no",
        "yes" if standing.disputed else "no",
        "; ".join(_other(row) for row in standing.others),
        "; ".join(_other(row) for row in standing.from_memory),
        "; ".join(
            f"{row.note_en} ({row.source})" for row in standing.beside if row.act in ("reservation", "declaration")
        ),
    )


def _other(row: Status) -> str:
    return f"{row.value} {row.date} ({row.source})".replace("  ", " ")


def _csv(rows: Iterable[list[str]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    return out.getvalue()
