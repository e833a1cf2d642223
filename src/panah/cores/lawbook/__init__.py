"""The law as data: packs, their dated values, competent bodies, calendars and legal terms."""

from panah.cores.lawbook.errors import PackError, PackNotFound
from panah.cores.lawbook.loading import load_pack, pack_codes, packs_root
from panah.cores.lawbook.model import (
    Absence,
    Body,
    Citation,
    Document,
    Mandate,
    OpenQuestion,
    Pack,
    Parameter,
    Place,
    Source,
    Stamp,
    Unknown,
    Value,
)

__all__ = [
    "Absence",
    "Body",
    "Citation",
    "Document",
    "Mandate",
    "OpenQuestion",
    "Pack",
    "PackError",
    "PackNotFound",
    "Parameter",
    "Place",
    "Source",
    "Stamp",
    "Unknown",
    "Value",
    "load_pack",
    "pack_codes",
    "packs_root",
]
