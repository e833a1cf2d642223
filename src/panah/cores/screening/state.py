"""What is known of one record while it is screened, in bits."""

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


Fired = tuple[int, int, int]
"""A rule that fired: its number, the bits that decided, and the open exceptions (bits) that could still undo it."""


class State:
    """The bits true and false so far, what derived bits rest on, and the rules that fired for each finding.

    `firm` has the findings that no open answer can take away. `behind` has, for a positive trafficking dimension, its
    indicators. `silent` has the bits that may be true only because something was not answered. `supports` keeps the
    fields found to be behind bits.
    """

    __slots__ = ("answered", "behind", "false", "fired", "firm", "silent", "supports", "true")

    def __init__(self, answered: int, true: int, false: int) -> None:
        self.answered = answered
        self.true = true
        self.false = false
        self.firm = 0
        self.silent = 0
        self.behind: dict[int, int] = {}
        self.supports: dict[int, int] = {}
        self.fired: dict[int, list[Fired]] = {}
