"""`panah figures`: the producers' figures, from their files to the compact tables and into the hub."""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import Annotated

import typer

from panah.cli.database import refuse_if_not_migrated, set_up
from panah.hub.evidence import quality, refresh, tables
from panah.hub.evidence.connectors.reading import UnreadableFileError
from panah.hub.evidence.figures import TOTAL
from panah.hub.evidence.framework import compute
from panah.hub.evidence.framework.doubts import SENTENCES, doubts
from panah.hub.evidence.framework.shelf import Shelf

app = typer.Typer(add_completion=False, no_args_is_help=True, help="Remake, check and load the producers' figures.")


@app.command("refresh")
def refresh_tables(
    folder: Annotated[
        Path, typer.Argument(help="Folder with the producers' files under the names that the how-to gives.")
    ],
    into: Annotated[Path, typer.Option(help="Where the compact tables are written.")] = tables.HOME,
    editions: Annotated[Path, typer.Option(help="Register that says of which date each file is.")] = refresh.EDITIONS,
) -> None:
    """Remake the compact tables from the producers' files. Nothing is written unless every file could be read."""
    try:
        texts = refresh.refreshed(folder, editions)
    except UnreadableFileError as bad:
        print(f"panah: {bad}", file=sys.stderr)
        raise typer.Exit(1) from bad
    refresh.write(texts, into)
    for name, text in texts.items():
        print(f"{name}: {text.count(chr(10)) - 1} rows, {len(text.encode()) / 1000:.0f} kB")


@app.command()
def check(
    home: Annotated[Path, typer.Option("--tables", help="Folder of the compact tables.")] = tables.HOME,
) -> None:
    """Write what is doubtful to standard output as CSV: breaks, constants, units and gaps of the producers' series, then jumps,
    outliers and producers that differ in the indicators."""
    countries = tables.countries(home)
    names = {code: country.name_en for code, country in countries.items()}
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("code", "indicator", "state", "side", "counterpart", "years", "values", "reason"))
    for flag in found(home):
        writer.writerow(
            (
                flag.code,
                flag.indicator,
                "" if flag.state == TOTAL else flag.state,
                flag.role.value,
                "" if flag.counterpart == TOTAL else flag.counterpart,
                " ".join(f"{period}" for period in flag.periods),
                " ".join("" if value is None else f"{value}" for value in flag.values),
                flag.reason(names),
            )
        )
    for doubt in doubts(compute.computed(Shelf(home))):
        facts = {name: f"{fact}" for name, fact in doubt.facts}
        sentence = f"{SENTENCES[doubt.code].format_map(facts)} {quality.NOT_ESTABLISHED}"
        writer.writerow((doubt.code, doubt.indicator, doubt.state, doubt.part, "", doubt.period, "", sentence))


@app.command()
def load(
    home: Annotated[Path, typer.Option("--tables", help="Folder of the compact tables.")] = tables.HOME,
) -> None:
    """Show the compact tables on this hub, in place of those shown before. The same tables again change nothing."""
    set_up("hub")
    refuse_if_not_migrated()
    from panah.hub.evidence import service

    result = service.load(home).result
    if result["new"]:
        print(f"{result['figures']} figures are shown; {result['changed']} of those shown before have changed.")
    else:
        print(f"These {result['figures']} figures are shown already. Nothing was changed.")


def found(home: Path = tables.HOME) -> tuple[quality.SeriesFlag, ...]:
    """The flags over all compact tables."""
    pairs = (figure for layout in tables.LAYOUTS for figure in tables.figures_of(layout, home))
    return quality.flags(tables.totals(home), pairs)
