"""The first page of a node: each role is taken to where its work waits."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from panah.foundation.access.service import may

# The first that the officer may open is where the day begins.
_BEGINNINGS = (
    ("registration.see_arrivals", "arrivals"),
    ("referrals.see_queue", "queue"),
    ("safeguards.see_board", "board"),
    ("statistics.see", "statistics"),
    ("access.administer", "officers"),
    ("audit.see_reads", "reads"),
)


@login_required
def home(request: HttpRequest) -> HttpResponse:
    for permission, name in _BEGINNINGS:
        if may(request.user, permission):
            return redirect(name)
    return redirect("notices")
