"""The door of this room: the base of loading acts, what was loaded last into a room, and noting it."""

from __future__ import annotations

from pathlib import Path

from panah.cores.shipped import folder as shipped
from panah.hub.loadings.actions import note
from panah.hub.loadings.acts import LoadSheets, refuse_wrong
from panah.hub.loadings.standing import Loaded, last

__all__ = ["LoadSheets", "Loaded", "last", "note", "record_home", "refuse_wrong"]


def record_home() -> Path:
    """The folder of the record that came with the program."""
    return shipped("record", "README.md")
