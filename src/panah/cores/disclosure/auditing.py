"""Check a protected set of tables from what is published alone, as whoever receives it would."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import prod

from panah.cores.disclosure.attack import Contradiction
from panah.cores.disclosure.knowledge import Disagreement, Knowledge, gather
from panah.cores.disclosure.problems import Problem
from panah.cores.disclosure.proof import Bounds, Proof, digest_of
from panah.cores.disclosure.relations import key_of
from panah.cores.disclosure.rules import Rules
from panah.cores.disclosure.suppression import prove
from panah.cores.disclosure.tables import PublishedCell, PublishedTable, all_cells

MOST = 1_000_000_000


def audit(
    published: Sequence[PublishedTable],
    proof: Proof,
    earlier: Sequence[PublishedTable] = (),
    least: Rules | None = None,
) -> tuple[Problem, ...]:
    """Everything that is wrong with the tables or their proof; empty when they may be published.

    Works out the reader's ranges anew and compares them with those of the proof; trusts nothing in it but the rules,
    which may not be weaker than `least`. `earlier` are the releases that a reader may hold already.
    Safe on tables and proofs from strangers: never raises for their content.
    """
    problems = [*_paperwork(published, proof, earlier, least or Rules())]
    names = [table.name for table in published]
    if len(set(names)) != len(names):
        problems.append(Problem("NAMES", "tables", ", ".join(names), "each table with a name of its own"))
    problems += [problem for table in published for problem in _shape(table, proof.rules)]
    if problems:
        return tuple(problems)
    try:
        knowledge = gather(published, proof.rules, earlier)
        again = prove(published, proof.rules, earlier)
    except Disagreement as error:
        return (Problem("CONTRADICTION", "tables", str(error), "the same cell the same in every table"),)
    except Contradiction as error:
        return (Problem("ARITHMETIC", "tables", str(error), "margins and parts that some table of counts agrees with"),)
    problems += _against_earlier(published, proof.rules, earlier)
    problems += _shown_zeros(published, proof.rules, knowledge, earlier)
    problems += _ranges(published, proof, again, knowledge)
    return tuple(problems)


def _paperwork(
    published: Sequence[PublishedTable], proof: Proof, earlier: Sequence[PublishedTable], least: Rules
) -> Iterator[Problem]:
    digest = digest_of(published)
    if proof.digest != digest:
        yield Problem("DIGEST", "proof", proof.digest, f"the digest of the tables, {digest}")
    expected = tuple(digest_of([table]) for table in earlier)
    if set(proof.earlier) != set(expected):
        found = ", ".join(proof.earlier) or "none"
        yield Problem("EARLIER", "proof", found, f"the earlier releases held here: {', '.join(expected) or 'none'}")
    for name in ("threshold", "protection"):
        found_value, allowed_value = getattr(proof.rules, name), getattr(least, name)
        if found_value < allowed_value:
            yield Problem("RULES", f"proof, {name}", str(found_value), f"{allowed_value} or more")


def _shape(table: PublishedTable, rules: Rules) -> Iterator[Problem]:
    if len({dimension.id for dimension in table.dimensions}) != len(table.dimensions):
        yield Problem("DIMENSIONS", table.name, "two of the same name", "each dimension with a name of its own")
        return
    size = prod(len(dimension.codes) for dimension in table.dimensions)
    if len(table.cells) != size or {cell.codes for cell in table.cells} != set(all_cells(table.dimensions)):
        yield Problem("CELLS", table.name, f"{len(table.cells)} cells", f"each of the {size} cells once")
        return
    for cell in table.cells:
        where = f"{table.name}, {table.place(cell)}"
        if (cell.count is None) == (cell.kind is None):
            yield Problem(
                "CELL", where, "a count and a reason, or neither", "either a count or a reason to withhold it"
            )
        elif cell.count is not None and (cell.count < 0 or rules.is_small(cell.count) or cell.count > MOST):
            yield Problem("COUNT", where, str(cell.count), f"0, or from {rules.threshold} to {MOST}")
        elif cell.impossible and cell.count != 0:
            yield Problem("IMPOSSIBLE", where, str(cell.count), "0, for a combination that cannot exist")


def _against_earlier(
    published: Sequence[PublishedTable], rules: Rules, earlier: Sequence[PublishedTable]
) -> Iterator[Problem]:
    before = {key_of(table, cell.codes): cell for table in earlier for cell in table.cells}
    for table in published:
        for cell in table.cells:
            was = before.get(key_of(table, cell.codes))
            if was is None or cell.count is None:
                continue
            where = f"{table.name}, {table.place(cell)}"
            if was.count is None and cell.count >= rules.threshold:
                yield Problem("REVEALED", where, str(cell.count), "withheld, as in the earlier release")
            elif was.count is not None and rules.is_small(abs(cell.count - was.count)):
                yield Problem(
                    "DIFFERENCE",
                    where,
                    f"{cell.count}, earlier {was.count}",
                    f"no change, a change of {rules.threshold} and more, or the cell withheld",
                )


def _shown_zeros(
    published: Sequence[PublishedTable], rules: Rules, knowledge: Knowledge, earlier: Sequence[PublishedTable]
) -> Iterator[Problem]:
    zero_before = {key_of(t, c.codes) for t in earlier for c in t.cells if c.count == 0}
    index, containing = knowledge.relations.index, knowledge.relations.containing
    for table in published:
        for cell in table.cells:
            if cell.count != 0 or cell.impossible or key_of(table, cell.codes) in zero_before:
                continue
            above = containing[index[key_of(table, cell.codes)]]
            in_zero = any(knowledge.known.get(position) == 0 for position in above)
            in_small = any(knowledge.kinds.get(position) == "primary" for position in above)
            if not in_zero and (in_small or rules.zeros == "withheld"):
                allowed = "the zero withheld" + (", as its group is too small to be broken down" if in_small else "")
                yield Problem("ZERO", f"{table.name}, {table.place(cell)}", "0", allowed)


def _ranges(published: Sequence[PublishedTable], proof: Proof, again: Proof, knowledge: Knowledge) -> Iterator[Problem]:
    tables = {table.name: table for table in published}
    claimed = {(bounds.table, bounds.codes): bounds for bounds in proof.bounds}
    for found in again.bounds:
        table = tables[found.table]
        where = f"{found.table}, {table.place(PublishedCell(found.codes))}"
        position = knowledge.relations.index[key_of(table, found.codes)]
        upper = float("inf") if found.upper is None else found.upper
        if knowledge.width(position, found.lower, upper) < proof.rules.protection:
            allowed = f"a range at least {proof.rules.protection} wide"
            yield Problem("NARROW", where, _range(found), allowed)
        claim = claimed.get((found.table, found.codes))
        if claim != found:
            yield Problem("PROOF", where, "no range" if claim is None else _range(claim), _range(found))


def _range(bounds: Bounds) -> str:
    return f"{bounds.lower} to {'any number' if bounds.upper is None else bounds.upper}"
