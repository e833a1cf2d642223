"""Where the data lie that come with the program: packs, contracts, the record."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def folder(name: str, witness: str) -> Path:
    """The folder of that name in the source tree, where `witness` lies in it, else its installed copy inside the package."""
    package = Path(__file__).resolve().parents[1]
    in_tree = package.parents[1] / name
    return in_tree if (in_tree / witness).exists() else package / f"_{name}"
