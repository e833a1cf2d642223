"""The chapters that are tables: bodies, places, open questions, sources, reviews."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from panah.cores.lawbook.book.dealings import nothing
from panah.cores.lawbook.book.model import NOT_REVIEWED, REVIEWED, UNKNOWN, UNVERIFIED, Chapter, Line, Section, Table
from panah.cores.lawbook.book.speech import Speech
from panah.cores.lawbook.checking.bodies import REFERRAL_CODES
from panah.cores.lawbook.model import Body, Mandate, Place

FIRST_KINDS = ("border_point", "airport", "port", "reception_centre", "office", "province")


def bodies_chapter(speech: Speech) -> Chapter:
    head = tuple(speech.say(f"col.{key}") for key in ("body", "since", "until", "basis"))
    sections = []
    for code in REFERRAL_CODES:
        rows = tuple(_mandates(speech, code))
        if rows:
            table = Table(head, rows, (38, 12, 12, 38))
            sections.append(Section(f"body-{code}", speech.label(f"referral.{code}"), (table,)))
    return Chapter("bodies", speech.say("bodies"), speech.say("bodies.intro"), tuple(sections))


def _mandates(speech: Speech, code: str) -> Iterator[tuple[Line, ...]]:
    """The state's own bodies in order of time, declared absences, and the floor's stand-in where the state names none."""
    pack = speech.pack
    pairs = [(body, mandate) for body in pack.bodies for mandate in body.mandates if mandate.to == code]
    own = [pair for pair in pairs if pair[0].origin == pack.code]
    for body, mandate in sorted(own or pairs, key=lambda pair: str(pair[1].start or "")):
        yield _mandate(speech, body, mandate)
    for absence in pack.absences:
        if absence.to == code:
            why = speech.say("nobody", why=speech.note(absence.why))
            yield (Line(why, UNKNOWN), Line(_day(absence.start)), Line(_day(absence.end)), Line(absence.path))


def _mandate(speech: Speech, body: Body, mandate: Mandate) -> tuple[Line, ...]:
    name = speech.title(body.title)
    if not body.named:
        name += f" ({speech.say('unnamed')})"
    if body.one_per == "province":
        name += f" ({speech.say('one_per_province')})"
    if body.areas:
        name += f" ({speech.say('only_in', areas=', '.join(body.areas))})"
    basis = (
        speech.cited(mandate.citation, mandate.verified)[0]
        if mandate.citation
        else Line(speech.say("none"), UNVERIFIED)
    )
    if mandate.note:
        basis = Line(f"{basis.text}. {speech.note(mandate.note)}", basis.mark)
    return (Line(name), Line(_day(mandate.start)), Line(_day(mandate.end)), basis)


def _day(day: object) -> str:
    return str(day) if day else "–"


def places_chapter(speech: Speech) -> Chapter:
    places = speech.pack.places
    if not places:
        return Chapter("places", speech.say("places"), speech.say("places.intro"), (nothing(speech, "places"),))
    counts = Counter(place.kind for place in places)
    kinds = [kind for kind in FIRST_KINDS if counts[kind]] + sorted(set(counts) - set(FIRST_KINDS))
    summary = Table(
        (speech.say("col.kind"), speech.say("col.count")),
        tuple((Line(_capital(speech.code(kind))), Line(str(counts[kind]))) for kind in kinds),
        (60, 40),
    )
    sections = [Section("places-summary", speech.say("places.summary"), (summary,))]
    keys = ("code", "name", "mode", "province", "neighbour", "status", "source")
    head = tuple(speech.say(f"col.{key}") for key in keys)
    for kind in kinds:
        rows = tuple(_place(speech, place) for place in places if place.kind == kind)
        table = Table(head, rows, (13, 20, 13, 10, 16, 10, 18))
        sections.append(Section(f"places-{kind}", _capital(speech.code(kind)), (table,)))
    return Chapter("places", speech.say("places"), speech.say("places.intro"), tuple(sections))


def _place(speech: Speech, place: Place) -> tuple[Line, ...]:
    across = speech.title(place.counterpart) if place.counterpart else ""
    source = speech.pack.sources.get(place.source)
    verified = source is not None and source.verified
    cells = (
        place.code,
        speech.title(place.title),
        speech.code(place.mode) if place.mode else "",
        place.province,
        " ".join(part for part in (place.neighbour, across) if part),
        speech.code(place.status) if place.status else "",
    )
    return (*(Line(cell) for cell in cells), Line(place.source, "" if verified else UNVERIFIED))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def questions_chapter(speech: Speech) -> Chapter:
    """The state's own questions first, then the floor's."""
    head = (speech.say("col.question"), speech.say("col.about"))
    sections = []
    for key, own in (("own", True), ("below", False)):
        rows = tuple(
            (Line(_question(speech, question.text)), Line(question.about))
            for question in speech.pack.open_questions
            if question.about.startswith(f"{speech.pack.code}/") is own
        )
        if rows:
            sections.append(Section(f"questions-{key}", speech.say(key), (Table(head, rows, (72, 28)),)))
    chapter = tuple(sections) or (nothing(speech, "questions"),)
    return Chapter("questions", speech.say("questions"), speech.say("questions.intro"), chapter)


def _question(speech: Speech, text: object) -> str:
    """Questions made from single parameters exist in English only."""
    given = dict(text)  # type: ignore[call-overload]
    return str(given.get(speech.language) or speech.note(given.get("en", "")))


def sources_chapter(speech: Speech) -> Chapter:
    head = tuple(speech.say(f"col.{key}") for key in ("source", "kind", "dated", "confidence"))
    rows = []
    for source in sorted(speech.pack.sources.values(), key=lambda source: source.id):
        words = [speech.title(source.title), source.number and f"№ {source.number}", source.address]
        words.append(speech.note(source.note) if source.note else "")
        rows.append(
            (
                Line(f"{source.id}: {'; '.join(word for word in words if word)}"),
                Line(speech.code(source.kind)),
                Line(source.dated or "–"),
                Line(speech.code(source.confidence), "" if source.verified else UNVERIFIED),
            )
        )
    section = Section("sources-all", "", (Table(head, tuple(rows), (62, 12, 12, 14)),))
    return Chapter("sources", speech.say("sources"), speech.say("sources.intro"), (section,))


def reviews_chapter(speech: Speech) -> Chapter:
    """Every file with who agreed to it; a review of an earlier content does not count."""
    rows = []
    for path, document in sorted(speech.documents.items()):
        agreed = [review for review in speech.pack.reviews if review.file == path and review.digest == document.digest]
        who = "; ".join(
            speech.say("reviews.by", reviewer=review.reviewer, role=review.role, on=review.on) for review in agreed
        )
        mark = REVIEWED if document.reviewed else NOT_REVIEWED
        rows.append((Line(path), Line(document.digest[:12]), Line(who, mark)))
    head = (speech.say("col.file"), "SHA-256", speech.say("col.review"))
    section = Section("reviews-all", "", (Table(head, tuple(rows), (46, 16, 38)),))
    return Chapter("reviews", speech.say("reviews"), speech.say("reviews.intro"), (section,))
