"""Procedures that lead somewhere, and papers, numbers, ways of work and standards that name only what exists."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches
from pathlib import Path, PurePosixPath

from panah.cores.lawbook import reading_dealings
from panah.cores.lawbook.checking.bodies import REFERRAL_CODES
from panah.cores.lawbook.checking.problem import Problem
from panah.cores.lawbook.checking.shape import facts_and_causes
from panah.cores.lawbook.dealings import Channel, Dated, Meaning, Paper, Procedure, Stage, Standard
from panah.cores.lawbook.loading import FLOOR, Part

MOST_NAMED = 12
"""So many names are listed whole in a problem."""
ONE_DAY = timedelta(days=1)
OF_FORCE = ("removal", "readmission", "detention", "voluntary_return", "apprehension_transfer")
"""The procedures in which it must be plain of every outcome whether it frees the person."""
MEANINGS_OF_FORCE = ("frees", "forces", "gone")
ACTORS = ("person", "court", "higher_body", "commission")
IDENTITY_NUMBERS = {
    "AFG": ("AF-TAZKIRA",),
    "AZE": ("AZ-FIN",),
    "IRN": ("IR-NID",),
    "KAZ": ("KZ-BIN", "KZ-IIN"),
    "KGZ": ("KG-PIN",),
    "PAK": ("PK-CNIC",),
    "TJK": ("TJ-INN",),
    "TKM": ("TM-PASSPORT",),
    "TUR": ("TR-TCKN",),
    "UZB": ("UZ-PINFL",),
}
"""The kinds that `panah id-number` gives out, by state; a test compares them with the documents core."""
ALL_NUMBERS = tuple(code for codes in IDENTITY_NUMBERS.values() for code in codes)


@dataclass(frozen=True)
class Known:
    """What files of a part may refer to: names of its own and of the floor beneath."""

    parameters: frozenset[str]
    papers: frozenset[str]
    bodies: frozenset[str]
    facts: frozenset[str]


def check_dealings(root: Path, part: Part, floor: Part) -> Iterator[Problem]:
    """Problems in `procedures/ documents/ channels/ standards/`."""
    known = _known(root, part, floor)
    meanings = reading_dealings.meanings(floor.documents.get("outcomes", ()))
    procedures = reading_dealings.procedures(part.documents.get("procedures", ()), meanings)
    yield from _list_of_outcomes(part)
    for procedure in procedures:
        yield from _names(procedure)
        yield from _stages(procedure, known)
        yield from _paths(procedure)
        yield from _outcomes(procedure, meanings)
    yield from _times(procedures, [item.code for item in procedures], "procedure", gaps=True)
    papers = reading_dealings.papers(part.documents.get("documents", ()))
    yield from _times(papers, [paper.code for paper in papers], "document", gaps=False)
    yield from _papers(papers, known, _number_codes(part, floor))
    yield from _numbers(part)
    channels = reading_dealings.channels(part.documents.get("channels", ()))
    yield from _times(channels, [way.id for way in channels], "channel", gaps=False)
    yield from _channels(channels, known)
    yield from _standards(part, floor, known)


def _known(root: Path, part: Part, floor: Part) -> Known:
    both = [
        document
        for folder in {floor.code: floor, part.code: part}.values()
        for documents in folder.documents.values()
        for document in documents
    ]
    return Known(
        parameters=frozenset(
            PurePosixPath(*PurePosixPath(document.path).parts[2:]).with_suffix("").as_posix()
            for document in both
            if document.kind == "parameters"
        ),
        papers=frozenset(paper.code for paper in reading_dealings.papers(d for d in both if d.kind == "documents")),
        bodies=frozenset(
            entry["id"] for document in both if document.kind == "bodies" for entry in document.body.get("bodies", ())
        ),
        facts=facts_and_causes(root)[0],
    )


def _names(procedure: Procedure) -> Iterator[Problem]:
    stem = PurePosixPath(procedure.path).stem
    if stem != procedure.code and not stem.startswith(f"{procedure.code}-"):
        yield Problem(
            procedure.path,
            "the name of the file is not the procedure's code",
            f"'{stem}'",
            f"'{procedure.code}', or '{procedure.code}-' and a year for a shape of another time",
            "Rename the file.",
        )


def _stages(procedure: Procedure, known: Known) -> Iterator[Problem]:
    ids = [stage.id for stage in procedure.stages]
    for name, times in Counter(ids).items():
        if times > 1:
            yield Problem(
                procedure.path, f"the stage stands {times} times", f"'{name}'", remedy="Give each its own id."
            )
    for stage in procedure.stages:
        place = f"stage '{stage.id}'"
        path = procedure.path
        yield from _listed(path, f"{place} terms: no such parameter", stage.terms, known.parameters)
        if stage.remedy:
            yield from _listed(path, f"{place} remedy: no such parameter", stage.remedy.terms, known.parameters)
        yield from _listed(path, f"{place} papers: no such document", stage.papers, known.papers)
        yield from _listed(path, f"{place} by: nobody of that name", stage.by, _actors(known))
        facts = [fact for fact in (stage.begins_with, stage.ends_with) if fact]
        yield from _listed(path, f"{place}: the fact is not in the list", facts, known.facts)
        yield from _listed(path, f"{place} next: no such stage", stage.next, ids)


def _actors(known: Known) -> tuple[str, ...]:
    return (*ACTORS, *REFERRAL_CODES, *sorted(known.bodies))


def _paths(procedure: Procedure) -> Iterator[Problem]:
    """Every stage can be reached from where the procedure begins, and from every such stage there is a way to an end."""
    by_id = {stage.id: stage for stage in procedure.stages}
    reached = _closure([stage.id for stage in procedure.beginnings()], by_id)
    for stage in procedure.stages:
        if stage.id not in reached:
            yield Problem(
                procedure.path,
                f"stage '{stage.id}' cannot be reached from the first stage '{procedure.stages[0].id}'",
                remedy="Name it under `next` of the stage before it, or let it begin with the first stage's fact.",
            )
    for id_ in sorted(reached):
        if id_ in by_id and all(by_id[name].next for name in _closure([id_], by_id) if name in by_id):
            yield Problem(
                procedure.path,
                f"stage '{id_}' has no way to an end",
                remedy="At least one stage after it must have no `next`: there the procedure ends.",
            )


def _list_of_outcomes(part: Part) -> Iterator[Problem]:
    """The list is the floor's alone, and a code stands in it once."""
    documents = part.documents.get("outcomes", ())
    codes = Counter(entry["code"] for document in documents for entry in document.body["outcomes"])
    for document in documents if part.code != FLOOR else ():
        remedy = f"Move its codes to {FLOOR}/outcomes; what an outcome means for a person is the same everywhere."
        yield Problem(document.path, "a state has no list of outcomes of its own", remedy=remedy)
    for code, times in codes.items():
        if times > 1:
            yield Problem(f"{part.code}/outcomes", f"an outcome stands {times} times", f"'{code}'", remedy="Keep one.")


