"""The proof that travels with a protected table, and the digest that ties the two together."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import msgspec

from panah.cores.disclosure.rules import Rules
from panah.cores.disclosure.tables import Cell, Kind, PublishedTable

METHOD = (
    "Cell suppression over linked tables; every withheld cell bounded from what is published by linear and integer "
    "programming."
)


class Bounds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a reader of everything published can still say about one withheld cell: it lies from lower to upper.

    upper is None where nothing that is published limits the cell from above.
    """

    table: str
    codes: Cell
    lower: int
    upper: int | None


class Proof(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a set of tables was protected, and how much can still be found out. Holds nothing that is not published.

    digest: of the published tables, as `digest_of` makes it.
    earlier: digests of the earlier releases that the reader was assumed to hold.
    cells, withheld: how many cells the tables have, and how many of them by kind are withheld.
    narrowest: the width of the narrowest range in `bounds`; None when no range has an end.
    """

    method: str
    rules: Rules
    digest: str
    earlier: tuple[str, ...]
    cells: int
    withheld: dict[str, int]
    narrowest: int | None
    bounds: tuple[Bounds, ...]


def digest_of(tables: Sequence[PublishedTable]) -> str:
    """`sha-256:` and the hexadecimal digest of the tables in their canonical JSON form."""
    return "sha-256:" + hashlib.sha256(msgspec.json.encode(tuple(tables), order="deterministic")).hexdigest()


def explain(kind: Kind, threshold: int, protects: str | None = None) -> str:
    """The kind of reason in words. What leaves the node does not say which cell is protected."""
    return {
        "primary": f"primary: fewer than {threshold}",
        "complementary": f"complementary: protects {protects or 'a smaller count'}",
        "difference": f"difference: changed by fewer than {threshold} since an earlier release",
        "earlier": "earlier: withheld in an earlier release",
        "unexplained": "unexplained: the reason itself would tell too much",
    }[kind]


def to_json(value: Proof | PublishedTable | Sequence[PublishedTable]) -> bytes:
    """The canonical JSON form, as it is stored and sent."""
    return msgspec.json.encode(value, order="deterministic")


def read_tables(content: bytes) -> tuple[PublishedTable, ...]:
    """The published tables in a JSON text. Raises ValueError that names what is wrong and where."""
    try:
        return msgspec.json.decode(content, type=tuple[PublishedTable, ...])
    except (msgspec.DecodeError, ValueError) as error:
        raise ValueError(f"These are not published tables in the form that protection gives them: {error}.") from error


def read_proof(content: bytes) -> Proof:
    """The proof in a JSON text. Raises ValueError that names what is wrong and where."""
    try:
        return msgspec.json.decode(content, type=Proof)
    except (msgspec.DecodeError, ValueError) as error:
        raise ValueError(f"This is not a proof in the form that protection gives it: {error}.") from error
