"""Write a machine-readable zone: the inverse of reading one.

For tests, for documents of invented people in the demonstration, and for travel documents that an authority of this
system issues. The zone is written as ICAO Doc 9303 Parts 3 to 7 ask, with every check digit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from panah.cores.documents.alphabet import CHARACTERS, FILLER, LETTERS, check_digit
from panah.cores.documents.dates import write_date
from panah.cores.documents.layouts import BY_FORMAT, TITLES, Layout, Span
from panah.cores.documents.names import write_names
from panah.cores.documents.transliteration import transliterate

_SEXES: Final = {"female": "F", "male": "M", "unspecified": FILLER}


class CannotBeWrittenError(ValueError):
    """A field does not fit into the zone; the message says which, what was found and what is allowed."""


@dataclass(frozen=True, slots=True)
class Fields:
    """What a zone is written from.

    Names in any script that `transliterate` knows. `birth_date` and `expiry` are ISO 8601 and may be a month, a year
    or empty where no more is known. `optional_first` is the optional data of the first line of TD1 alone. Blanks and
    hyphens in numbers become fillers.
    """

    format: Literal["TD1", "TD2", "TD3", "MRV-A", "MRV-B"]
    type: str
    issuer: str
    number: str
    nationality: str
    primary: str
    secondary: str = ""
    birth_date: str = ""
    sex: Literal["female", "male", "unspecified"] = "unspecified"
    expiry: str = ""
    optional: str = ""
    optional_first: str = ""
    language: str = ""


def _fit(text: str, span: Span, field: str) -> str:
    written = text.upper().replace(" ", FILLER).replace("-", FILLER)
    width = span.end - span.start
    if len(written) > width or not CHARACTERS.issuperset(written):
        raise CannotBeWrittenError(
            f"The {TITLES[field]} is {text!r}; allowed are at most {width} characters of A to Z, 0 to 9 and blanks."
        )
    return written.ljust(width, FILLER)


def _code(text: str, span: Span, field: str) -> str:
    if not (LETTERS | {FILLER}).issuperset(text.upper()):
        raise CannotBeWrittenError(f"The {TITLES[field]} is {text!r}; allowed are letters A to Z.")
    return _fit(text, span, field)


def _long_number(fields: Fields, layout: Layout, number: str) -> tuple[str, str, str]:
    """The number field, its check digit position and the optional data that the rest of the number runs on into."""
    if layout.long_number_in is None:
        raise CannotBeWrittenError(
            f"The document number is {number!r}; a {layout.format} holds at most 9 characters. Only TD1 and TD2 hold longer ones."
        )
    if not CHARACTERS.issuperset(number) or FILLER in number:
        raise CannotBeWrittenError(
            f"The document number is {number!r}; allowed in one of more than 9 characters are A to Z and 0 to 9."
        )
    rest = number[9:] + check_digit(number) + FILLER
    own = fields.optional_first if layout.long_number_in == "optional_first" else fields.optional
    return number[:9], FILLER, rest + own


def _values(fields: Fields, layout: Layout) -> dict[str, str]:
    spans = layout.spans
    number = fields.number.upper().replace(" ", FILLER).replace("-", FILLER)
    if len(number) > 9:
        printed, digit, run_on = _long_number(fields, layout, number)
    else:
        printed = _fit(number, spans["number"], "number")
        digit, run_on = check_digit(printed), ""
    optional = {"optional": fields.optional, "optional_first": fields.optional_first}
    if run_on and layout.long_number_in:
        optional[layout.long_number_in] = run_on
    if fields.optional_first and "optional_first" not in spans:
        raise CannotBeWrittenError(f"Only a TD1 has optional data in its first line; the format is {layout.format}.")
    width = spans["names"].end - spans["names"].start
    primary = transliterate(fields.primary, fields.language)
    if not primary:
        raise CannotBeWrittenError(f"The name is {fields.primary!r}; at least one letter is needed.")
    try:
        birth, expiry = write_date(fields.birth_date), write_date(fields.expiry)
    except ValueError as wrong:
        raise CannotBeWrittenError(str(wrong)) from wrong
    values = {
        "type": _code(fields.type, spans["type"], "type"),
        "issuer": _code(fields.issuer, spans["issuer"], "issuer"),
        "names": write_names(primary, transliterate(fields.secondary, fields.language), width),
        "number": printed,
        "number_check": digit,
        "nationality": _code(fields.nationality, spans["nationality"], "nationality"),
        "birth_date": birth,
        "birth_date_check": check_digit(birth),
        "sex": _SEXES[fields.sex],
        "expiry": expiry,
        "expiry_check": check_digit(expiry),
    }
    for name, text in optional.items():
        if name in spans:
            values[name] = _fit(text, spans[name], name)
    if "optional_check" in spans:
        values["optional_check"] = check_digit(values["optional"]) if fields.optional else FILLER
    return values


def compose(fields: Fields) -> tuple[str, ...]:
    """The lines of the zone.

    Raises CannotBeWrittenError where a field does not fit. Names never raise for their length: they are cut as Doc 9303
    asks. An empty optional field of TD3 has a filler for its check digit, which Doc 9303-4 allows beside a zero.
    """
    layout = BY_FORMAT.get(fields.format)
    if layout is None:
        raise CannotBeWrittenError(f"The format is {fields.format!r}; allowed are {', '.join(BY_FORMAT)}.")
    values = _values(fields, layout)
    rows = [[FILLER] * layout.width for _ in range(layout.lines)]
    for name, value in values.items():
        span = layout.spans[name]
        rows[span.line][span.start : span.end] = value
    lines = tuple("".join(row) for row in rows)
    if not layout.composite:
        return lines
    at = layout.spans["composite"]
    digit = check_digit("".join(span.of(lines) for span in layout.composite))
    return tuple(
        line[: at.start] + digit + line[at.end :] if index == at.line else line for index, line in enumerate(lines)
    )
