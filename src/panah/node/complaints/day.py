"""What of this room is to be done by those who keep the accounts: open one where a complaint has no reader."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panah.foundation.access.models import Officer
from panah.node.complaints.models import Complaint
from panah.web.tasks import Line, Task


def without_reader(officer: Officer, now: datetime, limit: int) -> Sequence[Line]:
    """One line, however many there are: neither how many, nor which, nor about what."""
    if not Complaint.objects.filter(unread=True).exists():
        return ()
    return (
        Line(_("A complaint has no reader: give an officer of an oversight office an account."), reverse("officers")),
    )


TASKS = (
    Task("complaints-without-reader", gettext_lazy("Complaints without a reader"), "access.administer", without_reader, "officers"),
)  # fmt: skip
