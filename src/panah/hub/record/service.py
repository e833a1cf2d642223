"""The one door to this room: the documents, what they ask for, and the frameworks, as values in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import get_language

from panah.foundation.clock import now
from panah.foundation.door.service import Receipt, perform
from panah.hub.loadings.service import record_home
from panah.hub.record import models, reading
from panah.hub.record.actions import LoadRecord

__all__ = [
    "Begin", "Framework", "Paragraph", "Point", "Promise", "begin", "check", "commitments_from", "frameworks", "load", "own_words", "paper_titles", "paragraph",
    "paragraphs", "point_title", "promises",
]  # fmt: skip


@dataclass(frozen=True)
class Paragraph:
    """A paragraph as the reader reads it: a draft of ours in their language (English for languages that the record has not)."""

    code: str
    paper: str
    text: str
    commitments: tuple[str, ...]
    ten_points: tuple[str, ...]
    agenda: tuple[str, ...]
    indicators: tuple[str, ...]
    url: str


@dataclass(frozen=True)
class Point:
    """A point of a framework."""

    framework: str
    code: str
    title: str
    url: str


@dataclass(frozen=True)
class Framework:
    """A framework with its points in order; `verified` whether the list was read in its source."""

    code: str
    title: str
    points: tuple[Point, ...]
    verified: bool


@dataclass(frozen=True)
class Promise:
    """A commitment, as pages of the record name it. `status` is in the reader's words."""

    code: str
    paragraph: str
    text: str
    status: str
    url: str


Begin = Callable[[Any, str], str]
_promises: list[Callable[[], Sequence[Promise]]] = []
_begin: list[Begin] = []


def commitments_from(provider: Callable[[], Sequence[Promise]], begin: Begin) -> None:
    """Name the function that gives all commitments that rest on paragraphs, and the one that gives the address at which a reader may make one
    from a paragraph, empty where they may not. The room that keeps them does so at start."""
    _promises[:], _begin[:] = [provider], [begin]


def begin(user: Any, code: str) -> str:
    """Where the reader may make a commitment from that paragraph; empty where they may not."""
    return _begin[0](user, code) if _begin else ""


def promises() -> tuple[Promise, ...] | None:
    """The commitments that rest on paragraphs; None when no room keeps commitments."""
    return tuple(_promises[0]()) if _promises else None


def own_words(row: Model, field: str) -> str:
    """What a row says in the reader's language: Russian for Russian readers, otherwise English."""
    language = "ru" if (get_language() or "en").startswith("ru") else "en"
    return str(getattr(row, f"{field}_{language}"))


def check(folder: Path | None = None) -> tuple[str, ...]:
    """What is wrong with this room's part of the record (`folder` is the whole record), as sentences; nothing when it can be loaded."""
    return tuple(reading.content(folder or record_home()).problems)


def load(folder: Path | None = None, *, by: UUID | None = None) -> Receipt:
    """Take in this room's part of the record. The same again changes nothing (`new: False`). Raises Refused with the first problems."""
    home = folder or record_home()
    return perform(LoadRecord(by=by, happened_at=now(), folder=str(home), folder_digest=reading.digest(home)))


def paragraphs(paper: str = "") -> tuple[Paragraph, ...]:
    """All paragraphs in order, or those of one document."""
    found = models.Paragraph.objects.all()
    return tuple(map(_paragraph, found.filter(paper=paper) if paper else found))


def paragraph(code: str) -> Paragraph | None:
    """One paragraph, or None when the record has none of that code."""
    row = models.Paragraph.objects.filter(code=code).first()
    return _paragraph(row) if row else None


def paper_titles() -> Mapping[str, str]:
    """The title of each document by its letter."""
    return {row.code: own_words(row, "title") for row in models.Paper.objects.all()}


def frameworks() -> tuple[Framework, ...]:
    """The frameworks with their points."""
    return tuple(
        Framework(row.code, own_words(row, "title"), tuple(map(_point, row.points.all())), row.verified)
        for row in models.Framework.objects.prefetch_related("points")
    )


def point_title(framework: str, code: str) -> str:
    """What a point is called; its code where the framework has none such."""
    row = models.Point.objects.filter(framework=framework, code=code).first()
    return own_words(row, "title") if row else code


def _paragraph(row: models.Paragraph) -> Paragraph:
    return Paragraph(
        row.code,
        row.paper_id,
        own_words(row, "text"),
        tuple(row.commitments),
        tuple(row.ten_points),
        tuple(row.agenda),
        tuple(row.indicators),
        reverse("record_paragraph", args=[row.code]),
    )


def _point(row: models.Point) -> Point:
    return Point(
        row.framework_id, row.code, own_words(row, "title"), reverse("record_point", args=[row.framework_id, row.code])
    )
