"""What a pack consists of, once read: sources, dated values, bodies, places, documents. All immutable.

Three dates are kept apart throughout: the date of a fact, the date whose law is applied, and the pack that was
known when the answer was given (`Stamp`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from panah.cores.lawbook.dealings import Channel, IdentityNumber, Paper, Procedure, Standard
from panah.cores.lawbook.values import Citation, Unknown

STATUTORY, TARGET = "statutory", "target"
DURATIONS = ("hours", "calendar_days", "working_days", "months", "years")


@dataclass(frozen=True)
class Stamp:
    """Which pack gave an answer, so that it can be replayed: code, version and digest."""

    code: str
    version: str
    digest: str


@dataclass(frozen=True)
class Source:
    """An act, treaty, guideline or page that a pack cites."""

    id: str
    kind: str
    title: Mapping[str, str]
    number: str = ""
    dated: str = ""
    address: str = ""
    read_on: str = ""
    confidence: str = ""
    verified: bool = False
    note: str = ""


@dataclass(frozen=True)
class Reported:
    """A value that another source gives for the same thing; kept, shown, never applied."""

    amount: str
    citation: Citation
    note: str = ""


@dataclass(frozen=True)
class Value:
    """One dated value. It holds from `start` to `end`, both included; an `end` of None is open.

    `state` is `value`, `unknown` (looked for, not found) or `not_in_force`; `amount` is empty for the last two.
    `start_is` says what the first date is: `in_force`, `act` (date of the act; entry into force not found),
    `source` (date of the page that states it) or `design`.
    """

    start: date
    end: date | None
    state: str
    amount: str
    unit: str
    citation: Citation
    verified: bool
    start_is: str = "in_force"
    why: str = ""
    also_reported: tuple[Reported, ...] = ()

    @property
    def number(self) -> Decimal:
        """The amount as a number; ValueError where the unit is not one of numbers."""
        try:
            return Decimal(self.amount)
        except ArithmeticError:
            raise ValueError(f"The value '{self.amount}' ({self.unit}) is not a number.") from None

    def holds_on(self, on: date) -> bool:
        return self.start <= on and (self.end is None or on <= self.end)


@dataclass(frozen=True)
class Parameter:
    """A term, age, limit or other figure of the law with its dated values.

    `runs_from` names the facts that start the clock (the latest of those that happened counts), `version_chosen_by`
    the fact whose date selects the value. `binds` is `authority` or `person`: a doubt about the hour favours the
    person. `floor` is `at_least` or `at_most` on parameters of `_floor`, else empty.
    """

    name: str
    origin: str
    path: str
    what: Mapping[str, str]
    unit: str
    values: tuple[Value, ...]
    runs_from: tuple[str, ...] = ()
    version_chosen_by: str = ""
    counts_first_day: bool = False
    end_on_non_working_day: str = "stays"
    suspended_by: tuple[str, ...] = ()
    binds: str = "authority"
    floor: str = ""
    if_missed: str = ""
    unclear: tuple[str, ...] = ()
    stamp: Stamp = Stamp("", "", "")

    def value_on(self, on: date) -> Value | Unknown:
        """The value that the law gives on a day, or Unknown with the date that no value covers."""
        for value in self.values:
            if value.holds_on(on):
                if value.state == "value":
                    return value
                return Unknown(self.name, f"{self.name} on {on}: {_STATES[value.state]}{_colon(value.why)}.")
        covered = f"from {self.values[0].start}" if self.values else "for no date"
        return Unknown(f"{self.name} on {on}", f"The pack gives {self.name} {covered}; it says nothing about {on}.")


_STATES = {
    "unknown": "looked for and not found",
    "not_in_force": "no rule was in force",
}


def _colon(why: str) -> str:
    return f": {why.rstrip('.')}" if why else ""


@dataclass(frozen=True)
class Mandate:
    """That a body is competent for a referral code, from `start` (None: as far back as the pack reaches) to `end`."""

    to: str
    start: date | None
    end: date | None
    citation: Citation | None
    verified: bool
    note: str = ""

    def holds_on(self, on: date) -> bool:
        return (self.start is None or self.start <= on) and (self.end is None or on <= self.end)


@dataclass(frozen=True)
class Body:
    """A competent body with its dated mandates and names.

    `one_per` is `state` or `province`: for the latter there is one office in every province, and `area` (ISO
    3166-2) says which one is meant. `areas` limits a body to some provinces; empty means the whole state.
    `named` is False where the sources do not give the body's name, and the title only describes it.
    """

    id: str
    title: Mapping[str, str]
    kind: str
    mandates: tuple[Mandate, ...]
    one_per: str = "state"
    areas: tuple[str, ...] = ()
    area: str | None = None
    named: bool = True
    channel: str = ""
    note: str = ""
    path: str = ""
    origin: str = ""

    def mandate_for(self, to: str, on: date) -> Mandate | None:
        return next((mandate for mandate in self.mandates if mandate.to == to and mandate.holds_on(on)), None)


@dataclass(frozen=True)
class Absence:
    """That no body is competent for a referral code, said with its reason."""

    to: str
    start: date | None
    end: date | None
    why: str
    path: str = ""

    def holds_on(self, on: date) -> bool:
        return (self.start is None or self.start <= on) and (self.end is None or on <= self.end)


@dataclass(frozen=True)
class Place:
    """A border point, airport, port, province, centre or office.

    `code` is unique in the pack; `kind` and `mode` (how people arrive at border points, airports and ports) are those
    of packs/_schema/place. `named` is no where the source tells the kind of place but no particular one. Coordinates
    are WGS 84 degrees and fit for maps of a whole country only; `accuracy` and `confidence` say how well they are known.
    """

    code: str
    kind: str
    title: Mapping[str, str]
    mode: str = ""
    province: str = ""
    pair: str = ""
    neighbour: str = ""
    counterpart: Mapping[str, str] = field(default_factory=dict)
    latitude: float | None = None
    longitude: float | None = None
    accuracy: str = ""
    confidence: str = ""
    status: str = ""
    status_as_of: str = ""
    source: str = ""
    note: str = ""
    path: str = ""
    named: bool = True


@dataclass(frozen=True)
class Document:
    """One parsed YAML file of a pack or of the floor.

    `path` is relative to the packs folder, `origin` is `_floor` or the pack's code, `reviewed` says that the needed
    lawyers agreed to exactly this content (two for the floor, one for a pack).
    """

    path: str
    origin: str
    kind: str
    body: Mapping[str, Any]
    digest: str
    reviewed: bool = False


@dataclass(frozen=True)
class Review:
    """A lawyer's agreement to a file with one digest; an edit of the file voids it."""

    file: str
    digest: str
    reviewer: str
    role: str
    on: str


