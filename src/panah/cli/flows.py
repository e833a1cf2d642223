"""`panah flows`: stocks by place of birth in, flows by several methods and the interval between them out."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated

import typer

from panah.cli.progress import progress
from panah.cli.streams import reading, text_lines, writing

if TYPE_CHECKING:
    from panah.cores.flows import Accounts, Estimates, Method

STOCKS = ("birth", "dest", "stock_start", "stock_end")
BIRTHS_DEATHS = ("region", "births", "deaths")


def flows(
    stocks: Annotated[
        str,
        typer.Argument(
            metavar="STOCKS.csv",
            help="birth,dest,stock_start,stock_end: a row for each pair, natives too; - reads input.",
        ),
    ],
    births_deaths: Annotated[
        str, typer.Option("--births-deaths", metavar="BD.csv", help="region,births,deaths during the period.")
    ],
    method: Annotated[
        list[str] | None,
        typer.Option("--method", metavar="METHOD", help="May be given several times; all when left out."),
    ] = None,
    migrants: Annotated[
        float | None,
        typer.Option(
            "--migrants",
            help="How many moved in all, for mig_rate. Without it mig_rate gives percent of all moves, outside the interval.",
        ),
    ] = None,
    absent: Annotated[
        str, typer.Option("--absent", help="What a pair without a row means: refuse (the default) or zero.")
    ] = "refuse",
    output: Annotated[
        str | None, typer.Option("-o", "--output", help="Where to write; standard output when left out.")
    ] = None,
) -> None:
    """Estimate flows between regions from stocks by place of birth at two times, births and deaths.

    Methods: sd_drop_neg, sd_rev_neg, mig_rate, da_min_open, da_min_closed, da_free_closed, da_pb_closed. They differ
    several times over: the least and the most over the methods stand in every row. A table with a bad row is refused whole.
    """
    from panah.cores.flows import estimate

    wanted = _methods(method or ())
    if absent not in ("refuse", "zero"):
        raise typer.BadParameter(f"found '{absent}'; allowed are refuse and zero.", param_hint="--absent")
    try:
        given = _accounts(_rows(stocks, STOCKS), _rows(births_deaths, BIRTHS_DEATHS), absent == "zero")
        with progress("Estimating flows", None):
            found = estimate(given, wanted, migrants=migrants)
    except ValueError as wrong:
        print(f"panah: {wrong}", file=sys.stderr)
        raise typer.Exit(1) from None
    for unsettled in sorted(found.unsettled):
        print(
            f"panah: {unsettled} did not settle: these stocks, births and deaths do not fit together.", file=sys.stderr
        )
    with writing(output) as target:
        target.write(_csv(found))
    if found.unsettled:
        raise typer.Exit(1)


def _methods(names: Iterable[str]) -> tuple[Method, ...]:
    from panah.cores.flows import METHODS, Method

    known = {str(method) for method in METHODS}
    for name in names:
        if name not in known:
            raise typer.BadParameter(f"found '{name}'; allowed are {', '.join(METHODS)}.", param_hint="--method")
    return tuple(Method(name) for name in names) or METHODS


@dataclass
class _Table:
    """Rows as numbers by key, and what was wrong, a sentence each."""

    values: dict[tuple[str, ...], tuple[float, float]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def _rows(name: str, columns: tuple[str, ...]) -> _Table:
    *keys, first, second = columns
    table = _Table()
    with reading(name) as source:
        rows = csv.DictReader(text_lines(source))
        lacking = [column for column in columns if column not in (rows.fieldnames or ())]
        if lacking:
            table.problems.append(f"{name}: column {', '.join(lacking)} is missing; needed are {', '.join(columns)}.")
            return table
        for row in rows:
            where = f"{name}, line {rows.line_num}"
            key = tuple((row[column] or "").strip() for column in keys)
            if not all(key):
                table.problems.append(f"{where}: {' or '.join(keys)} is empty; a name or code is needed.")
            elif key in table.values:
                table.problems.append(
                    f"{where}: {' to '.join(key)} stands here a second time; one row each is allowed."
                )
            else:
                table.values[key] = (_count(row, first, where, table), _count(row, second, where, table))
    return table


def _count(row: dict[str, str], column: str, where: str, table: _Table) -> float:
    text = (row[column] or "").strip()
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 <= number < float("inf"):
        table.problems.append(f"{where}, column {column}: found '{text}'; allowed is a count of persons, 0 or more.")
        return 0.0
    return number


def _accounts(stocks: _Table, vital: _Table, zero: bool) -> Accounts:
    from panah.cores.flows import accounts

    problems = [*stocks.problems, *vital.problems]
    for problem in problems:
        print(f"panah: {problem}", file=sys.stderr)
    if problems:
        raise typer.Exit(1)
    regions = [region for (region,) in vital.values]
    start = {(birth, dest): before for (birth, dest), (before, _) in stocks.values.items()}
    end = {(birth, dest): after for (birth, dest), (_, after) in stocks.values.items()}
    if zero:
        for birth in regions:
            for dest in regions:
                start.setdefault((birth, dest), 0.0)
                end.setdefault((birth, dest), 0.0)
    births = {region: born for (region,), (born, _) in vital.values.items()}
    deaths = {region: died for (region,), (_, died) in vital.values.items()}
    return accounts(start, end, births, deaths)


def _csv(found: Estimates) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("orig", "dest", "method", "value", "minimum", "maximum"))
    for pair in found.intervals():
        bounds = ["" if bound is None else repr(bound) for bound in (pair.minimum, pair.maximum)]
        for method, value in pair.values.items():
            writer.writerow((pair.origin, pair.destination, method, repr(value), *bounds))
    return text.getvalue().encode()
