"""`panah sdmx`: read SDMX files, say what is wrong with them, and write the structure of the regional exchange."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from panah.cli.progress import progress
from panah.cli.streams import reading, writing

if TYPE_CHECKING:
    from panah.cores.exchange.datasets import Dataset
    from panah.cores.exchange.definitions import Definition

app = typer.Typer(add_completion=False, no_args_is_help=True, help="Read and validate SDMX files.")

File = Annotated[
    str, typer.Argument(metavar="FILE", help="A data file of SDMX-CSV, -JSON or -ML; - reads standard input.")
]
Structures = Annotated[
    list[str] | None,
    typer.Option(
        "--structure",
        metavar="DSD",
        help="A structure file, which tells dimensions from attributes; several may be given, of several versions.",
    ),
]
Output = Annotated[str | None, typer.Option("-o", "--output", help="Where to write; standard output when left out.")]


@app.command()
def read(
    file: File,
    structure: Structures = None,
    output: Output = None,
) -> None:
    """Give the observations as CSV: dimensions, TIME_PERIOD, OBS_VALUE, attributes; one row an observation.

    Without --structure, what stands before the value in the file is taken for its dimensions.
    """
    from panah.cores.exchange.messages import Unreadable
    from panah.cores.exchange.messages import read as read_message

    try:
        known = _definitions(structure)
        with progress(f"Reading {file}", None):
            datasets = read_message(_content(file), known, check=False)
    except Unreadable as refused:
        print(f"panah: {refused}", file=sys.stderr)
        raise typer.Exit(1) from None
    with writing(output) as target:
        target.write(_rows(datasets).encode())


@app.command()
def validate(
    file: File,
    previous: Annotated[
        str | None, typer.Option(help="The same dataflow and state for an earlier period, to compare with.")
    ] = None,
    mirror: Annotated[
        list[str] | None,
        typer.Option(
            metavar="OTHER",
            help="What another state published of the same moves, to compare with; several may be given, each by its own --mirror.",
        ),
    ] = None,
    structure: Structures = None,
    output: Output = None,
) -> None:
    """Name what is wrong with a message of the regional exchange: code, place, what was found, what is allowed.

    Checked in order: well-formed, structure, codes, constraint, arithmetic, time series, mirror. Nothing wrong: no line.
    With --structure the message is one of somebody else's, checked against the version of the structure that it cites.
    """
    if structure:
        return _validate_by(structure, file, output)
    from panah.cores.exchange.messages import Unreadable
    from panah.cores.exchange.messages import read as read_message
    from panah.cores.exchange.validation import validate as validate_message

    try:
        before = read_message(_content(previous), check=False)[0] if previous else None
    except (Unreadable, IndexError) as refused:
        raise typer.BadParameter(f"{previous} cannot be read: {refused}", param_hint="--previous") from None
    try:
        others = [dataset for other in mirror or () for dataset in read_message(_content(other), check=False)]
    except Unreadable as refused:
        raise typer.BadParameter(f"A file cannot be read: {refused}", param_hint="--mirror") from None
    with progress(f"Checking {file}", None):
        problems = validate_message(_content(file), previous=before, mirrors=others)
    with writing(output) as target:
        for problem in problems:
            target.write(f"{problem}\n".encode())
    if problems:
        raise typer.Exit(1)


def _validate_by(structures: list[str], file: str, output: str | None) -> None:
    from panah.cores.exchange.conformance import problems_of
    from panah.cores.exchange.messages import Unreadable
    from panah.cores.exchange.messages import read as read_message

    try:
        known = _definitions(structures)
        with progress(f"Checking {file}", None):
            problems: list[object] = list(problems_of(read_message(_content(file), known, check=False), known))
    except Unreadable as refused:
        problems = [refused]
    with writing(output) as target:
        for problem in problems:
            target.write(f"{problem}\n".encode())
    if problems:
        raise typer.Exit(1)


def _definitions(files: list[str] | None) -> list[Definition]:
    from panah.cores.exchange.definitions import definitions_in

    return [definition for file in files or () for definition in definitions_in(_content(file))]


@app.command()
def structure(
    version: Annotated[str, typer.Option("--version", help="3.0 or 2.1.")] = "3.0",
    output: Output = None,
) -> None:
    """Write the structure of the regional exchange as an SDMX-ML structure file."""
    from panah.cores.exchange.artefacts import STRUCTURE_FORMATS, structure_file

    for known in STRUCTURE_FORMATS:
        if known == version:
            with writing(output) as target:
                target.write(structure_file(known).encode())
            return
    raise typer.BadParameter(f"found '{version}'; allowed are {', '.join(STRUCTURE_FORMATS)}.", param_hint="--version")


@app.command()
def contracts(
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help="The contracts folder of the source tree.")],
) -> None:
    """Write again every file of the contracts that is made from others: SDMX structures and schemas of envelopes."""
    from panah.cores.exchange.artefacts import STRUCTURE_FORMATS, structure_file
    from panah.cores.exchange.envelopes import SCHEMAS, schema_file

    files = {f"sdmx/structure-{known}.xml": structure_file(known) for known in STRUCTURE_FORMATS}
    files |= {f"envelopes/{name}.schema.json": schema_file(name) for name in SCHEMAS}
    for name, text in files.items():
        with writing(str(Path(folder) / name)) as target:
            target.write(text.encode())


def _content(name: str) -> bytes:
    with reading(name) as source:
        return source.read()


def _rows(datasets: Sequence[Dataset]) -> str:
    """All datasets under one heading; a column that a dataset does not have is empty in its rows."""
    dimensions = _union([_time_last(dataset.dimensions) for dataset in datasets])
    attributes = _union([sorted({*d.attributes, *(n for o in d.observations for n in o.attributes)}) for d in datasets])
    columns = [*_time_last(dimensions), "OBS_VALUE", *(name for name in attributes if name not in dimensions)]
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n", restval="")
    writer.writeheader()
    for dataset in datasets:
        for observation in dataset.observations:
            row: Mapping[str, str] = {
                **dataset.attributes,
                **observation.attributes,
                **dict(zip(dataset.dimensions, observation.key, strict=True)),
                "OBS_VALUE": observation.value or "",
            }
            writer.writerow(row)
    return text.getvalue()


def _union(lists: Sequence[Sequence[str]]) -> list[str]:
    return list(dict.fromkeys(name for names in lists for name in names))


def _time_last(names: Sequence[str]) -> list[str]:
    return [name for name in names if name != "TIME_PERIOD"] + ["TIME_PERIOD"] * ("TIME_PERIOD" in names)
