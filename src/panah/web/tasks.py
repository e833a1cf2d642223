"""What is somebody's to do: each room names its kinds of work, and the first page shows them together, most urgent first.

class ComplaintsConfig(AppConfig):
    def ready(self) -> None:
        tasks.register(tasks.Task("complaints", _("Complaints to answer"), "complaints.work", waiting, opens="complaints"))

`waiting(officer, now, limit)` gives at most `limit` lines, what is most urgent first, in a number of queries that does not grow
with them. Nothing in `web` knows the rooms.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from panah.foundation.access.service import may
from panah.web.parts import Column, Link, Table, Text, Tone

MOST_OF_A_KIND = 20
"""So many lines of one kind are shown; of more it is only said that there are more."""


@dataclass(frozen=True)
class Line:
    """One thing to do, and the page where it is done. `what` names a number and never a person; `due` is by when."""

    what: Text
    url: str
    due: datetime | None = None
    detail: Text = ""


Find = Callable[[Any, datetime, int], Sequence[Line]]


@dataclass(frozen=True)
class Task:
    """A kind of work of those who hold the permission. `opens` is the name of the page with the whole list, `query` what follows its
    address; `installations` are `node`, `hub` or both, as in the menu."""

    code: str
    title: Text
    permission: str
    find: Find
    opens: str = ""
    query: str = ""
    installations: frozenset[str] = frozenset({"node"})


@dataclass(frozen=True)
class Pile:
    """What an officer has to do of one kind."""

    task: Task
    lines: tuple[Line, ...]
    more: bool
    late: int

    @property
    def count(self) -> str:
        return f"{len(self.lines)}+" if self.more else str(len(self.lines))

    @property
    def url(self) -> str:
        return reverse(self.task.opens) + self.task.query if self.task.opens else ""

    @property
    def tone(self) -> Tone:
        return "danger" if self.late else "accent" if self.lines else "plain"


@dataclass(frozen=True)
class ToDo:
    """One line of the day: what, of which kind, and whether it is late."""

    line: Line
    kind: Text
    late: bool


_tasks: dict[str, Task] = {}


def register(*kinds: Task) -> None:
    """Name kinds of work, once at start. Another one under the same code is a mistake."""
    for task in kinds:
        if _tasks.get(task.code, task) != task:
            raise ValueError(f"There is a kind of work {task.code!r} already. Give each a code of its own.")
        _tasks[task.code] = task


def piles(officer: Any, now: datetime) -> tuple[Pile, ...]:
    """The officer's work by its kinds, also those of which there is nothing now."""
    here = [task for task in _tasks.values() if settings.PANAH_ROLE in task.installations]
    return tuple(_pile(task, officer, now) for task in here if may(officer, task.permission))


def _pile(task: Task, officer: Any, now: datetime) -> Pile:
    found = tuple(task.find(officer, now, MOST_OF_A_KIND + 1))
    lines = found[:MOST_OF_A_KIND]
    return Pile(task, lines, len(found) > MOST_OF_A_KIND, sum(1 for line in lines if _is_late(line, now)))


def _is_late(line: Line, now: datetime) -> bool:
    return line.due is not None and line.due < now


def in_order(found: Iterable[Pile], now: datetime) -> list[ToDo]:
    """All lines together: by when they are due, what has no day last."""
    lines = [ToDo(line, pile.task.title, _is_late(line, now)) for pile in found for line in pile.lines]
    return sorted(lines, key=lambda one: (one.line.due is None, one.line.due or now))


def table(lines: Iterable[ToDo]) -> Table:
    """The lines as the table of an officer's day."""
    return Table(
        caption=_("To do, most urgent first"),
        columns=[Column(_("What"), heading=True), Column(_("Kind")), Column(_("Until")), Column(_("More"))],
        rows=[
            (
                Link(one.line.what, one.line.url),
                one.kind,
                one.line.due,
                " · ".join(filter(None, (_("late") if one.late else "", str(one.line.detail)))),
            )
            for one in lines
        ],
        empty=_("Nothing waits for you now. New work comes here by itself."),
    )
