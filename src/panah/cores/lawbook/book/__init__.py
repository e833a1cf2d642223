"""A pack as a book that a lawyer can read: the provision on the left, our reading on the right. Pure; no layout here.

Stands above two cores: what screening does with a pack's rules is part of the book.
"""

from __future__ import annotations

from datetime import date

from panah.cores.lawbook.book.changes import Change, changes, changes_chapter
from panah.cores.lawbook.book.dealings import channels_chapter, documents_chapter, procedures_chapter
from panah.cores.lawbook.book.model import UNVERIFIED, Book, Chapter, Entry, Line, Section, Table
from panah.cores.lawbook.book.parameters import answer_in_words, parameters_chapter
from panah.cores.lawbook.book.rules import rulebook_of, rules_chapter, standards_chapter
from panah.cores.lawbook.book.speech import Speech
from panah.cores.lawbook.book.tables import (
    bodies_chapter,
    places_chapter,
    questions_chapter,
    reviews_chapter,
    sources_chapter,
)
from panah.cores.lawbook.book.words import LANGUAGES
from panah.cores.lawbook.model import Pack

__all__ = [
    "LANGUAGES",
    "Book",
    "Change",
    "Chapter",
    "Entry",
    "Line",
    "Section",
    "Speech",
    "Table",
    "answer_in_words",
    "changes",
    "make_book",
]

WEEK = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "ru": ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"),
}


def make_book(pack: Pack, language: str, on: date, before: Pack | None = None, changelog: str = "") -> Book:
    """The pack as a book in English or Russian, with the law of a day applied on the right side.

    `before` is an earlier edition of the same pack to compare with; without one the newest part of `changelog` (the text
    of the pack's CHANGELOG.md) stands in its place. The same arguments give the same book.
    """
    speech = Speech(pack, language, on)
    rules = rulebook_of(speech)
    return Book(
        pack=pack.code,
        title=f"{speech.title(pack.title)}. {speech.say('book')}",
        subtitle=speech.say("subtitle", code=pack.code),
        version=pack.version,
        digest=pack.digest,
        language=language,
        on=on,
        front=_front(speech),
        chapters=(
            changes_chapter(speech, before, changelog),
            bodies_chapter(speech),
            places_chapter(speech),
            parameters_chapter(speech),
            procedures_chapter(speech),
            documents_chapter(speech),
            channels_chapter(speech),
            standards_chapter(speech, rules),
            rules_chapter(speech, rules),
            questions_chapter(speech),
            sources_chapter(speech),
            reviews_chapter(speech),
        ),
        words={key: speech.say(key) for key in _RENDERED},
    )


_RENDERED = (
    "contents",
    "provision",
    "reading",
    "cases",
    "page",
    "mark.unverified",
    "mark.unknown",
    "mark.floor",
    "mark.reviewed",
    "mark.not_reviewed",
)


def _front(speech: Speech) -> tuple[Line, ...]:
    pack = speech.pack
    days = ", ".join(WEEK[speech.language][day - 1] for day in sorted(pack.weekend))
    done = sum(document.reviewed for document in speech.documents.values())
    lines = [
        Line(speech.say("front.version", version=pack.version, digest=pack.digest)),
        Line(speech.say("front.on", on=speech.on)),
        Line(speech.say("front.calendar", zone=pack.timezone, days=days, since=pack.covers_from)),
        Line(speech.say("front.reviewed", done=done, all=len(speech.documents))),
        Line(speech.say("front.unverified"), UNVERIFIED),
    ]
    return (*lines, Line(speech.say("front.language"))) if speech.language != "en" else tuple(lines)
