"""A table of counts as people keep it: one row a cell, one column a dimension, and a file of rules beside it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from math import prod
from typing import Any, Literal

import msgspec
import yaml

from panah.cores.disclosure.blur import problems_of_keys
from panah.cores.disclosure.noise import Noise
from panah.cores.disclosure.problems import Problem
from panah.cores.disclosure.proof import Proof, explain
from panah.cores.disclosure.rules import Rules
from panah.cores.disclosure.tables import Cell, Dimension, PublishedTable, Table, all_cells

TOTALS = ("_T", "TOTAL", "T")
COUNTS = ("count", "obs_value")
MOST_CELLS = 200_000


class Refused(ValueError):
    """The file cannot be protected as it is. `problems` names every row that is in the way."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(str(problem) for problem in self.problems))


class Axis(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the rules say of one dimension: its total, its hierarchy and whether its parts add up."""

    total: str | None = "_T"
    parents: dict[str, str] = {}
    additive: bool = True
    exhaustive: bool = False


class SheetRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rules file. Everything may be left out.

    threshold, protection, zeros: see Rules.
    count: the column with the counts; `count` or `OBS_VALUE` when left out.
    dimensions: the other columns that matter, by name; all of them when left out.
    missing: what a cell without a row means: nobody was counted (`zero`), or the file is refused (`error`).
    method: `suppression`; `cell_key`; `laplace`; or `auto`: cell keys where the table brings them and counts 1,000 or more,
        suppression otherwise.
    key, deviation, most: for cell keys: the column with the sums of record keys, and the noise (see Noise).
    amount, percent, fewest: for `sums`, where rows are records and not cells: the column that is summed, and the rules (see
        SumRules).
    epsilon, changes: for laplace: what the release costs, and how many of its numbers one record can change.
    """

    threshold: int = 10
    protection: int = 5
    zeros: Literal["published", "withheld"] = "published"
    name: str = "table"
    population: str = "persons"
    period: str = ""
    count: str | None = None
    dimensions: dict[str, Axis] | None = None
    missing: Literal["zero", "error"] = "zero"
    method: Literal["auto", "suppression", "cell_key", "laplace", "sums"] = "auto"
    key: str = "cell_key"
    deviation: float = 2.0
    most: int = 5
    epsilon: Decimal | None = None
    changes: int = 1
    amount: str = "amount"
    percent: int = 10
    fewest: int = 5

    def noise(self) -> Noise:
        """The noise of cell keys. Raises ValueError when it hides nothing."""
        return Noise(self.threshold, self.deviation, self.most)

    def rules(self) -> Rules:
        """The part that protection needs. Raises ValueError when it cannot be kept."""
        return Rules(self.threshold, self.protection, self.zeros)


def read_rules(text: str) -> SheetRules:
    """The rules in a YAML text. Raises ValueError that names the key and what is allowed there."""
    try:
        content = yaml.safe_load(text) or {}
        rules = msgspec.convert(content, SheetRules)
        rules.rules()
        if rules.method == "cell_key":
            rules.noise()
        if rules.method == "laplace" and rules.epsilon is None:
            raise ValueError("laplace needs epsilon, what the release may cost")
    except yaml.YAMLError as error:
        raise ValueError(f"The rules are not YAML: {' '.join(str(error).split())}.") from error
    except (msgspec.ValidationError, ValueError) as error:
        allowed = ", ".join(SheetRules.__struct_fields__)
        raise ValueError(f"The rules cannot be used: {str(error).rstrip('.')}. The keys are {allowed}.") from error
    return rules


def read_counts(text: str, rules: SheetRules) -> Table:
    """The table in a CSV text, with the margins that follow from the rest added. Raises Refused."""
    reader = _reader(text)
    header = [name.strip() for name in reader.fieldnames or ()]
    reader.fieldnames = header
    count_column = _count_column(header, rules)
    free = [name for name in header if name not in (count_column, rules.key)]
    columns = list(rules.dimensions) if rules.dimensions is not None else free
    absent = [name for name in columns if name not in header]
    if absent or not columns or len(set(header)) != len(header):
        found = ", ".join(header) or "no columns"
        raise Refused([Problem("COLUMNS", "line 1", found, f"each once: {', '.join([*columns, count_column])}")])
    given, lines = _rows(reader, columns, count_column)
    dimensions = tuple(_dimension(name, given, axis, rules) for axis, name in enumerate(columns))
    return _complete(given, lines, dimensions, rules)


def read_keys(text: str, rules: SheetRules, table: Table) -> dict[Cell, int] | None:
    """The sums of record keys of each cell, those of margins added up; None where the file has no such column.

    Raises Refused, with every row that has no key and every cell whose key cannot be the sum of its records'.
    """
    reader = _reader(text)
    reader.fieldnames = [name.strip() for name in reader.fieldnames or ()]
    if rules.key not in reader.fieldnames:
        return None
    keys: dict[Cell, int] = {}
    problems = []
    for row in reader:
        cell = tuple((row[dimension.id] or "").strip() for dimension in table.dimensions)
        found = (row[rules.key] or "").strip()
        if found.isascii() and found.isdigit() and len(found) < 20:
            keys[cell] = int(found)
        else:
            allowed = "the sum of the record keys of the cell, a whole number; without keys say method: suppression"
            problems.append(
                Problem("KEY", f"line {reader.line_num}, {rules.key}", repr(found) if found else "no key", allowed)
            )
    parts = [dict(dimension.families()) for dimension in table.dimensions]

    def fill(cell: Cell) -> int:
        if cell not in keys:
            axis = next((a for a, d in enumerate(table.dimensions) if d.additive and cell[a] in parts[a]), None)
            below = parts[axis][cell[axis]] if axis is not None else ()
            keys[cell] = sum(fill((*cell[:axis], part, *cell[(axis or 0) + 1 :])) for part in below)
        return keys[cell]

    for cell in table.counts:
        fill(cell)
    # What does not follow from a key that cannot be read is not held against other cells.
    problems = problems or list(problems_of_keys(table, keys))
    if problems:
        raise Refused(problems)
    return keys


def _reader(text: str) -> csv.DictReader[str]:
    first = text.splitlines()[0] if text.strip() else ""
    delimiter = max(",;\t", key=first.count)
    return csv.DictReader(io.StringIO(text.lstrip("\ufeff")), delimiter=delimiter, restkey="", strict=False)


def _count_column(header: Sequence[str], rules: SheetRules) -> str:
    wanted = (rules.count.casefold(),) if rules.count else COUNTS
    for name in header:
        if name.casefold() in wanted:
            return name
    allowed = f"a column {' or '.join(wanted)} (key `count` of the rules)"
    raise Refused([Problem("COLUMNS", "line 1", ", ".join(header) or "no columns", allowed)])


def _rows(
    reader: csv.DictReader[str], columns: Sequence[str], count_column: str
) -> tuple[dict[Cell, int], dict[Cell, int]]:
    given: dict[Cell, int] = {}
    lines: dict[Cell, int] = {}
    problems = []
    try:
        for row in reader:
            line = reader.line_num
            cell = tuple((row[name] or "").strip() for name in columns)
            count = (row[count_column] or "").strip()
            empty = [name for name, code in zip(columns, cell, strict=True) if not code]
            if empty:
                problems.append(Problem("CODE", f"line {line}, {empty[0]}", "nothing", "a code"))
            elif not (count.isascii() and count.isdigit() and len(count) < 10):
                allowed = "a whole number, 0 or more, without separators"
                problems.append(Problem("COUNT", f"line {line}, {count_column}", repr(count), allowed))
            elif cell in given:
                allowed = f"each combination once; line {lines[cell]} has it already"
                problems.append(Problem("DUPLICATE", f"line {line}", " ".join(cell), allowed))
            else:
                given[cell] = int(count)
                lines[cell] = line
    except csv.Error as error:
        problems.append(Problem("CSV", f"line {reader.line_num}", str(error), "a CSV file"))
    if not given and not problems:
        problems.append(Problem("EMPTY", "file", "no rows", "one row for each combination of codes"))
    if problems:
        raise Refused(problems)
    return given, lines


def _dimension(name: str, given: Mapping[Cell, int], axis: int, rules: SheetRules) -> Dimension:
    codes = list(dict.fromkeys(cell[axis] for cell in given))
    said = rules.dimensions[name] if rules.dimensions is not None else None
    if said is None:
        total = next((code for code in codes if code.upper() in TOTALS), TOTALS[0])
        said = Axis(total=total)
    codes += [code for pair in said.parents.items() for code in pair if code not in codes]
    if said.total is not None and said.total not in codes:
        codes.append(said.total)
    try:
        return Dimension(
            name, tuple(dict.fromkeys(codes)), said.total, tuple(said.parents.items()), said.additive, said.exhaustive
        )
    except ValueError as error:
        raise Refused(
            [Problem("DIMENSION", f"rules, {name}", str(error), "a tree of codes under one total")]
        ) from error


def _complete(
    given: Mapping[Cell, int], lines: Mapping[Cell, int], dimensions: tuple[Dimension, ...], rules: SheetRules
) -> Table:
    size = prod(len(dimension.codes) for dimension in dimensions)
    if size > MOST_CELLS:
        raise Refused([Problem("SIZE", "file", f"{size} combinations of codes", f"up to {MOST_CELLS}")])
    parts = [dict(dimension.families()) for dimension in dimensions]
    counts = dict(given)
    problems = []

    def fill(cell: Cell) -> int:
        if cell in counts:
            return counts[cell]
        summed = False
        for axis, dimension in enumerate(dimensions):
            if cell[axis] in parts[axis]:
                summed = True
                if dimension.additive:
                    below = [(*cell[:axis], part, *cell[axis + 1 :]) for part in parts[axis][cell[axis]]]
                    counts[cell] = sum(fill(part) for part in below)
                    return counts[cell]
        if summed or rules.missing == "error":
            problems.append(Problem("MISSING", " ".join(cell), "no row", "a row, since it does not follow from others"))
        counts[cell] = 0
        return 0

    for cell in all_cells(dimensions):
        fill(cell)
    if not problems:
        try:
            return Table(rules.name, rules.population, rules.period, dimensions, counts)
        except ValueError as error:
            problems.append(Problem("ARITHMETIC", "file", str(error), "margins that agree with their parts"))
    raise Refused(problems)


def protected_rows(table: PublishedTable, proof: Proof) -> Iterator[dict[str, Any]]:
    """The protected table with its proof, one row a cell: count or nothing, why, and what a reader can still bound."""
    rules = proof.rules
    bounds = {found.codes: found for found in proof.bounds if found.table == table.name}
    parameters = f"threshold={rules.threshold} protection={rules.protection} zeros={rules.zeros}"
    for cell in table.cells:
        found = bounds.get(cell.codes)
        yield {
            **{dimension.id: code for dimension, code in zip(table.dimensions, cell.codes, strict=True)},
            "count": "" if cell.count is None else cell.count,
            "status": "withheld" if cell.count is None else "published",
            "why": "" if cell.kind is None else explain(cell.kind, rules.threshold),
            "lower": cell.count if found is None else found.lower,
            "upper": cell.count if found is None else ("" if found.upper is None else found.upper),
            "method": "suppression",
            "parameters": parameters,
        }


__all__ = ["Axis", "Refused", "SheetRules", "protected_rows", "read_counts", "read_keys", "read_rules"]
