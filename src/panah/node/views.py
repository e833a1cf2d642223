"""The first page of a node: what is the officer's to do today, most urgent first."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panah.foundation.access.service import may
from panah.foundation.clock import now
from panah.web import tasks
from panah.web.local_time import in_local_time
from panah.web.parts import Link

# The first that the officer may open is where most of the day goes by; it stands on the page as its button.
_BEGINNINGS = (
    ("registration.see_arrivals", "arrivals", gettext_lazy("Arrivals")),
    ("referrals.see_queue", "queue", gettext_lazy("Referrals to us")),
    ("safeguards.see_board", "board", gettext_lazy("Board")),
    ("statistics.see", "statistics", gettext_lazy("Statistics")),
    ("access.administer", "officers", gettext_lazy("Officers")),
    ("audit.see_reads", "reads", gettext_lazy("Reads")),
)


@login_required
@in_local_time
def home(request: HttpRequest) -> HttpResponse:
    """The officer's day."""
    moment = now()
    found = tasks.piles(request.user, moment)
    context = {
        "piles": [pile for pile in found if pile.lines],
        "table": tasks.table(tasks.in_order(found, moment)),
        "begin": _beginning(request),
    }
    return render(request, "panah/day.html", context)


def _beginning(request: HttpRequest) -> Link:
    for permission, name, title in _BEGINNINGS:
        if may(request.user, permission):
            return Link(title, reverse(name))
    return Link(_("Notices"), reverse("notices"))
