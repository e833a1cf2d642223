"""What those who oversee see of referrals: the ones without an answer in time."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panah.foundation.clock import now
from panah.node.referrals import service, texts
from panah.node.referrals.words import basis_title
from panah.node.registration.service import body_title
from panah.node.safeguards import service as safeguards
from panah.node.safeguards.service import Row, Section

_LONGEST_LIST = 200


def late_section() -> Section:
    """The section of the board: referrals whose time is over, and whose turn it is."""
    return Section(
        "overdue-referrals",
        gettext_lazy("Overdue referrals"),
        10,
        lambda: service.overdue(now()).count(),
        _rows,
        gettext_lazy("Every referral has its answer in time."),
        note=gettext_lazy("no answer in time"),
    )


def _rows() -> list[Row]:
    steps = {0: "", 1: _("the supervisor knows"), 2: _("the coordinator knows"), 3: _("the ombudsman knows")}
    return [
        Row(
            f"{row.number}: {texts.recipient(row.to)}",
            row.due_at,
            row.file,
            who=body_title(row.body),
            detail=" · ".join(filter(None, (basis_title(row.due_basis), steps[row.escalated]))),
            lane=safeguards.classes().of_referral(row.to),
            body=row.body,
        )
        for row in service.overdue(now())[:_LONGEST_LIST]
    ]
