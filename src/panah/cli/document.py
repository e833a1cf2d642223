"""`panah document`: machine-readable zones in, one JSON object a document out."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Annotated, BinaryIO

import msgspec
import typer

from panah.cli.progress import progress
from panah.cli.streams import reading, text_lines, writing
from panah.cores.documents import Block, read_zone, split_blocks


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise typer.BadParameter(f"{text!r} is no date; allowed is YYYY-MM-DD.") from wrong


def _complaints(block: Block, on: date) -> tuple[dict[str, object] | None, list[str]]:
    """What one block gives: its document, if it has one, and what is to be said on standard error."""
    read = read_zone(block.text, on)
    said = [
        f"line {block.first_line}: {problem.sentence}"
        for problem in read.problems
        if problem.code in {"not_a_zone", "zone_ignored"}
    ]
    if block.unread:
        said.append(
            f"line {block.first_line}: The block has {block.unread} lines too many and they were not read; allowed is one document "
            "a block. Put an empty line between two documents."
        )
    return (read.as_json() if read.is_zone else None), said


def _size(file: BinaryIO) -> int | None:
    try:
        return os.fstat(file.fileno()).st_size or None
    except OSError:
        return None


def document(
    file: Annotated[
        str, typer.Argument(help="File with one zone a block, blocks parted by an empty line; - is standard input.")
    ],
    output: Annotated[
        str | None, typer.Option("-o", "--output", help="Where to write; standard output when left out.")
    ] = None,
    on: Annotated[
        str | None,
        typer.Option(
            help="The day on which the zones are read, YYYY-MM-DD: it decides the century of two-digit years. Today when left out."
        ),
    ] = None,
) -> None:
    """Read machine-readable zones of travel documents (ICAO Doc 9303: TD1, TD2, TD3, MRV-A, MRV-B).

    A wrong check digit is told in the output and is no error. Exit status 1 means that a block was no zone, or that
    lines of a second zone stood in it; each is named on standard error and gives no line of output.
    """
    day = _day(on) if on else datetime.now(tz=UTC).astimezone().date()
    bad = blocks = 0
    with reading(file) as source, writing(output) as target, progress("Reading zones", _size(source)) as at:
        done = 0

        def counted() -> Iterator[str]:
            nonlocal done
            for line in text_lines(source):
                done += len(line)
                yield line

        for block in split_blocks(counted()):
            blocks += 1
            found, said = _complaints(block, day)
            bad += bool(said)
            for sentence in said:
                print(f"panah: {file}: {sentence}", file=sys.stderr)
            if found is not None:
                target.write(msgspec.json.encode(found) + b"\n")
            at(done)
    if not blocks:
        print(
            f"panah: {file}: there is nothing in it; allowed are machine-readable zones, one a block.", file=sys.stderr
        )
    if bad or not blocks:
        raise typer.Exit(1)
