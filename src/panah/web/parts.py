"""The values that views hand to the page components. Each says what the component shows; none of them reads a
database or a clock.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from django.utils.functional import Promise

Text = str | Promise
Tone = Literal["plain", "accent", "amber", "danger"]


@dataclass(frozen=True)
class Link:
    text: Text
    url: str


@dataclass(frozen=True)
class Column:
    """A column of a Table. `numeric` aligns to the end with figures of equal width; `sort` is the value of `?sort=`
    that orders by it (`-` before it for downwards), empty where the column cannot be sorted; `heading` makes its
    cells headings of their rows.
    """

    label: Text
    numeric: bool = False
    sort: str = ""
    heading: bool = False


@dataclass(frozen=True)
class Table:
    """Rows under columns. A cell is text, a number (written by the reader's language), a date or an aware datetime
    (in the reader's calendar), a Link, marked-safe HTML, or None for nothing. `empty` says what to do when there are
    no rows; `sorted_by` is the current `?sort=`, whose ordering is the view's work.
    """

    caption: Text
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    empty: Text
    next_step: Link | None = None
    sorted_by: str = ""


@dataclass(frozen=True)
class Clock:
    """A term that runs: what must be done, since when and until when (aware), as seen at `now`.

    `kind` is `statutory` (law says so), `target` (we promised) or `agreed` (an appointment). `source` cites the law; `url`
    is where it is done. `stopped` says why the clock stands still, empty while it runs. `unknown` says what is missing to know the end; then `due` is None.
    `done` is when it was done.
    """

    what: Text
    started: datetime
    due: datetime | None
    now: datetime
    kind: Literal["statutory", "target", "agreed"] = "statutory"
    source: str = ""
    stopped: Text = ""
    unknown: Text = ""
    done: datetime | None = None
    url: str = ""

    def __post_init__(self) -> None:
        if self.due is None and not self.unknown:
            raise ValueError(
                "The clock has no end and does not say what is missing to know it. Give `due` or `unknown`."
            )
        if self.due is not None and self.due < self.started:
            raise ValueError(f"The clock ends ({self.due}) before it starts ({self.started}).")

    @property
    def state(self) -> str:
        """`done`, `done_late`, `unknown`, `stopped`, `late`, `soon` (in the last quarter of the term) or `running`."""
        if self.done is not None:
            return "done_late" if self.due is not None and self.done > self.due else "done"
        if self.due is None:
            return "unknown"
        if self.stopped:
            return "stopped"
        if self.now > self.due:
            return "late"
        return "soon" if self.left * 4 <= self.due - self.started else "running"

    @property
    def left(self) -> timedelta:
        """Time until the end; below zero when it has passed. Zero where the end is not known."""
        return self.due - (self.done or self.now) if self.due else timedelta(0)

    @property
    def used(self) -> int:
        """How much of the term has gone by, 0 to 100."""
        if self.due is None:
            return 0
        term, gone = self.due - self.started, (self.done or self.now) - self.started
        return 100 if gone >= term else max(0, int(100 * (gone / term)))


@dataclass(frozen=True)
class Reason:
    """Why the machine proposes something: a sentence, the answers that it rests on, and the law or publication behind
    it.

    `answers` are pairs of question and answer in the reader's words. `verified` is whether a person checked the
    citation against the text of the source.
    """

    sentence: Text
    answers: Sequence[tuple[Text, Text]] = ()
    source: str = ""
    url: str = ""
    verified: bool = False


@dataclass(frozen=True)
class Event:
    """Something that happened to a case: when (aware), what, who did it, under which law."""

    at: datetime
    what: Text
    who: str = ""
    law: str = ""
    detail: Text = ""
    url: str = ""
    tone: Tone = "plain"


@dataclass(frozen=True)
class Hold:
    """A safeguard that stands: what may not be done, why, under which law, since when, and who may lift it."""

    label: Text
    why: Text
    lifted_by: Text
    source: str = ""
    verified: bool = False
    since: datetime | None = None
    url: str = ""


@dataclass(frozen=True)
class Check:
    """One check of a scanned line: `ok`, `doubt` (does not agree; ask), or `absent` (nothing to check)."""

    label: Text
    state: Literal["ok", "doubt", "absent"]
    detail: Text = ""


@dataclass(frozen=True)
class Badge:
    """A short mark beside a name. `icon` is one of the sprite's."""

    label: Text
    tone: Tone = "plain"
    icon: str = ""


@dataclass(frozen=True)
class Answer:
    """One of the answers to a yes/no question; `key` is the digit that gives it from the keyboard."""

    value: str
    label: Text
    key: str
    person_label: str = ""


@dataclass(frozen=True)
class Question:
    """A question on the page: the officer's wording, the person's in their language, and whether a speaker has
    checked that one. `draft` says in the person's language that none has.
    """

    text: Text
    person_text: str = ""
    person_language: str = ""
    checked: bool = True
    draft: str = ""
    help: Text = ""
    person_answers: Mapping[str, str] = field(default_factory=dict)
