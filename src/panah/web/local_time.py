"""Times on a node's pages are those of the state whose rules it works by."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from panah.cores.lawbook import load_pack

View = Callable[..., HttpResponse]


def in_local_time(view: View) -> View:
    """Inside the view the current time zone is the pack's."""

    @wraps(view)
    def local(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with timezone.override(ZoneInfo(load_pack(settings.PANAH_PACK).timezone)):
            return view(request, *args, **kwargs)

    return local
