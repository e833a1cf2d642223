"""The law as data: packs, their dated values, competent bodies, calendars and legal terms."""

from panah.cores.lawbook.calendars import Calendar, calendar_of
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
from panah.cores.lawbook.terms import Due, Suspension, due

__all__ = [
    "Absence",
    "Body",
    "Calendar",
    "Citation",
    "Document",
    "Due",
    "Mandate",
    "OpenQuestion",
    "Pack",
    "PackError",
    "PackNotFound",
    "Parameter",
    "Place",
    "Source",
    "Stamp",
    "Suspension",
    "Unknown",
    "Value",
    "calendar_of",
    "due",
    "load_pack",
    "pack_codes",
    "packs_root",
]
