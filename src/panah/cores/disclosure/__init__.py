"""Tables leave only with a proof that nobody in them can be worked out."""

from panah.cores.disclosure.audit import audit
from panah.cores.disclosure.problems import Problem
from panah.cores.disclosure.proof import Bounds, Proof, digest_of, explain, read_proof, read_tables, to_json
from panah.cores.disclosure.rules import Rules
from panah.cores.disclosure.suppression import CannotProtect, Protected, Reason, protect
from panah.cores.disclosure.tables import Dimension, PublishedCell, PublishedTable, Table, tabulate

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
