from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from panah.foundation.access.service import officer_of
from panah.foundation.notices import service


@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """What waits for the officer, newest first."""
    officer = officer_of(request)
    page = Paginator(service.waiting_for(officer), 50).get_page(request.GET.get("page"))
    lines = [(notice, service.sentence(notice), service.link_for(officer, notice)) for notice in page]
    return render(request, "notices/mine.html", {"page": page, "lines": lines})
