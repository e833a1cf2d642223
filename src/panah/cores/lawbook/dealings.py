"""What a state does with people, as values: procedures in stages, papers and personal numbers, ways of work, standards.

All immutable and made by `reading_dealings`. A `start` of None reaches as far back as the pack, an `end` of None is open.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from panah.cores.lawbook.values import Citation


@dataclass(frozen=True)
class Dated:
    """Something that holds from `start` to `end`, both included."""

    start: date | None
    end: date | None

    def holds_on(self, on: date) -> bool:
        return (self.start is None or self.start <= on) and (self.end is None or on <= self.end)


@dataclass(frozen=True)
class Remedy:
    """What a person can do against a stage. `suspends_removal` is `yes`, `no` or `unknown`; the floor's hold stands anyway."""

    to: tuple[str, ...]
    suspends_removal: str
    terms: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True)
class Stage:
    """One stage of a procedure: who acts, which facts open and close it, which clocks run, how it can end.

    `terms` are names of parameters, `papers` codes of documents, `next` ids of the stages that can follow. Where `next`
    is empty the procedure ends with this stage. `means` says of each outcome what it is to the person (`Meaning`).
    """

    id: str
    title: Mapping[str, str]
    by: tuple[str, ...]
    verified: bool
    begins_with: str = ""
    ends_with: str = ""
    terms: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    safeguards: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    next: tuple[str, ...] = ()
    remedy: Remedy | None = None
    citations: tuple[Citation, ...] = ()
    note: str = ""
    means: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Meaning(Dated):
    """What an outcome means for the person, from the floor's list: `grants`, `grants_part`, `refuses`, `frees`, `forces`,
    `gone`, `goes_on` or `ends` (packs/_schema/outcome). `inside` holds what else it means in some procedures."""

    code: str
    means: str
    inside: Mapping[str, str]

    def within(self, procedure: str) -> str:
        return self.inside.get(procedure, self.means)


@dataclass(frozen=True)
class Procedure(Dated):
    """One procedure in the shape that it has between two days."""

    code: str
    title: Mapping[str, str]
    stages: tuple[Stage, ...]
    verified: bool
    origin: str
    path: str
    citations: tuple[Citation, ...] = ()
    note: str = ""

    @property
    def of_floor(self) -> bool:
        """Whether it is the shape of the floor and not the law of the state."""
        return self.origin == "_floor"

    def stage(self, id_: str) -> Stage:
        """The stage with that id; KeyError when there is none."""
        for stage in self.stages:
            if stage.id == id_:
                return stage
        raise KeyError(id_)

    def beginnings(self) -> tuple[Stage, ...]:
        """Where it begins: the first stage, and beside it those that begin with the same fact, like a lane for children."""
        first = self.stages[0]
        beside = (stage for stage in self.stages[1:] if stage.begins_with and stage.begins_with == first.begins_with)
        return (first, *beside)

    def after(self, id_: str) -> tuple[Stage, ...]:
        """The stages that can follow one; none where the procedure ends with it."""
        return tuple(self.stage(name) for name in self.stage(id_).next)


@dataclass(frozen=True)
class Paper(Dated):
    """A kind of paper that the state gives. `number` is the code of the personal number on it, `validity` a parameter's name."""

    code: str
    title: Mapping[str, str]
    record_type: str
    holders: tuple[str, ...]
    verified: bool
    origin: str
    path: str
    issued_by: str = ""
    number: str = ""
    machine_readable: str = "unknown"
    validity: str = ""
    citation: Citation | None = None
    note: str = ""


@dataclass(frozen=True)
class IdentityNumber:
    """A personal number. What it `tells` about its holder is a hint and never a proof."""

    code: str
    title: Mapping[str, str]
    check_digit: str
    verified: bool
    origin: str
    path: str
    tells: tuple[str, ...] = ()
    holders: tuple[str, ...] = ()
    citation: Citation | None = None
    note: str = ""


@dataclass(frozen=True)
class Channel(Dated):
    """A way to work lawfully: `in` this state, or `out`, of its nationals elsewhere. An empty `countries` means any."""

    id: str
    title: Mapping[str, str]
    direction: str
    permit: str
    verified: bool
    origin: str
    path: str
    countries: tuple[str, ...] = ()
    holders: tuple[str, ...] = ()
    quota: str = ""
    terms: tuple[str, ...] = ()
    body: str = ""
    citation: Citation | None = None
    note: str = ""


@dataclass(frozen=True)
class Standard:
    """A minimum in words. `guards` are codes G1 to G11, `parameters` the figures that belong to it."""

    id: str
    area: str
    says: Mapping[str, str]
    citations: tuple[Citation, ...]
    verified: bool
    origin: str
    path: str
    guards: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    customary: bool = False
    note: str = ""
