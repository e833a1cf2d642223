"""What the form and its submissions agree on: names of elements, and the mark by which a submission says of which form it is."""

from __future__ import annotations

from typing import Final

from panah.node.imports.columns import COLUMNS
from panah.node.registration import service as registration

LAYOUT: Final = 1
"""Counts up when an element changes its meaning. Submissions of another layout are refused; those of an older pack are taken, since
every answer is checked by itself."""

FORM_MARK: Final = "panah_form"
DOCUMENTS: Final = "documents"
HELD: Final = "documents_held"
LEFT_OPEN: Final = "__left"
"""End of the name of a question that asks why one before it has no answer."""


def form_id() -> str:
    return f"panah_{registration.node_pack().code}"


def form_mark() -> str:
    """Form, layout, version and digest of the pack."""
    pack = registration.node_pack()
    return f"{form_id()}/{LAYOUT}/{pack.version}/{pack.digest[:12]}"


def element_of(key: str) -> str:
    """The element that holds a column: dots are not liked in names by every program that collects."""
    return key.replace(".", "__")


def key_of(element: str) -> str:
    """The column of an element, or nothing when the form has no such element."""
    return _KEYS.get(element.removesuffix(LEFT_OPEN), "")


_KEYS: Final = {
    element_of(one.key): one.key
    for one in COLUMNS
    if not one.key.startswith(DOCUMENTS) and one.key not in ("pack", "name.script")
}
