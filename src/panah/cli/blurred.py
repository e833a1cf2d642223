"""The other methods of `panah protect`: cell keys, noise that is charged to a budget, and sums of amounts."""

from __future__ import annotations

import fcntl
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from panah.foundation.clock import now

if TYPE_CHECKING:
    from panah.cores.disclosure import Table
    from panah.cores.disclosure.sheets import SheetRules
    from panah.cores.disclosure.tables import Cell

Rows = list[dict[str, object]]


def blurred(said: SheetRules, counts: Table, keys: dict[Cell, int] | None) -> tuple[Rows, bytes]:
    """The table blurred by cell keys, one row a cell, and the proof as JSON."""
    import msgspec

    from panah.cores.disclosure.blur import blur

    if keys is None:
        raise typer.BadParameter(
            f"method cell_key needs the column {said.key} with the sum of the record keys of each cell.",
            param_hint="--rules",
        )
    made = blur(counts, keys, said.noise(), said.protection)
    bounds = {one.codes: one for one in made.proof.bounds}
    parameters = f"threshold={said.threshold} deviation={said.deviation} most={said.most}"
    rows: Rows = [
        {
            **dict(zip((d.id for d in counts.dimensions), cell, strict=True)),
            "count": number,
            "status": "blurred",
            "why": "",
            "lower": bounds[cell].lower if cell in bounds else number,
            "upper": bounds[cell].upper if cell in bounds else number,
            "method": "cell_key",
            "parameters": parameters,
        }
        for cell, number in made.counts.items()
    ]
    return rows, msgspec.json.encode(made.proof, order="deterministic")


def noised(said: SheetRules, counts: Table, ledger: str | None) -> tuple[Rows, bytes]:
    """The table with noise, after the ledger was charged: what is not in the book does not leave."""
    import msgspec

    from panah.cores.disclosure import budget

    if ledger is None or said.epsilon is None:
        raise typer.BadParameter("method laplace needs --ledger FILE, the book that is charged.", param_hint="--ledger")
    cells = list(counts.counts)
    try:
        with Path(ledger).open("r+b") as book:
            # Two releases at once must not both find the same money left.
            fcntl.flock(book, fcntl.LOCK_EX)
            before = budget.read_ledger(book.read())
            after = before.spend(counts.name, said.epsilon, now(), len(cells))
            numbers = budget.blurred([counts.counts[cell] for cell in cells], said.epsilon, said.changes)
            book.seek(0)
            book.write(budget.to_json(after))
            book.truncate()
    except (OSError, ValueError, RuntimeError) as wrong:
        print(f"panah: {ledger}: {wrong}", file=sys.stderr)
        raise typer.Exit(1) from None
    parameters = f"epsilon={said.epsilon} changes={said.changes} left={after.left}"
    rows: Rows = [
        {
            **dict(zip((d.id for d in counts.dimensions), cell, strict=True)),
            "count": number,
            "status": "noise",
            "why": "",
            "lower": "",
            "upper": "",
            "method": "laplace",
            "parameters": parameters,
        }
        for cell, number in zip(cells, numbers, strict=True)
    ]
    proof = {
        "method": "whole-number Laplace noise (OpenDP)",
        "epsilon": said.epsilon,
        "changes": said.changes,
        "population": after.population,
    }
    return rows, msgspec.json.encode({**proof, "spent": after.spent, "limit": after.limit})


def summed(said: SheetRules, text: str) -> tuple[Rows, bytes]:
    """Sums of amounts over records, protected by tau-ARGUS, one row a cell, and the proof as JSON."""
    import csv
    import io

    import msgspec

    from panah.cores.disclosure.magnitudes import SumRules, protect_sums

    reader = csv.DictReader(io.StringIO(text))
    by = list(said.dimensions) if said.dimensions else [n for n in reader.fieldnames or () if n != said.amount]
    lacking = [name for name in [*by, said.amount] if name not in (reader.fieldnames or ())]
    if lacking:
        raise ValueError(f"column {', '.join(lacking)} is missing; the file must have {', '.join([*by, said.amount])}.")
    rules = SumRules(said.percent, said.fewest)
    cells = protect_sums(list(reader), by, said.amount, rules)
    rows: Rows = [
        {
            **dict(zip(by, cell.codes, strict=True)),
            "sum": "" if cell.total is None else cell.total,
            "status": "withheld" if cell.why in ("primary", "complementary") else "published",
            "why": cell.why,
            "lower": cell.total if cell.lower is None else cell.lower,
            "upper": cell.total if cell.upper is None else cell.upper,
            "method": "tau-argus",
            "parameters": f"percent={rules.percent} fewest={rules.fewest}",
        }
        for cell in cells
    ]
    proof = {"method": "p-percent and frequency rules, modular suppression and audit of tau-ARGUS", "rules": rules}
    return rows, msgspec.json.encode(proof)
