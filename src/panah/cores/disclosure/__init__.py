"""Tables leave only with a proof that nobody in them can be worked out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from panah.cores.disclosure.problems import Problem
from panah.cores.disclosure.proof import Bounds, Proof, digest_of, explain, read_proof, read_tables, to_json
from panah.cores.disclosure.rules import Rules
from panah.cores.disclosure.tables import Dimension, PublishedCell, PublishedTable, Table, tabulate

if TYPE_CHECKING:
    from panah.cores.disclosure.auditing import audit
    from panah.cores.disclosure.suppression import CannotProtect, Protected, Reason, protect

__all__ = [
    "Bounds",
    "CannotProtect",
    "Dimension",
    "Problem",
    "Proof",
    "Protected",
    "PublishedCell",
    "PublishedTable",
    "Reason",
    "Rules",
    "Table",
    "audit",
    "digest_of",
    "explain",
    "protect",
    "read_proof",
    "read_tables",
    "tabulate",
    "to_json",
]

# These solve linear programmes; what they need takes seconds to load, and most of the program only reads tables.
_SOLVING = {
    "audit": "auditing",
    "CannotProtect": "suppression",
    "Protected": "suppression",
    "Reason": "suppression",
    "protect": "suppression",
}


def __getattr__(name: str) -> Any:
    if name not in _SOLVING:
        raise AttributeError(f"panah.cores.disclosure has no {name!r}.")
    from importlib import import_module

    return getattr(import_module(f"panah.cores.disclosure.{_SOLVING[name]}"), name)
