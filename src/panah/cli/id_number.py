"""`panah id-number`: national identity numbers in, one JSON object a number out."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import Annotated

import msgspec
import typer

from panah.cli.progress import progress
from panah.cli.streams import reading, text_lines, writing
from panah.cores.documents import COUNTRIES, check_identity_number


def _numbers(arguments: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each number with where it stood; `-` stands for the lines of standard input."""
    for place, argument in enumerate(arguments, start=1):
        if argument != "-":
            yield f"number {place}", argument.encode("utf-8", "replace").decode("utf-8")
            continue
        with reading("-") as source:
            for line_number, line in enumerate(text_lines(source), start=1):
                if line.strip():
                    yield f"line {line_number}", line.strip()


def id_number(
    country: Annotated[
        str, typer.Argument(help="The state that gave the numbers, ISO 3166-1 alpha-3: " + ", ".join(COUNTRIES) + ".")
    ],
    numbers: Annotated[list[str], typer.Argument(help="The numbers; - reads them from standard input, one a line.")],
    output: Annotated[
        str | None, typer.Option("-o", "--output", help="Where to write; standard output when left out.")
    ] = None,
) -> None:
    """Check national identity numbers by their shape and check digit. No register is asked.

    A wrong check digit is told in the output and is no error. Exit status 1 means that something given cannot be such
    a number at all; it is named on standard error, and in the output as not valid.
    """
    code = country.upper()
    if code not in COUNTRIES:
        raise typer.BadParameter(
            f"{country!r} is not among the states whose numbers are known; allowed are {', '.join(COUNTRIES)}."
        )
    bad = count = 0
    with writing(output) as target, progress("Checking numbers", None) as at:
        for count, (place, text) in enumerate(_numbers(numbers), start=1):
            found = check_identity_number(code, text)
            target.write(msgspec.json.encode(found.as_json()) + b"\n")
            if not found.is_shaped:
                bad += 1
                print(f"panah: {place}: {found.problems[0].sentence}", file=sys.stderr)
            at(count)
    if not count:
        print(
            "panah: no number was given; allowed is at least one, as an argument or on standard input.", file=sys.stderr
        )
    if bad or not count:
        raise typer.Exit(1)
