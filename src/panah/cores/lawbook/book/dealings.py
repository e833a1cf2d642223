"""The chapters of procedures, documents and numbers, and ways to work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from panah.cores.lawbook.book.model import UNKNOWN, Chapter, Entry, Line, Section
from panah.cores.lawbook.book.speech import Speech
from panah.cores.lawbook.dealings import Channel, IdentityNumber, Paper, Procedure, Stage


def procedures_chapter(speech: Speech) -> Chapter:
    sections = tuple(
        Section(
            f"procedure-{number}",
            _titled(speech, procedure),
            (*_head(speech, procedure), *(_stage(speech, stage, procedure) for stage in procedure.stages)),
            speech.file(procedure.path),
        )
        for number, procedure in enumerate(speech.pack.procedures, start=1)
    )
    return Chapter(
        "procedures",
        speech.say("procedures"),
        speech.say("procedures.intro"),
        sections or (nothing(speech, "procedures"),),
    )


def nothing(speech: Speech, chapter: str) -> Section:
    """A section that says that there is nothing yet; silence would look like an oversight."""
    return Section(f"{chapter}-none", "", (Line(speech.say("empty"), UNKNOWN),))


def _titled(speech: Speech, procedure: Procedure) -> str:
    days = speech.days(procedure.start, procedure.end)
    return f"{speech.title(procedure.title)} ({days})" if days else speech.title(procedure.title)


def _head(speech: Speech, procedure: Procedure) -> Iterator[Line]:
    if procedure.of_floor:
        yield Line(speech.say("procedure.floor"), UNKNOWN)
    yield from speech.all_cited(procedure.citations, procedure.verified)
    if procedure.note:
        yield Line(speech.say("note", text=speech.note(procedure.note)))


def _stage(speech: Speech, stage: Stage, procedure: Procedure) -> Entry:
    cited = speech.all_cited(stage.citations, stage.verified) or speech.cited(None, verified=False)
    remedy = speech.all_cited(stage.remedy.citations, stage.verified) if stage.remedy else ()
    note = (Line(speech.say("note", text=speech.note(stage.note))),) if stage.note else ()
    return Entry(
        title=speech.title(stage.title),
        name=stage.id,
        provision=(*cited, *(line for line in remedy if line not in cited), *note),
        reading=tuple(_reading(speech, stage, procedure)),
    )


def _reading(speech: Speech, stage: Stage, procedure: Procedure) -> Iterator[Line]:
    yield Line(speech.say("stage.by", by="; ".join(speech.actor(name) for name in stage.by)))
    if stage.begins_with and stage.ends_with:
        begins, ends = speech.fact(stage.begins_with), speech.fact(stage.ends_with)
        yield Line(speech.say("stage.span", begins=begins, ends=ends))
    elif stage.begins_with:
        yield Line(speech.say("stage.begins", begins=speech.fact(stage.begins_with)))
    elif stage.ends_with:
        yield Line(speech.say("stage.ends", ends=speech.fact(stage.ends_with)))
    for term in stage.terms:
        yield Line(speech.say("stage.terms", terms=speech.term(term)))
    if stage.papers:
        yield Line(speech.say("stage.papers", papers="; ".join(_paper_title(speech, code) for code in stage.papers)))
    if stage.safeguards:
        yield Line(speech.say("stage.owed", owed="; ".join(speech.code(code) for code in stage.safeguards)))
    if stage.outcomes:
        listed = "; ".join(f"{speech.outcome(code)} ({_meaning(speech, stage, code)})" for code in stage.outcomes)
        yield Line(speech.say("stage.outcomes", outcomes=listed))
    if stage.remedy:
        to = ", ".join(speech.code(code) for code in stage.remedy.to)
        terms = "".join(f"; {speech.term(term)}" for term in stage.remedy.terms)
        removal = speech.say(f"removal.{stage.remedy.suspends_removal}")
        yield Line(speech.say("stage.remedy", to=to, terms=terms, removal=removal))
    if stage.next:
        following = "; ".join(speech.title(after.title) for after in procedure.after(stage.id))
        yield Line(speech.say("stage.next", next=following))
    else:
        yield Line(speech.say("stage.end"))


def _meaning(speech: Speech, stage: Stage, code: str) -> str:
    return speech.say(f"means.{stage.means.get(code, 'unknown')}")


def _paper_title(speech: Speech, code: str) -> str:
    found = next((paper for paper in speech.pack.papers if paper.code == code), None)
    return speech.title(found.title) if found else code


def documents_chapter(speech: Speech) -> Chapter:
    pack = speech.pack
    sections = []
    if pack.papers:
        entries = tuple(_paper(speech, paper) for paper in pack.papers)
        sections.append(Section("documents-papers", speech.say("documents.papers"), entries))
    if pack.identity_numbers:
        entries = tuple(_number(speech, number) for number in pack.identity_numbers)
        sections.append(Section("documents-numbers", speech.say("documents.numbers"), entries))
    return Chapter(
        "documents",
        speech.say("documents"),
        speech.say("documents.intro"),
        tuple(sections) or (nothing(speech, "documents"),),
    )


def _provision(speech: Speech, item: Paper | IdentityNumber | Channel) -> tuple[Line, ...]:
    days = "" if isinstance(item, IdentityNumber) else speech.days(item.start, item.end)
    note = (Line(speech.say("note", text=speech.note(item.note))),) if item.note else ()
    return (*((Line(days),) if days else ()), *speech.cited(item.citation, item.verified), *note)


def _paper(speech: Speech, paper: Paper) -> Entry:
    reading = [speech.say("paper.for", holders=_codes(speech, paper.holders))]
    if paper.issued_by:
        reading.append(speech.say("paper.issued", by=speech.actor(paper.issued_by)))
    if paper.validity:
        reading.append(speech.say("paper.validity", term=speech.term(paper.validity)))
    if paper.number:
        reading.append(speech.say("paper.number", number=paper.number))
    reading.append(speech.say("paper.zone", zone=speech.code(paper.machine_readable)))
    reading.append(speech.say("paper.type", type=speech.code(paper.record_type)))
    return Entry(
        speech.title(paper.title), paper.code, _provision(speech, paper), _lines(reading), file=speech.file(paper.path)
    )


def _number(speech: Speech, number: IdentityNumber) -> Entry:
    reading = [speech.say("number.check", check=speech.code(number.check_digit))]
    if number.tells:
        reading.append(speech.say("number.tells", tells=_codes(speech, number.tells)))
    if number.holders:
        reading.append(speech.say("paper.for", holders=_codes(speech, number.holders)))
    file = speech.file(number.path)
    return Entry(speech.title(number.title), number.code, _provision(speech, number), _lines(reading), file=file)


def channels_chapter(speech: Speech) -> Chapter:
    sections = tuple(
        Section(f"channels-{direction}", speech.say(f"channels.{direction}"), entries)
        for direction in ("in", "out")
        if (entries := tuple(_channel(speech, way) for way in speech.pack.channels if way.direction == direction))
    )
    return Chapter(
        "channels", speech.say("channels"), speech.say("channels.intro"), sections or (nothing(speech, "channels"),)
    )


def _channel(speech: Speech, way: Channel) -> Entry:
    reading = [speech.say("channel.permit", permit=speech.code(way.permit))]
    states = ", ".join(way.countries)
    reading.append(speech.say("channel.with", states=states) if states else speech.say("channel.any"))
    if way.holders:
        reading.append(speech.say("paper.for", holders=_codes(speech, way.holders)))
    if way.quota:
        reading.append(speech.say("channel.quota", quota=speech.term(way.quota)))
    reading += [speech.say("stage.terms", terms=speech.term(term)) for term in way.terms]
    if way.body:
        reading.append(speech.say("channel.body", by=speech.actor(way.body)))
    file = speech.file(way.path)
    return Entry(speech.title(way.title), way.id, _provision(speech, way), _lines(reading), file=file)


def _codes(speech: Speech, codes: Iterable[str]) -> str:
    return ", ".join(speech.code(code) for code in codes)


def _lines(texts: Iterable[str]) -> tuple[Line, ...]:
    return tuple(Line(text) for text in texts)
