"""A file's story: the journal's lines about it as sentences in the reader's language. Other rooms add theirs with `tells`, and leave out
with `story_cut_by` what is not for every reader of the file."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from panah.foundation.access.models import Grant, Officer
from panah.foundation.journal import service as journal
from panah.foundation.journal.models import Entry
from panah.node.registration.models import PersonFile
from panah.node.registration.titles import body_title, place_title
from panah.node.safeguards import service as safeguards
from panah.web.parts import Event, Text

Facts = Mapping[str, Any]
Sentence = Callable[[Facts], str]
Cut = Callable[[str, Facts], Facts | None]

_sentences: dict[str, Sentence | None] = {}
_citations: dict[str, Sentence] = {}
_cuts: list[Callable[[Officer, PersonFile], Cut]] = []


def tells(sentences: Mapping[str, Sentence | None], *, cites: Mapping[str, Sentence] | None = None) -> None:
    """A room says how the lines of its codes read in a file's story, and under which law (`cites`) they stand; each is called with the
    line's facts, in the reader's language. None leaves lines out that are too fine for a story, such as each answer of an interview; the
    journal has them."""
    _sentences.update(sentences)
    _citations.update(cites or {})


def story_cut_by(cut: Callable[[Officer, PersonFile], Cut]) -> None:
    """A room says what of a file's story is not for an officer who reads the file: called once a story, it gives a function of a line's
    code and facts that returns the facts that may be told, or None where the line says only that it is restricted."""
    _cuts.append(cut)


@dataclass(frozen=True)
class Told:
    """One line of the story, and the room that it comes from."""

    event: Event
    room: str


def story(officer: Officer, file: PersonFile, *, reads: bool = False, room: str = "") -> tuple[Told, ...]:
    """What happened to a file as far as the officer may know, oldest first; with `reads` also who read it, and officers by their names."""
    cuts = [cut(officer, file) for cut in _cuts]
    lines = [(line, _left(cuts, line)) for line in _lines(file, reads) if not room or room_of(line.code) == room]
    acting = {line.by for line, _facts in lines if line.by}
    who = Officer.objects.in_bulk(acting)
    roles = _roles(acting)
    closed = safeguards.closed_to(officer, file.pk)
    told = []
    for line, facts in lines:
        by = who.get(line.by) if line.by else None
        # Who works on nothing but one class tells it by being there.
        if facts is None or (by is not None and safeguards.classes().of_roles(roles[by.pk]) in closed):
            told.append(_restricted(line))
        else:
            told.append(_told(line, facts, by, names=reads))
    return tuple(one for one in told if one.room or not room)


def _roles(officers: Collection[UUID]) -> Mapping[UUID, set[str]]:
    """The roles that each of these officers holds, asked for at once."""
    held: defaultdict[UUID, set[str]] = defaultdict(set)
    granted = Grant.objects.filter(officer__in=officers, withdrawn_at=None, officer__is_active=True)
    for officer, role in granted.values_list("officer", "role"):
        held[officer].add(role)
    return held


def _restricted(line: Entry) -> Told:
    """A line that is not for the reader: that there is one is said, so that nobody takes silence for absence."""
    return Told(Event(line.happened_at, _("Restricted: another body works with this person.")), "")


def _told(line: Entry, facts: Facts, by: Officer | None, *, names: bool) -> Told:
    event = Event(
        at=line.happened_at,
        what=_said(line.code, facts),
        who=_who(line, by, names=names),
        law=_citations[line.code](facts) if line.code in _citations else "",
        tone="danger" if line.code == "safeguards.attempt_stopped" else "plain",
    )
    return Told(event, room_of(line.code))


def _lines(file: PersonFile, reads: bool) -> list[Entry]:
    return [line for line in journal.lines_of(file.pk) if (reads or line.action is not None) and _is_told(line.code)]


def _left(cuts: Sequence[Cut], line: Entry) -> Facts | None:
    """The facts of a line that may be told; None where it is restricted."""
    facts: Facts | None = json.loads(line.facts)
    for cut in cuts:
        if facts is None:
            return None
        facts = cut(line.code, facts)
    return facts


def room_of(code: str) -> str:
    """The room that a line of the journal comes from."""
    return code.partition(".")[0]


def _who(line: Entry, by: Officer | None, *, names: bool) -> str:
    """The office, by its body and its post; the officer's name only to those who oversee."""
    if line.by is None:
        return _("the system")
    parts = [by.display_name] if by and names else []
    if by and by.body:
        parts.append(body_title(by.body))
    if line.place:
        parts.append(place_title(line.place))
    return ", ".join(dict.fromkeys(parts)) or _("an officer")


def _is_told(code: str) -> bool:
    return code not in _sentences or _sentences[code] is not None


def _said(code: str, facts: Facts) -> Text:
    make = _sentences.get(code)
    return make(facts) if make else code


def sentence(line: Entry) -> str:
    """The line as a sentence; its code when no room claims it."""
    return str(_said(line.code, json.loads(line.facts)))
