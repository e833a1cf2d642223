"""Travel documents and identity numbers: reading, checking, repairing, writing. Pure: no clock, no network, no store.

The public names are these; the modules beside them are private to the room.
"""

from panah.cores.documents.compose import CannotBeWrittenError, Fields, compose
from panah.cores.documents.identity_numbers import COUNTRIES, IdentityNumber, check_identity_number
from panah.cores.documents.lines import Block, split_blocks
from panah.cores.documents.problems import FAULTS, PROBLEM_CODES, Problem
from panah.cores.documents.reading import Reading, read_zone
from panah.cores.documents.transliteration import transliterate, untransliterated

__all__ = [
    "COUNTRIES",
    "FAULTS",
    "PROBLEM_CODES",
    "Block",
    "CannotBeWrittenError",
    "Fields",
    "IdentityNumber",
    "Problem",
    "Reading",
    "check_identity_number",
    "compose",
    "read_zone",
    "split_blocks",
    "transliterate",
    "untransliterated",
]
