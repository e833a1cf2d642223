"""What those who oversee see of custody: a supervisor of the own body, the ombudsman of all. No name and no ground."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from panah.foundation.access.models import Officer
from panah.foundation.access.service import may
from panah.foundation.clock import now
from panah.node.custody import rules, service, words
from panah.node.custody.models import Custody
from panah.node.safeguards.service import Row, Section

_LONGEST_LIST = 200
Made = Callable[[Officer], Section | None]


def _rows(held: Iterable[Custody]) -> list[Row]:
    return [
        Row(
            _("%(number)s, %(hours)s h") % {"number": row.number, "hours": rules.hours(row.apprehended_at, now())},
            row.apprehended_at,
            row.file,
            who=words.holder(row.body, row.post),
            url=reverse("custody_one", args=[row.pk]),
        )
        for row in held
    ]


def in_custody(officer: Officer) -> Section | None:
    held = service.visible(officer).filter(ended_at=None).order_by("apprehended_at", "pk")
    return _section(officer, "custody", _("In custody now"), 21, held, _("Nobody is in custody."))


def over_time(officer: Officer) -> Section | None:
    held = service.over_time(service.visible(officer), now()).order_by("limit_due", "pk")
    empty = _("Nobody is held beyond the time of the law.")
    return _section(officer, "custody-over-time", _("Custody beyond the time of the law"), 22, held, empty, zero=True)


def children(officer: Officer) -> Section | None:
    held = service.children(service.visible(officer)).order_by("apprehended_at", "pk")
    return _section(
        officer, "custody-children", _("Children in custody"), 23, held, _("No child is in custody."), zero=True
    )


def unconfirmed(officer: Officer) -> Section | None:
    late = service.unconfirmed(service.visible(officer), now())
    held = Custody.objects.filter(pk__in=late.values("custody")).order_by("apprehended_at", "pk")
    empty = _("Every hand-over was confirmed in time.")
    return _section(officer, "custody-transfers", _("Persons between two bodies"), 24, held, empty, zero=True)


def fitness(officer: Officer) -> Section | None:
    """Not known is a figure of its own: it stands for neither fit nor unfit."""
    held = service.fitness_unknown(service.visible(officer)).order_by("apprehended_at", "pk")
    title, empty = _("Handed over, fitness to travel not known"), _("Of everybody handed over it is known.")
    return _section(officer, "custody-fitness", title, 25, held, empty)


def _section(
    officer: Officer, code: str, title: str, order: int, held: QuerySet[Custody], empty: str, *, zero: bool = False
) -> Section | None:
    if not may(officer, "custody.oversee"):
        return None
    note = _("must read 0") if zero else ""
    return Section(code, title, order, held.count, lambda: _rows(held[:_LONGEST_LIST]), empty, note, zero)


SECTIONS: dict[str, Made] = {
    "custody": in_custody,
    "custody-over-time": over_time,
    "custody-children": children,
    "custody-transfers": unconfirmed,
    "custody-fitness": fitness,
}
