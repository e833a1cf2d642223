"""What other states have published of the same period: for the proof that reckoned with it, and for what only all tables together tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from panah.cores import disclosure
from panah.cores.disclosure import Problem, PublishedTable, Rules, digest_of
from panah.cores.disclosure.mirror import new_leaks
from panah.cores.disclosure.tables import place
from panah.cores.exchange import moves
from panah.cores.exchange import submission as letters
from panah.cores.exchange.conversion import table_of
from panah.cores.exchange.datasets import Dataset
from panah.cores.exchange.messages import read as datasets_in
from panah.hub.intake import models

LEAST = Rules()
"""No table is taken in under weaker rules than these (domain reference 8.3, 6 and 11.5)."""


@dataclass(frozen=True)
class Others:
    """The tables with a mirror that other states published, as (state, dataset, table). `newest` are those of their last revisions."""

    every: tuple[tuple[str, Dataset, PublishedTable], ...]
    newest: tuple[tuple[str, Dataset, PublishedTable], ...]

    @classmethod
    def of(cls, submissions: Iterable[models.Submission]) -> Others:
        """submissions: of other states, of one period, each state's oldest revision first."""
        by_revision = [(one.area, tuple(_with_mirror(one))) for one in submissions]
        last = dict(by_revision)
        return cls(
            tuple(row for _state, rows in by_revision for row in rows),
            tuple(row for rows in last.values() for row in rows),
        )

    @property
    def datasets(self) -> tuple[Dataset, ...]:
        """Those of the last revisions, as the states signed them."""
        return tuple(dataset for _state, dataset, _table in self.newest)

    def proved(
        self, submission: letters.Submission, tables: Sequence[PublishedTable], own: Sequence[PublishedTable]
    ) -> list[Problem]:
        """What is wrong with the proof of a message, whose state has published `own` before. It must reckon with all of them,
        and may with any of the others; whether it had to is seen from what leaks.
        """
        if not moves.mirrored(tables):
            return list(disclosure.audit(tables, submission.proof, own, LEAST))
        named = set(submission.proof.earlier)
        linked = (moves.of_another(table, state) for state, _dataset, table in self.every)
        regarded = [table for table in linked if digest_of([table]) in named]
        before = [moves.as_linked(table, submission.state) for table in own]
        together = [moves.as_linked(table, submission.state) for table in tables]
        return list(disclosure.audit(together, submission.proof, [*regarded, *before], LEAST))

    def leaks(self, submission: letters.Submission, tables: Sequence[PublishedTable]) -> list[Problem]:
        """The withheld cells of any state that the message would let readers bound too tightly. No numbers are named."""
        published: dict[str, list[PublishedTable]] = {}
        rows = [*((state, table) for state, _d, table in self.newest), *((submission.state, table) for table in tables)]
        for state, table in rows:
            between = moves.between_states(table, state)
            if between is not None:
                published.setdefault(state, []).append(between)
        named = {table.name: table for several in published.values() for table in several}
        if len(published) < 2 or submission.state not in published:
            return []
        found = new_leaks(published, submission.state, LEAST, self._regarded(submission))
        return [
            Problem(
                "MIRROR_LEAK",
                f"{one.table}, {place(named[one.table].dimensions, one.codes)}",
                "a range that is narrower, with the tables of other states beside it",
                f"a range at least {LEAST.protection} wide: protect with regard to what other states have published",
            )
            for one in found
        ]

    def _regarded(self, submission: letters.Submission) -> frozenset[str]:
        """The states with whose last tables the proof reckoned."""
        named = set(submission.proof.earlier)
        missed = {state for state, _d, table in self.newest if digest_of([moves.of_another(table, state)]) not in named}
        return frozenset(state for state, _d, _t in self.newest) - missed


def _with_mirror(kept: models.Submission) -> Iterator[tuple[str, Dataset, PublishedTable]]:
    said = letters.read_submission(bytes(kept.content), {kept.sender.key_id: kept.sender.public_key})
    for part in said.parts:
        for dataset in datasets_in(part.content.encode()):
            table = table_of(dataset)
            if moves.mirrored([table]):
                yield kept.area, dataset, table
