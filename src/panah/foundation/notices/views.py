from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from panah.foundation.access.service import officer_of
from panah.foundation.notices import service


@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """What waits for the officer, newest first."""
    page = Paginator(service.waiting_for(officer_of(request)), 50).get_page(request.GET.get("page"))
    lines = [(notice, service.sentence(notice)) for notice in page]
    return render(request, "notices/mine.html", {"page": page, "lines": lines})
