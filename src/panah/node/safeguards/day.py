"""What of the safeguards is an officer's to do."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panah.foundation.access.models import BreakGlass, Officer
from panah.node.safeguards import board, rules, words
from panah.node.safeguards.models import Hold, Lift
from panah.web.tasks import Line, Task


def waiting_for_second_word(officer: Officer) -> QuerySet[Hold]:
    """Standing holds of which another body has said that they may fall, and in whose fall the officer has a say; longest waiting first."""
    codes = [code for code in rules.COMPETENT if rules.may_lift(code, officer.roles)]
    said = Lift.objects.filter(voided_at=None)
    other = said.exclude(body=officer.body).values("hold")
    own = said.filter(body=officer.body).values("hold")
    waiting = Hold.objects.filter(pk__in=other, lifted_at=None, absolute=False, code__in=codes).exclude(pk__in=own)
    return waiting.order_by("placed_at", "pk") if officer.body else Hold.objects.none()


def second_words(officer: Officer, now: datetime, limit: int) -> list[Line]:
    """The same for supervisors, who may be the second of any body."""
    if rules.SECOND_READER not in officer.roles:
        return []
    return [
        Line(words.open_title(hold.code), reverse("hold", args=[hold.pk]))
        for hold in waiting_for_second_word(officer)[:limit]
    ]


def alarms(officer: Officer, now: datetime, limit: int) -> list[Line]:
    """The numbers of the board that must be zero and are not."""
    found = [(section, section.count()) for section in board.sections() if section.must_be_zero]
    return [
        Line(section.title, reverse("board_list", args=[section.code]), detail=str(number))
        for section, number in found
        if number
    ][:limit]


def glass(officer: Officer, now: datetime, limit: int) -> list[Line]:
    """Break-glass sessions that nobody has looked at yet."""
    rows = BreakGlass.objects.filter(reviewed_at=None).select_related("officer").order_by("opened_at")
    return [
        Line(_("Break-glass of %(officer)s") % {"officer": one.officer.display_name}, reverse("break_glass_review"))
        for one in rows[:limit]
    ]


TASKS = (
    Task("alarms", gettext_lazy("What must be zero"), "safeguards.see_board", alarms, "board"),
    Task("second-words-overseen", gettext_lazy("Holds that wait for a second word"), "safeguards.lift_hold", second_words),
    Task("glass", gettext_lazy("Break-glass sessions to review"), "access.review_break_glass", glass, "break_glass_review"),
)  # fmt: skip
