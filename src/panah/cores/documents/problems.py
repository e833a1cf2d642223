"""What can be said about a document or a number: a stable code and a full sentence, never a code alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding.

    `code` is stable and meant for programs; `sentence` is for people. `line` and `position` count from 1 inside the
    zone; `found` is what stood there and `read_as` what was read instead (`repaired`) or could be read instead
    (`repair_proposed`). All four are None where they say nothing.
    """

    code: str
    sentence: str
    line: int | None = None
    position: int | None = None
    found: str | None = None
    read_as: str | None = None

    def as_json(self) -> dict[str, str | int]:
        """The finding as plain values; keys without a value are left out."""
        pairs: dict[str, str | int | None] = {
            "code": self.code,
            "sentence": self.sentence,
            "line": self.line,
            "position": self.position,
            "found": self.found,
            "read_as": self.read_as,
        }
        return {key: value for key, value in pairs.items() if value is not None}


PROBLEM_CODES: Final[Mapping[str, str]] = {
    "not_a_zone": "The text is not a machine-readable zone.",
    "line_ignored": "A line of the text does not belong to the zone and was left out.",
    "zone_ignored": "A line of another zone stands in the same block and was left out.",
    "line_length": "A line had the wrong length and was put right with fillers alone.",
    "line_damaged": "A line had the wrong length and a character other than a filler is missing or too many.",
    "blanks_as_fillers": "Blanks of a line were read as fillers.",
    "lines_joined": "The lines of the zone were divided or joined wrongly and were put right.",
    "repaired": "A character was read as another; the sentence says which and why.",
    "repair_proposed": "A character may have been misread; nothing was changed.",
    "character_not_allowed": "A character cannot stand where it stands and could not be repaired.",
    "check_digit_wrong": "A check digit does not agree with what it covers.",
    "check_digit_absent": "A filler stands where a check digit is expected.",
    "birth_date_impossible": "The date of birth is not a date.",
    "birth_date_zeros": "The date of birth has zeros for a part; the part is taken as unknown.",
    "expiry_impossible": "The date of expiry is not a date.",
    "expiry_century_assumed": "The century of the date of expiry was chosen among two that are possible.",
    "unknown_code": "A code of an issuer or a nationality is in no list of Doc 9303-3, section 5.",
    "unknown_document_code": "The document code begins with a letter that Doc 9303 does not use.",
    "document_code_contradicts_nationality": "The document code and the nationality say different things.",
    "sex_not_allowed": "Something other than F, M or a filler stands in the place of the sex.",
    "number_missing": "The zone has no document number.",
    "name_missing": "The zone has no name.",
    "placeholder_name": "A part of the name is a placeholder and not a name.",
    "text_after_name": "Letters stand after the end of the name.",
    "national_layout": "The document follows a national layout that is not in Doc 9303.",
}
"""Every code that a reading can carry, with its general meaning."""

FAULTS: Final = frozenset(
    {
        "not_a_zone",
        "line_damaged",
        "character_not_allowed",
        "check_digit_wrong",
        "check_digit_absent",
        "birth_date_impossible",
        "expiry_impossible",
    }
)
"""The codes that make a reading not valid. The others inform."""