def _outcomes(procedure: Procedure, meanings: Mapping[str, Meaning]) -> Iterator[Problem]:
    """Outcomes of the list, in its time; in procedures of force they free, force, or the person is gone."""
    for stage in procedure.stages:
        place = f"stage '{stage.id}' outcomes"
        yield from _listed(procedure.path, f"{place}: not in {FLOOR}/outcomes", stage.outcomes, meanings)
        for code, means in stage.means.items():
            entry = meanings[code]
            if not _covers(entry, procedure):
                yield Problem(
                    procedure.path,
                    f"{place}: used outside its time",
                    f"'{code}' from {procedure.start} until {procedure.end}",
                    f"from {entry.start} until {entry.end}",
                    "Use another code, or limit the shape by `from` and `until`.",
                )
            if procedure.code in OF_FORCE and means not in MEANINGS_OF_FORCE:
                yield Problem(
                    procedure.path,
                    f"{place}: in a procedure of force the meaning is not plain",
                    f"'{code}': {means}",
                    ", ".join(MEANINGS_OF_FORCE),
                    f"Say under `in` of {FLOOR}/outcomes what '{code}' means in '{procedure.code}', or use another code.",
                )


def _covers(entry: Dated, shape: Dated) -> bool:
    return (entry.start or date.min) <= (shape.start or date.min) and (shape.end or date.max) <= (entry.end or date.max)


def _closure(first: Iterable[str], by_id: dict[str, Stage]) -> set[str]:
    reached: set[str] = set()
    waiting = list(first)
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += by_id[name].next if name in by_id else ()
    return reached


def _times(
    items: Sequence[Procedure | Paper | Channel], names: Sequence[str], word: str, *, gaps: bool
) -> Iterator[Problem]:
    """For each code one shape a day; for procedures none missing between the first and the last."""
    for code in sorted(set(names)):
        shapes = [item for item, name in zip(items, names, strict=True) if name == code]
        yield from (
            Problem(
                shape.path,
                f"{word} '{code}' ends before it begins",
                f"from {shape.start} until {shape.end}",
                remedy="Correct the dates.",
            )
            for shape in shapes
            if shape.start and shape.end and shape.end < shape.start
        )
        before = None
        for on in grid(shapes):
            holding = [shape for shape in shapes if shape.holds_on(on)]
            if holding == before:
                continue
            before = holding
            if len(holding) > 1:
                yield Problem(
                    holding[1].path,
                    f"{word} '{code}': an overlap in time, {len(holding)} hold on {on}",
                    "the other stands in " + holding[0].path,
                    "one a day",
                    "Limit them by `from` and `until`.",
                )
            elif not holding and gaps and any(shape.start and shape.start > on for shape in shapes):
                yield Problem(
                    shapes[0].path,
                    f"{word} '{code}': a gap in time, none holds on {on}",
                    remedy="Let one begin on the day after the other ends.",
                )


