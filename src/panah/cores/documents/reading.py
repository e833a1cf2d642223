"""Read a machine-readable zone: all five formats of ICAO Doc 9303, damaged or whole.

A wrong check digit warns and never refuses: every field that can be read is given, `valid` is false, and the problem
says what to compare. Nothing is changed in silence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from panah.cores.documents import registration
from panah.cores.documents.alphabet import FILLER
from panah.cores.documents.checks import Check, State, read_checks, read_number
from panah.cores.documents.codes import (
    FIRST_LETTERS,
    KNOWN_CODES,
    DocumentClass,
    code_contradicts_nationality,
    document_class,
)
from panah.cores.documents.dates import ReadDate, ZoneDate, read_birth_date, read_expiry
from panah.cores.documents.fit import fit_zone
from panah.cores.documents.layouts import FRENCH_CARD, TITLES, Layout, Span
from panah.cores.documents.names import PLACEHOLDERS, SEPARATOR, Names, read_names, read_separate_names
from panah.cores.documents.position import misplaced
from panah.cores.documents.problems import FAULTS, Problem
from panah.cores.documents.repair import repair

Format = Literal["TD1", "TD2", "TD3", "MRV-A", "MRV-B"]
Sex = Literal["female", "male", "unspecified"]

LONGEST_TEXT = 20_000
"""Characters of text that are looked at; the rest is not part of a zone."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a machine-readable zone says.

    `format` is None where the text is no zone; every field is then None and `problems` says why. Codes are as
    printed without fillers (`D` for Germany). `optional` is the optional data with inner fillers; of TD1 the parts of
    both lines, divided by a blank. `lines` is the zone after repair. `on` is the day that the dates were read on.
    """

    format: Format | None
    type: str | None
    issuer: str | None
    number: str | None
    nationality: str | None
    names: Names
    birth_date: ZoneDate
    sex: Sex | None
    expiry: ZoneDate
    optional: str | None
    document_class: DocumentClass | None
    checks: Mapping[str, State]
    valid: bool
    problems: tuple[Problem, ...]
    lines: tuple[str, ...]
    on: date

    @property
    def is_zone(self) -> bool:
        return self.format is not None

    def as_json(self) -> dict[str, object]:
        """The keys of `panah document`, in order, as plain values."""
        return {
            "format": self.format,
            "type": self.type,
            "issuer": self.issuer,
            "number": self.number,
            "nationality": self.nationality,
            "names": self.names.as_json(),
            "birth_date": self.birth_date.as_json(),
            "sex": self.sex,
            "expiry": self.expiry.value,
            "optional": self.optional,
            "class": self.document_class,
            "checks": dict(self.checks),
            "valid": self.valid,
            "problems": [problem.as_json() for problem in self.problems],
        }

    def to_registration(self) -> dict[str, object]:
        """What a registration can be filled in with, in the words of contracts/screening.md.

        Proposals for an officer to confirm, never facts about the person. See `registration.registration_of`.
        """
        return registration.registration_of(self)


def _unreadable(text: str, on: date) -> Reading:
    lengths = [len(line.strip()) for line in text.splitlines() if line.strip()]
    found = ", ".join(str(length) for length in lengths[:5]) + (" and more" if len(lengths) > 5 else "")
    sentence = (
        f"The text is not a machine-readable zone: found {len(lengths)} line(s) of {found or 'no'} characters. Allowed "
        "are two lines of 44 characters (passport, visa), two of 36 (card, visa) or three of 30 (card), made of A to "
        "Z, 0 to 9 and <. Scan the zone again or type it line by line."
    )
    nothing = ZoneDate(None, "unknown", "")
    return Reading(
        format=None,
        type=None,
        issuer=None,
        number=None,
        nationality=None,
        names=Names(None, None, truncated=False),
        birth_date=nothing,
        sex=None,
        expiry=nothing,
        optional=None,
        document_class=None,
        checks={},
        valid=False,
        problems=(Problem("not_a_zone", sentence),),
        lines=(),
        on=on,
    )


def _field(layout: Layout, lines: tuple[str, ...], name: str) -> str:
    span = layout.spans.get(name)
    return span.of(lines).rstrip(FILLER) if span else ""


def _optional(layout: Layout, lines: tuple[str, ...], rest: str) -> str | None:
    """All optional data; what a long number has taken is left out."""
    parts = []
    for name in ("optional_first", "optional"):
        if name in layout.spans:
            whole = rest if name == layout.long_number_in else layout.spans[name].of(lines)
            parts.append(whole.strip(FILLER))
    return " ".join(part for part in parts if part) or None


def _sex(printed: str) -> tuple[Sex, bool]:
    """The sex and whether what is printed is allowed; X, which belongs on the page, is taken as a filler."""
    sexes: dict[str, Sex] = {"F": "female", "M": "male", FILLER: "unspecified", "X": "unspecified"}
    return sexes.get(printed, "unspecified"), printed in {"F", "M", FILLER}


def _place(span: Span) -> str:
    return f"line {span.line + 1}, position {span.start + 1}"


def _check_problems(checks: tuple[Check, ...]) -> Iterator[Problem]:
    for check in checks:
        if check.at is None:
            continue
        title = "composite check digit" if check.name == "composite" else f"check digit of the {TITLES[check.name]}"
        line, position = check.at.line + 1, check.at.start + 1
        if check.state == "wrong":
            sentence = (
                f"The {title} ({_place(check.at)}) is {check.printed}; computed it is {check.expected}. Compare what "
                "it covers with the document. A wrong check digit never refuses a person."
            )
            yield Problem("check_digit_wrong", sentence, line, position, check.printed)
        elif check.missing:
            sentence = (
                f"The {title} ({_place(check.at)}) is a filler, where {check.expected} is expected. Compare what it "
                "covers with the document."
            )
            yield Problem("check_digit_absent", sentence, line, position, check.printed)


def _date_problems(layout: Layout, birth: ReadDate, expiry: ReadDate) -> Iterator[Problem]:
    for code, name, read in (("birth_date", "birth_date", birth), ("expiry", "expiry", expiry)):
        if name not in layout.spans:
            continue
        span, printed = layout.spans[name], read.date.printed
        line, position = span.line + 1, span.start + 1
        if read.impossible:
            sentence = (
                f"The {TITLES[name]} ({_place(span)}) is {printed}, which is no date; allowed is YYMMDD with fillers for what "
                "is unknown. Take the date from the printed page."
            )
            yield Problem(f"{code}_impossible", sentence, line, position, printed)
        elif read.zeros and name == "birth_date":
            sentence = (
                f"The {TITLES[name]} ({_place(span)}) is {printed}; the zeros were taken as an unknown month or day. "
                "Do not put 1 January in their place."
            )
            yield Problem("birth_date_zeros", sentence, line, position, printed)
        elif read.century_assumed:
            sentence = (
                f"The {TITLES[name]} ({_place(span)}) is {printed}, read as {read.date.value}. A card without an end "
                "may mean a hundred years later: compare it with the printed page."
            )
            yield Problem("expiry_century_assumed", sentence, line, position, printed)


def _code_problems(layout: Layout, document_code: str, issuer: str, nationality: str) -> Iterator[Problem]:
    for name, code in (("issuer", issuer), ("nationality", nationality)):
        if code and code not in KNOWN_CODES:
            sentence = (
                f"The {TITLES[name]} is {code} ({_place(layout.spans[name])}), which is in no list of ISO 3166-1 or "
                "Doc 9303-3, section 5. Compare it with the document."
            )
            yield Problem("unknown_code", sentence, layout.spans[name].line + 1, layout.spans[name].start + 1, code)
    if document_code[:1] not in FIRST_LETTERS:
        sentence = f"The document code is {document_code or 'empty'}; Doc 9303 begins it with P (passport), V (visa), I, A or C (card)."
        yield Problem("unknown_document_code", sentence, 1, 1, document_code)
    if code_contradicts_nationality(document_code, issuer, nationality):
        meaning = "a refugee's" if document_code == "PR" else "a stateless person's"
        sentence = (
            f"The document code {document_code} means {meaning} document since 1 January 2026, but the nationality is the "
            f"issuer's own, {nationality}. Before that date states chose the second letter freely, so the document was "
            "taken as national. Look at the title on its cover and ask the person."
        )
        yield Problem("document_code_contradicts_nationality", sentence, 1, 1, document_code)


def _name_problems(layout: Layout, lines: tuple[str, ...], names: Names) -> Iterator[Problem]:
    if names.primary is None and names.secondary is None:
        yield Problem("name_missing", "The zone has no name. Take it from the printed page and ask the person.")
    for part in (names.primary, names.secondary):
        if part in PLACEHOLDERS:
            sentence = f"{part} stands for a name that the person does not have. Do not store it as a name."
            yield Problem("placeholder_name", sentence, found=part)
    if "names" in layout.spans:
        field = layout.spans["names"].of(lines).rstrip(FILLER)
        _, _, after = field.partition(SEPARATOR)
        if SEPARATOR in after.strip(FILLER) or after.startswith(FILLER):
            sentence = (
                f"Letters stand after the end of the name ({field}). They were kept with the given names; compare "
                "them with the printed page."
            )
            yield Problem("text_after_name", sentence, layout.spans["names"].line + 1)


def _other_problems(layout: Layout, lines: tuple[str, ...], number: str | None) -> Iterator[Problem]:
    if layout is FRENCH_CARD:
        sentence = (
            "This is a French identity card issued before 2021, whose zone does not follow Doc 9303: it has no date of expiry "
            "and no nationality. Take the end of validity from the printed page."
        )
        yield Problem("national_layout", sentence)
    if number is None:
        yield Problem("number_missing", "The zone has no document number. Take it from the printed page.")
    span = layout.spans["sex"]
    printed = span.of(lines)
    if not _sex(printed)[1]:
        sentence = (
            f"In the place of the sex ({_place(span)}) stands {printed}; allowed are F, M or a filler. It was read as "
            "unspecified; compare it with the document."
        )
        yield Problem("sex_not_allowed", sentence, span.line + 1, span.start + 1, printed)


def _names(layout: Layout, lines: tuple[str, ...]) -> Names:
    if "names" in layout.spans:
        return read_names(layout.spans["names"].of(lines))
    return read_separate_names(layout.spans["primary"].of(lines), layout.spans["secondary"].of(lines))


def read_zone(text: str, on: date) -> Reading:
    """Read the one machine-readable zone in `text`; never raises, whatever the text.

    `on` is the day of the reading: it decides the century of two-digit years (see `dates`). Lower case, blanks, line
    numbers, quotes and lines run together are understood; a text with no zone gives a reading that says so.
    """
    fit = fit_zone(text[:LONGEST_TEXT])
    if fit is None:
        return _unreadable(text[:LONGEST_TEXT], on)
    layout = fit.layout
    mended = repair(layout, fit.lines)
    lines = mended.lines
    number = read_number(layout, lines)
    checks = read_checks(layout, lines)
    birth = read_birth_date(layout.spans["birth_date"].of(lines), on)
    expiry = ReadDate(ZoneDate(None, "unknown", ""))
    if "expiry" in layout.spans:
        expiry = read_expiry(layout.spans["expiry"].of(lines), on)
    names = _names(layout, lines)
    code, issuer = _field(layout, lines, "type"), _field(layout, lines, "issuer")
    nationality = _field(layout, lines, "nationality")
    written_number = number.text.strip(FILLER).replace(FILLER, " ") or None
    problems = (
        *fit.problems,
        *mended.problems,
        *misplaced(layout, lines),
        *_check_problems(checks),
        *_date_problems(layout, birth, expiry),
        *_code_problems(layout, code, issuer, nationality),
        *_name_problems(layout, lines, names),
        *_other_problems(layout, lines, written_number),
    )
    return Reading(
        format=layout.format,  # type: ignore[arg-type]
        type=code or None,
        issuer=issuer or None,
        number=written_number,
        nationality=nationality or None,
        names=names,
        birth_date=birth.date,
        sex=_sex(layout.spans["sex"].of(lines))[0],
        expiry=expiry.date,
        optional=_optional(layout, lines, number.rest),
        document_class=document_class(code, issuer, nationality),
        checks={check.name: check.state for check in checks},
        valid=not any(problem.code in FAULTS for problem in problems),
        problems=problems,
        lines=lines,
        on=on,
    )
