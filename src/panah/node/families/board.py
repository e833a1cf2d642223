"""What those who oversee see of tracing: requests that stay silent, and children for whom nobody is sought in time."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panah.foundation.clock import now
from panah.node.families import service
from panah.node.registration.service import body_title
from panah.node.safeguards.service import Row, Section

_LONGEST_LIST = 200


def silent_section() -> Section:
    """Requests whose day for the next step went by."""
    return Section(
        "silent-tracing",
        gettext_lazy("Tracing requests that stay silent"),
        17,
        lambda: service.silent(now()).count(),
        _silent,
        gettext_lazy("Every tracing request has its next step before it."),
        note=gettext_lazy("the day of the next step went by"),
    )


def children_section() -> Section:
    """Children alone or separated whose tracing was not begun in the term of the pack."""
    return Section(
        "children-without-tracing",
        gettext_lazy("Separated children whose family is not sought"),
        18,
        lambda: len(service.without_tracing(now())),
        _children,
        gettext_lazy("For every separated child tracing was begun, or its time is not over."),
        note=gettext_lazy("the pack's target for opening tracing is over"),
    )


def _silent() -> list[Row]:
    return [
        Row(
            row.number,
            row.opened_at,
            row.file,
            who=body_title(row.body),
            detail=_("next step was due on %(day)s") % {"day": row.next_on.isoformat()},
            url=reverse("family_request", args=[row.pk]),
        )
        for row in service.silent(now())[:_LONGEST_LIST]
    ]


def _children() -> list[Row]:
    found = sorted(service.without_tracing(now()).items(), key=lambda each: each[1])
    return [Row(_("Family tracing was not begun"), at, file) for file, at in found[:_LONGEST_LIST]]
