"""Fonts of the papers: whole ones, each for its scripts. A letter is taken from the first family that has it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

_FAMILIES: Final = {"ltr": ("noto-sans", "vazirmatn"), "rtl": ("vazirmatn", "noto-sans")}
_WEIGHTS: Final = ("400", "700")


def families(direction: str) -> str:
    """The value of `font-family` for a direction of writing."""
    return ", ".join(f"'{family}'" for family in _FAMILIES[direction])


def context(direction: str) -> dict[str, Any]:
    """What a paper's template needs of the fonts: the faces with their addresses, and the order of the families."""
    faces = [(family, weight, _address(family, weight)) for family in _FAMILIES[direction] for weight in _WEIGHTS]
    return {"faces": faces, "families": families(direction)}


def _address(family: str, weight: str) -> str:
    return f"panah:font/{family}/{weight}"


BY_ADDRESS: Final = {
    _address(family, weight): Path(__file__).parent / family / f"{weight}.woff2"
    for family in _FAMILIES["ltr"]
    for weight in _WEIGHTS
}
"""The only addresses that a paper may name, each with its file."""
