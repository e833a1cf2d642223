"""The interview on paper, for when power fails: the person's language beside the officer's, with codes to type it in later.

What everybody is asked comes first and fits two sheets; after it the questions that only some people are asked, each
with its rule in short words. All of it follows from the pack.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.template.loader import render_to_string

from panah.cores.lawbook import Pack
from panah.cores.screening import read_record, screener
from panah.cores.screening.fields import DOCUMENT_STATUSES, DOCUMENT_TYPES, FIELD, OPEN_ANSWERS, YES_NO
from panah.cores.screening.interview import EVERYONE, next_question
from panah.cores.screening.questions import Question
from panah.cores.screening.skip_words import skip_words
from panah.cores.screening.wording import Wording, wording
from panah.node.profiling import rules
from panah.web import reading
from panah.web.paper import fonts

LAYOUT: Final = 1
"""Counts up when a code on the paper changes its meaning."""

OFFICER_LANGUAGES: Final = ("en", "ru")
"""Languages in which the words for officers are written."""

_YES: Final = frozenset({"consent.understands", "exploitation.free_to_leave", "nationality.birth_registered"})
_SPACES: Final = {"languages": 2, "countries": 4, "country": 1, "number": 1, "whole": 1, "birth_date": 1, "text": 1}
_HEAD: Final = (("file", 33), ("date", 33), ("place", 34), ("name", 60), ("officer", 40))


@dataclass(frozen=True)
class Both:
    """A text in the officer's language and in the person's; the second is empty for what only officers read."""

    officer: str
    person: str = ""


@dataclass(frozen=True)
class Box:
    """A box to tick: the record's code and its label."""

    code: str
    label: Both


@dataclass(frozen=True)
class Row:
    """One question as a row: its code, the key of the record, wording, mark for officers, skip rule, and what is filled in."""

    code: str
    key: str
    kind: str
    text: Both
    mark: str
    stop: Both | None
    skip: str
    boxes: tuple[Box, ...]
    several: bool
    spaces: range

    @property
    def key_parts(self) -> str:
        """The key, which may break into lines at its dots and strokes."""
        return self.key.replace(".", ".\u200b").replace("_", "_\u200b")


@dataclass(frozen=True)
class PaperForm:
    """Everything that stands on the form. `texts` are the words of the frame by their ids without `form.`."""

    officer: str
    person: str
    direction: str
    mark: str
    texts: Mapping[str, Both]
    drafts: str
    yes_no: tuple[Box, ...]
    """The four columns to tick. The last two also serve the questions that are not answered with yes or no."""
    first: tuple[Row, ...]
    further: tuple[Row, ...]
    document_types: tuple[Box, ...]
    document_statuses: tuple[Box, ...]
    zone: Sequence[range] = (range(44), range(44), range(30))

    @property
    def head(self) -> tuple[tuple[Both, int], ...]:
        """The spaces at the top: words, and width in per cent of the line."""
        return tuple((self.texts[name], width) for name, width in _HEAD)


def paper_form_of(pack: Pack, person: str, officer: str, on: date, *, child: bool = False) -> PaperForm:
    """The form under a pack in two languages (of foundation.languages). `child`: asked in words for a child.

    Raises ValueError where the two languages are the same, or the officer's is none of OFFICER_LANGUAGES.
    """
    if officer not in OFFICER_LANGUAGES or person == officer:
        raise ValueError(
            f"The officer's language is {officer!r} and the person's {person!r}. The officer's is one of "
            f"{', '.join(OFFICER_LANGUAGES)}, and the two differ."
        )
    say, first = _Says(wording(pack), officer, person), _asked_of_everyone(pack, on, child)
    skips = skip_words(pack, officer)
    rows = [_row(question, say, skips, child=child) for question in screener(pack).questions]
    frame = [each for each in wording(pack).texts if each.startswith("form.")]
    return PaperForm(
        officer=officer,
        person=person,
        direction=reading.direction(person),
        mark=f"panah_paper_{pack.code}/{LAYOUT}/{pack.version}/{pack.digest[:12]}",
        texts={each.removeprefix("form."): say.both(each) for each in frame},
        drafts=" · ".join(dict.fromkeys(say.in_language("paper.draft", tag) for tag in (person, officer, "en"))),
        yes_no=tuple(Box(code, say.both(f"a.yes_no.{code}")) for code in YES_NO),
        first=tuple(row for row in rows if row.key in first),
        further=tuple(row for row in rows if row.key not in first),
        document_types=say.boxes("documents.type", DOCUMENT_TYPES, person=False),
        document_statuses=say.boxes("documents.status", DOCUMENT_STATUSES, person=False),
    )


