"""The safeguards for other rooms: place holds, ask what stands, put a number on the board."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from panah.foundation.access.models import Officer
from panah.foundation.access.service import may
from panah.foundation.door.service import Harm, Moment
from panah.node.safeguards import actions, need_to_know, rules, words
from panah.node.safeguards.actions import HoldToPlace, LiftHold
from panah.node.safeguards.board import Row, Section, on_board, on_board_of
from panah.node.safeguards.day import waiting_for_second_word
from panah.node.safeguards.files import Files, files_from, worked_on_by
from panah.node.safeguards.guard import stop_for
from panah.node.safeguards.models import Hold
from panah.node.safeguards.need_to_know import classes, classes_from, closed_to
from panah.node.safeguards.sources import source_text
from panah.node.safeguards.words import open_code, open_title, reasons_described_by
from panah.web import parts

__all__ = [
    "REMEDY",
    "Files",
    "Hold",
    "HoldToPlace",
    "LiftHold",
    "Row",
    "Section",
    "classes",
    "classes_from",
    "closed_to",
    "end_reason",
    "files_from",
    "held_against",
    "law_of",
    "note_screened",
    "on_board",
    "on_board_of",
    "open_code",
    "open_title",
    "pages_for",
    "place_holds",
    "reasons_described_by",
    "shown",
    "source_text",
    "standing",
    "stop_for",
    "title_of",
    "waiting_for_second_word",
    "worked_on_by",
]

REMEDY = rules.REMEDY


def place_holds(subject: UUID, holds: Sequence[HoldToPlace], moment: Moment) -> tuple[Hold, ...]:
    """Place holds for a person inside a door transaction. What stands already gains the new reasons, and stays one."""
    by = moment.officer.pk if moment.officer else None
    return actions.place(subject, holds, at=moment.recorded_at, by=by)


def end_reason(subject: UUID, code: str, key: str, why: str, moment: Moment) -> bool | None:
    """End by itself a reason of `rules.ENDING_REASONS`, inside a door transaction of the installation's own act. Returns whether the hold
    fell, None where no such reason stood. An officer's act has no say here: holds are lifted by two authorities."""
    if moment.officer is not None:
        raise ValueError("A reason ends by itself or not at all. An officer lifts a hold with `safeguards.lift_hold`.")
    return actions.end_reason(subject, code, key, why, moment.recorded_at)


def note_screened(subject: UUID, moment: Moment) -> None:
    """Say that the person was screened, inside a door transaction. Before that every act of force is stopped."""
    actions.note_screened(subject, moment.recorded_at)


def standing(subject: UUID) -> tuple[Hold, ...]:
    """The holds that stand for a person, oldest first."""
    return tuple(Hold.objects.filter(subject=subject, lifted_at=None).order_by("placed_at", "id"))


def held_against(harm: Harm) -> QuerySet[Hold, UUID]:
    """The persons' files against which a hold stands that stops the act, as a subquery."""
    codes = {line.hold for line in rules.STOPS[harm]}
    return Hold.objects.filter(code__in=codes, lifted_at=None).values_list("subject", flat=True)


def shown(officer: Officer, subject: UUID) -> tuple[parts.Hold, ...]:
    """The same as the page component `hold_banner` takes them: each says that it stands and what it forbids; why, to its lane."""
    found = standing(subject)
    closed = need_to_know.closed_to(officer, subject) if found else ()
    return tuple(words.shown(hold, closed) for hold in found)


def pages_for(officer: Officer, file: Any) -> list[parts.Link]:
    """The pages of this room about a file that the officer may use, as links for the file's own page."""
    pages = (
        ("safeguards.place_hold", _("Place a hold"), "hold_new"),
        ("safeguards.ask_coercive_act", _("Before an act of force"), "coercive_act"),
    )
    return [parts.Link(text, reverse(name, args=[file.pk])) for right, text, name in pages if may(officer, right, file)]


def law_of(code: str) -> str:
    """The law under which a hold of this code stands; nothing where it would tell a restricted fact."""
    return "" if open_code(code) != code else source_text(rules.source_lines(code))


def title_of(code: str) -> str:
    """What a safeguard of contracts/screening.md is called on pages."""
    return words.title(code)
