"""Pages that belong to no room."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """The keyboard help, for those whose browser runs no scripts."""
    return render(request, "panah/keys.html")


@require_safe
def borders(request: HttpRequest) -> HttpResponseBase:
    """The installation's own file of borders (TopoJSON with an object `countries`, ids ISO 3166-1 alpha-3)."""
    if not settings.PANAH_BORDERS:
        raise Http404
    return FileResponse(Path(settings.PANAH_BORDERS).open("rb"), content_type="application/json")