@dataclass(frozen=True)
class OpenQuestion:
    """What the pack does not know or what its sources contradict, put as a question to the state."""

    text: Mapping[str, str]
    about: str


@dataclass(frozen=True)
class HolidaySource:
    """Where non-working days come from: a country of the `holidays` library, the years trusted, and days by hand.

    `closed` and `open` override the library: a working day declared closed, a weekend or holiday declared open.
    `years` are the years fully given by hand.
    """

    library: str = ""
    first_year: int = 0
    last_year: int = -1
    years: frozenset[int] = frozenset()
    closed: Mapping[date, str] = field(default_factory=dict)
    open: Mapping[date, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Pack:
    """The law of one state as data, over the international floor. Made by `load_pack`.

    `parameters` and `sources` hold the floor's and the pack's own, the pack's winning; `floor` holds the floor's
    parameters alone. `procedures` holds the pack's own, then the floor's shapes of those that the pack never describes. Of
    papers, numbers, channels and standards the floor's come first, then the pack's own; a pack's standard stands beside the
    floor's of the same id. `languages_checked` are the languages whose texts a speaker has checked; a text in another
    language is shown as unchecked.
    """

    code: str
    version: str
    digest: str
    title: Mapping[str, str]
    country: str
    languages: tuple[str, ...]
    languages_checked: frozenset[str]
    timezone: str
    weekend: frozenset[int]
    holidays: HolidaySource
    covers_from: date
    sources: Mapping[str, Source]
    parameters: Mapping[str, Parameter]
    floor: Mapping[str, Parameter]
    bodies: tuple[Body, ...]
    absences: tuple[Absence, ...]
    places: tuple[Place, ...]
    open_questions: tuple[OpenQuestion, ...]
    reviews: tuple[Review, ...]
    procedures: tuple[Procedure, ...]
    papers: tuple[Paper, ...]
    identity_numbers: tuple[IdentityNumber, ...]
    channels: tuple[Channel, ...]
    standards: tuple[Standard, ...]
    root: Path = field(repr=False, compare=False)
    all_documents: Mapping[str, tuple[Document, ...]] = field(repr=False, default_factory=dict)

    @property
    def stamp(self) -> Stamp:
        return Stamp(self.code, self.version, self.digest)

    def documents(self, kind: str) -> tuple[Document, ...]:
        """The files of one kind (the folder's name), the floor's first, then the pack's, each in order of path."""
        return self.all_documents.get(kind, ())

    def body_for(self, to: str, on: date, place: str | None = None) -> Body | None:
        """The body competent for a referral code on a day, at a place where it matters; None when the pack names none.

        The pack's own bodies come before the unnamed ones of the floor, and a body limited to the place's province
        before one for the whole state. A body with one office per province comes back with `area` set when the place
        is known. Why None, `absence_for` may say.
        """
        found = self.place(place) if place else None
        province = _province_of(found)
        competent = [body for body in self.bodies if body.mandate_for(to, on)]
        own = [body for body in competent if body.origin == self.code]
        if not own and self.absence_for(to, on):
            return None
        choice = own or competent
        local = [body for body in choice if province and province in body.areas]
        for body in local or [body for body in choice if not body.areas]:
            return replace(body, area=province) if body.one_per == "province" and province else body
        return None

    def absence_for(self, to: str, on: date) -> Absence | None:
        """The declared reason why no body is competent for a referral code on a day."""
        return next((absence for absence in self.absences if absence.to == to and absence.holds_on(on)), None)

    def place(self, code: str) -> Place | None:
        return _by_code(self.places, code)

    def basis_of(self, value: Value) -> str:
        """Whether a value is of the law (`statutory`: an act, a treaty, or what a page or a memory says of one; how far it was
        checked is `verified`) or a `target` that nobody is bound to: a guideline, or a choice of this project."""
        source = self.sources.get(value.citation.source)
        return TARGET if source is not None and source.kind in ("design", "guideline") else STATUTORY

    def basis_on(self, name: str, on: date) -> str:
        """The same of the parameter's value on a day; empty where there is none."""
        value = self.parameters[name].value_on(on) if name in self.parameters else None
        return self.basis_of(value) if isinstance(value, Value) else ""

    def procedure(self, code: str, on: date) -> Procedure | Unknown:
        """The shape that a procedure has on a day; the floor's where the pack describes none. Unknown where none is written."""
        for shape in self.procedures:
            if shape.code == code and shape.holds_on(on):
                return shape
        return Unknown(f"procedure {code} on {on}", f"The pack does not describe the procedure '{code}' for {on}.")

    def papers_on(self, on: date) -> tuple[Paper, ...]:
        """The kinds of paper that are issued or valid on a day."""
        return tuple(paper for paper in self.papers if paper.holds_on(on))

    def paper(self, code: str, on: date) -> Paper | Unknown:
        """A kind of paper by its code, as it stands on a day."""
        found = next((paper for paper in self.papers_on(on) if paper.code == code), None)
        return found or Unknown(f"document {code} on {on}", f"The pack describes no document '{code}' for {on}.")

    def identity_number(self, code: str) -> IdentityNumber | Unknown:
        """A personal number by its code, like KZ-IIN."""
        found = next((number for number in self.identity_numbers if number.code == code), None)
        return found or Unknown(f"identity number {code}", f"The pack describes no identity number '{code}'.")

    def channels_on(self, on: date, direction: str = "") -> tuple[Channel, ...]:
        """The ways of work open on a day; of one direction (`in`, `out`) or, with none given, of both."""
        return tuple(way for way in self.channels if way.holds_on(on) and (not direction or way.direction == direction))


def _by_code(places: Iterable[Place], code: str) -> Place | None:
    return next((place for place in places if place.code == code), None)


def _province_of(place: Place | None) -> str | None:
    if place is None:
        return None
    return place.code if place.kind == "province" else place.province or None
