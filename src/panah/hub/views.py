"""What is an account's to do on the hub today. The first page is the region in figures, which everybody reads."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from panah.foundation.clock import now
from panah.web import tasks
from panah.web.parts import Link


@login_required
@never_cache
def my_day(request: HttpRequest) -> HttpResponse:
    """What waits for the reader, most urgent first, whichever room it is of."""
    moment = now()
    found = tasks.piles(request.user, moment)
    context = {
        "piles": [pile for pile in found if pile.lines],
        "table": tasks.table(tasks.in_order(found, moment)),
        "begin": Link(_("Notices"), reverse("notices")),
    }
    return render(request, "panah/day.html", context)
