"""What is known of one record once it is screened, in bits."""

from __future__ import annotations

from typing import NamedTuple


class CompiledRule(NamedTuple):
    """A rule in bits: it fires when one of `when` is true and no exception is.

    `exceptions` undo it when true, `exceptions_negated` when false. `findings` are the bits that it gives.
    """

    number: int
    when: int
    exceptions: int
    exceptions_negated: int
    findings: tuple[int, ...]


class State(NamedTuple):
    """The bits true and false of one record, the rules that fired and the fields that are open (each as bits).

    `answered`, `missing` and `skipped` are fields: those with an answer, those whose answer could still change what
    stands, those that need not be asked. `supports` keeps the fields found to be behind bits.
    """

    answered: int
    true: int
    false: int
    fired: int
    missing: int
    skipped: int
    supports: dict[int, int]
