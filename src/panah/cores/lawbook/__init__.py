"""The law as data: packs, their dated values, competent bodies, calendars and legal terms."""

from panah.cores.lawbook.calendars import Calendar, calendar_of
from panah.cores.lawbook.dealings import Channel, IdentityNumber, Meaning, Paper, Procedure, Remedy, Stage, Standard
from panah.cores.lawbook.errors import PackError, PackNotFound
from panah.cores.lawbook.loading import load_pack, pack_codes, packs_root
from panah.cores.lawbook.model import (
    Absence,
    Body,
    Document,
    Mandate,
    OpenQuestion,
    Pack,
    Parameter,
    Place,
    Source,
    Stamp,
    Value,
)
from panah.cores.lawbook.terms import Due, Suspension, due
from panah.cores.lawbook.values import Citation, Unknown

__all__ = [
    "Absence",
    "Body",
    "Calendar",
    "Channel",
    "Citation",
    "Document",
    "Due",
    "IdentityNumber",
    "Mandate",
    "Meaning",
    "OpenQuestion",
    "Pack",
    "PackError",
    "PackNotFound",
    "Paper",
    "Parameter",
    "Place",
    "Procedure",
    "Remedy",
    "Source",
    "Stage",
    "Stamp",
    "Standard",
    "Suspension",
    "Unknown",
    "Value",
    "calendar_of",
    "due",
    "load_pack",
    "pack_codes",
    "packs_root",
]
