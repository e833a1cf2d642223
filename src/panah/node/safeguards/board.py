"""The board of those who oversee. Each room puts its sections on it; each section is a number that opens its list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panah.foundation.access.models import BreakGlass, Officer
from panah.foundation.clock import now
from panah.foundation.door.service import Harm
from panah.node.safeguards import files, need_to_know, rules
from panah.node.safeguards.models import Attempt, CoerciveAct, Hold
from panah.node.safeguards.words import open_title, title
from panah.web.parts import Text
from panah.web.stops import ACTS

LONGEST_LIST = 200
ATTEMPTS_SHOWN_FOR = timedelta(days=30)


@dataclass(frozen=True)
class Row:
    """One line of a section's list. `what` is its sentence; `subject` the person's file, shown by its number; `who` an
    officer's or body's name; `url` where it is worked on. No person is named here.

    `lane` is the class of restricted facts that the line would tell, and `body` the body that works on it and may know all the same."""

    what: Text
    since: datetime | None
    subject: UUID | None = None
    who: str = ""
    detail: Text = ""
    url: str = ""
    lane: str = ""
    body: str = ""


def as_seen_by(officer: Officer, rows: Iterable[Row]) -> list[Row]:
    """The lines for this officer: one of a class that is closed to them says that it is there, and neither what nor whose."""
    closed = need_to_know.closed_to(officer)
    return [
        replace(row, what=_("Restricted: another body works with this person"), who="", detail="")
        if row.lane in closed and not (row.body and row.body == officer.body)
        else row
        for row in rows
    ]


@dataclass(frozen=True)
class Section:
    """`count` gives the big number, `rows` at most LONGEST_LIST of its lines, the most pressing first. A section that
    `must_be_zero` is red when it is not. `note` is one line under the number."""

    code: str
    title: Text
    order: int
    count: Callable[[], int]
    rows: Callable[[], Sequence[Row]]
    empty: Text
    note: Text = ""
    must_be_zero: bool = False


_sections: dict[str, Section] = {}


def on_board(section: Section) -> None:
    """Put a section on the board, once at start. The same code again is a mistake."""
    if section.code in _sections:
        raise ValueError(f"The board has a section {section.code!r} already. Give each section a code of its own.")
    _sections[section.code] = section


_of_reader: dict[str, Callable[[Officer], Section | None]] = {}


def on_board_of(code: str, made_for: Callable[[Officer], Section | None]) -> None:
    """Put a section on the board whose very number depends on who reads it; None where there is none for that officer."""
    if code in _sections or code in _of_reader:
        raise ValueError(f"The board has a section {code!r} already. Give each section a code of its own.")
    _of_reader[code] = made_for


def sections(officer: Officer | None = None) -> tuple[Section, ...]:
    """What stands on this officer's board; without an officer, what stands on everybody's."""
    own = [made for made_for in _of_reader.values() if (made := made_for(officer)) is not None] if officer else []
    return tuple(sorted([*_sections.values(), *own], key=lambda section: (section.order, section.code)))


def section(code: str, officer: Officer) -> Section | None:
    made_for = _of_reader.get(code)
    return made_for(officer) if made_for else _sections.get(code)


def _holds() -> Sequence[Row]:
    standing = Hold.objects.filter(lifted_at=None).order_by("placed_at", "id")[:LONGEST_LIST]
    return [
        Row(
            title(hold.code),
            hold.placed_at,
            hold.subject,
            url=reverse("hold", args=[hold.id]),
            detail=_absolute(hold),
            lane=need_to_know.classes().of_hold(hold.code),
        )
        for hold in standing
    ]


def _absolute(hold: Hold) -> str:
    return _("absolute") if hold.absolute else ""


def _recent_attempts() -> Q:
    return Q(recorded_at__gte=now() - ATTEMPTS_SHOWN_FOR)


def _attempts() -> Sequence[Row]:
    tried = list(Attempt.objects.filter(_recent_attempts()).order_by("-recorded_at")[:LONGEST_LIST])
    names = _names(attempt.by for attempt in tried)
    return [
        Row(
            ACTS[Harm(attempt.harm)],
            attempt.recorded_at,
            attempt.subject,
            who=", ".join(filter(None, (names.get(attempt.by, ""), attempt.body, attempt.place))),
            detail=_("stopped by: %(holds)s") % {"holds": ", ".join(open_title(code) for code in attempt.holds)},
        )
        for attempt in tried
    ]


def _detained_children() -> QuerySet[CoerciveAct]:
    """Detentions that were let pass, have not ended, and are of somebody now known to be a child or treated so."""
    # Asked of each open detention, of which there are few, and not of each hold.
    child = Q(code=rules.TREAT_AS_CHILD) | Q(code=rules.NO_DETENTION, absolute=True)
    holds = Hold.objects.filter(child, subject=OuterRef("subject"), lifted_at=None)
    return CoerciveAct.objects.filter(Exists(holds), act=Harm.DETENTION.value, ended_at=None)


def _children() -> Sequence[Row]:
    acts = list(_detained_children().order_by("asked_at")[:LONGEST_LIST])
    names = _names(act.by for act in acts)
    return [_act_row(act, names) for act in acts]


def _act_row(act: CoerciveAct, names: dict[UUID | None, str]) -> Row:
    return Row(
        ACTS[Harm(act.act)],
        act.asked_at,
        act.subject,
        who=", ".join(filter(None, (names.get(act.by, ""), act.body, act.place))),
        detail=_("a hold forbids it since then") if act.stopped_at else "",
        url=reverse("coercive_act", args=[act.subject]),
    )


def _against_a_hold() -> Sequence[Row]:
    acts = list(
        CoerciveAct.objects.exclude(stopped_at=None).filter(ended_at=None).order_by("stopped_at")[:LONGEST_LIST]
    )
    names = _names(act.by for act in acts)
    return [_act_row(act, names) for act in acts]


def _break_glass() -> Sequence[Row]:
    sessions = (
        BreakGlass.objects.filter(reviewed_at=None).select_related("officer").order_by("opened_at")[:LONGEST_LIST]
    )
    moment = now()
    return [
        Row(
            _("open") if session.open_at(moment) else _("ended, waits for review"),
            session.opened_at,
            who=session.officer.display_name,
            detail=session.reason,
        )
        for session in sessions
    ]


def _names(officers: Iterable[UUID | None]) -> dict[UUID | None, str]:
    wanted = {officer for officer in officers if officer}
    return dict(Officer.objects.filter(pk__in=wanted).values_list("pk", "display_name"))


def numbers_of(rows: Iterable[Row]) -> dict[UUID, str]:
    """The file numbers of the rows, asked for at once."""
    return dict(files.numbers({row.subject for row in rows if row.subject}))


def own_sections() -> tuple[Section, ...]:
    """The sections that this room puts on the board itself. Overdue referrals come from their own room."""
    return (
        Section(
            "children-in-detention",
            gettext_lazy("Children in detention"),
            20,
            lambda: _detained_children().count(),
            _children,
            gettext_lazy("No child is in detention."),
            note=gettext_lazy("must read 0"),
            must_be_zero=True,
        ),
        Section(
            "acts-against-a-hold",
            gettext_lazy("Acts that must stop"),
            30,
            lambda: CoerciveAct.objects.exclude(stopped_at=None).filter(ended_at=None).count(),
            _against_a_hold,
            gettext_lazy("No act of force goes on against a hold."),
            note=gettext_lazy("let pass before the hold was placed"),
            must_be_zero=True,
        ),
        Section(
            "attempts",
            gettext_lazy("Attempts that a hold stopped"),
            40,
            lambda: Attempt.objects.filter(_recent_attempts()).count(),
            _attempts,
            gettext_lazy("In the last 30 days no act was tried that a hold forbids."),
            note=gettext_lazy("in the last 30 days"),
        ),
        Section(
            "holds",
            gettext_lazy("Standing holds"),
            50,
            lambda: Hold.objects.filter(lifted_at=None).count(),
            _holds,
            gettext_lazy("No hold stands."),
            note=gettext_lazy("oldest first"),
        ),
        Section(
            "break-glass",
            gettext_lazy("Break-glass sessions"),
            60,
            lambda: BreakGlass.objects.filter(reviewed_at=None).count(),
            _break_glass,
            gettext_lazy("Every break-glass session has been reviewed."),
            note=gettext_lazy("open or not yet reviewed"),
        ),
    )
