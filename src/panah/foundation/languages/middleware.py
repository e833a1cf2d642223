"""Each page in the language that its reader chose: this browser's choice, else the officer's own, else the installation's."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from panah.foundation.languages import interface_languages

COOKIE = "panah_language"


def reader_language(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    spoken = {language.tag for language in interface_languages()}

    def middleware(request: HttpRequest) -> HttpResponse:
        wishes = (request.COOKIES.get(COOKIE, ""), getattr(request.user, "language", ""), settings.LANGUAGE_CODE)
        tag = next(wish for wish in wishes if wish in spoken)
        with translation.override(tag):
            request.LANGUAGE_CODE = tag
            response = get_response(request)
        response.headers.setdefault("Content-Language", tag)
        return response

    return middleware