def grid(spans: Sequence[Dated]) -> tuple[date, ...]:
    """The days on which something can change, and the first day of all where a span reaches back without limit."""
    days = {date.min} if any(span.start is None for span in spans) else set()
    for span in spans:
        if span.start:
            days.add(span.start)
        if span.end and span.end < date.max:
            days.add(span.end + ONE_DAY)
    return tuple(sorted(days))


def _papers(papers: Iterable[Paper], known: Known, numbers: frozenset[str]) -> Iterator[Problem]:
    for paper in papers:
        place = f"document '{paper.code}'"
        yield from _listed(paper.path, f"{place} validity: no such parameter", _some(paper.validity), known.parameters)
        yield from _listed(
            paper.path, f"{place} issued_by: nobody of that name", _some(paper.issued_by), _actors(known)
        )
        yield from _listed(paper.path, f"{place} number: no such identity number", _some(paper.number), numbers)


def _number_codes(part: Part, floor: Part) -> frozenset[str]:
    documents = (*floor.documents.get("documents", ()), *part.documents.get("documents", ()))
    return frozenset(number.code for number in reading_dealings.identity_numbers(documents))


def _numbers(part: Part) -> Iterator[Problem]:
    """Codes that the code does not know, codes of another state, and codes that stand twice."""
    country = part.manifest.get("country", "")
    own = IDENTITY_NUMBERS.get(country, ALL_NUMBERS)
    numbers = reading_dealings.identity_numbers(part.documents.get("documents", ()))
    for number in numbers:
        yield from _listed(number.path, "identity number: the code is unknown to the program", (number.code,), own)
    for code, times in Counter(number.code for number in numbers).items():
        if times > 1:
            yield Problem(f"{part.code}/documents", f"an identity number stands {times} times", f"'{code}'")


def _channels(channels: Iterable[Channel], known: Known) -> Iterator[Problem]:
    for way in channels:
        place = f"channel '{way.id}'"
        named = (*way.terms, *_some(way.quota))
        yield from _listed(way.path, f"{place}: no such parameter", named, known.parameters)
        yield from _listed(way.path, f"{place} body: nobody of that name", _some(way.body), _actors(known))


def _standards(part: Part, floor: Part, known: Known) -> Iterator[Problem]:
    """A state's standard of the floor's id may add words and figures; it keeps area, guards, figures and rank."""
    own = reading_dealings.standards(part.documents.get("standards", ()))
    below: dict[str, Standard] = {}
    if part.code != FLOOR:
        below = {item.id: item for item in reading_dealings.standards(floor.documents.get("standards", ()))}
    for id_, times in Counter(standard.id for standard in own).items():
        if times > 1:
            yield Problem(f"{part.code}/standards", f"a standard stands {times} times", f"'{id_}'", remedy="Keep one.")
    for standard in own:
        place = f"standard '{standard.id}'"
        yield from _listed(standard.path, f"{place}: no such parameter", standard.parameters, known.parameters)
        least = below.get(standard.id)
        if least is not None and not _adds_to(standard, least):
            yield Problem(
                standard.path,
                f"{place} would replace the floor's",
                _standard_words(standard),
                f"at least {_standard_words(least)} ({least.path})",
                "A state's standard adds to the floor's of the same id. Repeat these, or give yours an id of its own.",
            )


def _adds_to(own: Standard, least: Standard) -> bool:
    return (
        own.area == least.area
        and set(least.guards) <= set(own.guards)
        and set(least.parameters) <= set(own.parameters)
        and (own.customary or not least.customary)
    )


def _standard_words(standard: Standard) -> str:
    words = [f"area {standard.area}", f"guards {', '.join(standard.guards) or 'none'}"]
    words.append(f"parameters {', '.join(standard.parameters) or 'none'}")
    return ", ".join([*words, f"customary {'yes' if standard.customary else 'no'}"])


def _some(text: str) -> tuple[str, ...]:
    return (text,) if text else ()


def _listed(path: str, what: str, used: Iterable[str], known: Iterable[str]) -> Iterator[Problem]:
    allowed = tuple(known)
    for name in sorted(set(used) - set(allowed)):
        yield Problem(path, what, f"'{name}'", _choice(name, allowed), "Correct it, or add it.")


def _choice(name: str, allowed: tuple[str, ...]) -> str:
    """All that is allowed, and of long lists what comes nearest."""
    if len(allowed) <= MOST_NAMED:
        return ", ".join(sorted(allowed)) or "none is described"
    near = get_close_matches(name, allowed, n=3, cutoff=0.5)
    return f"{', '.join([*near, ''])}one of the {len(allowed)} described"