def as_html(form: PaperForm) -> str:
    """The form as one HTML page, with no address in it but those of the fonts."""
    return render_to_string("profiling/paper_form.html", {"form": form, **fonts.context("ltr")})


def as_pdf(form: PaperForm) -> bytes:
    """The form as PDF/UA, A4."""
    from panah.web.paper.printing import printed  # WeasyPrint takes a second to load, and few requests print

    return printed(as_html(form), fonts.BY_ADDRESS)


class _Says:
    def __init__(self, words: Wording, officer: str, person: str) -> None:
        self._words, self._officer, self._person = words, officer, person

    def both(self, identifier: str) -> Both:
        return Both(self.in_language(identifier, self._officer), self.in_language(identifier, self._person))

    def officer(self, identifier: str) -> Both:
        return Both(self.in_language(identifier, self._officer))

    def boxes(self, key: str, codes: Sequence[str], *, person: bool) -> tuple[Box, ...]:
        say = self.both if person else self.officer
        return tuple(Box(code, say(f"a.{key}.{code}")) for code in codes)

    def in_language(self, identifier: str, language: str) -> str:
        """The text, or its id in brackets where it is missing in that language."""
        found = self._words.text(identifier, language)
        return found.text if found else f"[{identifier}: {language}]"


def _row(question: Question, say: _Says, skips: Mapping[str, str], *, child: bool) -> Row:
    asked = question.asked_of == "person"
    text = say.both(question.child_text if child else question.text) if asked else say.officer(question.text)
    closed = question.kind in ("choice", "choices")
    listed = [code for code in question.allowed if code not in OPEN_ANSWERS]
    boxes = say.boxes(question.key, listed, person=asked) if closed else ()
    if question.kind in ("choices", "countries"):
        boxes += (Box("none", say.both("form.none") if asked else say.officer("form.none")),)
    marks = {"officer": "form.seen", "register": "form.looked_up"}
    return Row(
        code=question.code,
        key=question.key,
        kind=question.kind,
        text=text,
        mark=say.officer(marks[question.asked_of]).officer if not asked else "",
        stop=say.officer("form.stop") if question.key in rules.HELP_FIRST else None,
        skip=skips.get(question.key, ""),
        boxes=boxes,
        several=question.kind == "choices",
        spaces=range(_SPACES.get(question.kind, 0)),
    )


def _asked_of_everyone(pack: Pack, on: date, child: bool) -> frozenset[str]:
    """The questions that an adult alone without any flag is asked (a child with a parent, on the form for children)."""
    record: dict[str, Any] = {"id": "paper", "pack": pack.code}
    passed: set[str] = set()
    asked: set[str] = set()
    while question := next_question(read_record(record), pack, on, EVERYONE, frozenset(passed)):
        asked.add(question.key)
        answer = _plain_answer(question.key, pack, on, child)
        if answer is None:
            passed.add(question.key)
        else:
            record = rules.with_answer(record, question.key, answer)
    return frozenset(asked)


def _plain_answer(key: str, pack: Pack, on: date, child: bool) -> Any:
    if FIELD[key].kind == "yes_no":
        return "yes" if key in _YES else "no"
    plain: dict[str, Any] = {
        "entry.mode": "border_point",
        "person.birth_date": str(on.year - (9 if child else 35)),
        "person.citizenships": ["UZB" if pack.code != "uzb" else "KAZ"],
        "child.accompanied_by": "parent",
        "travel.companions": 0,
        "documents": [{"type": "passport", "status": "valid"}],
        "purpose": ["visit"],
        "protection.left_because": ["other"],
    }
    return plain.get(key)
