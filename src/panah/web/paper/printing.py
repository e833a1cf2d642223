"""From a page to a PDF, with fonts of ours in it and nothing fetched from anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from threading import local
from typing import Any
from urllib.parse import urlsplit

from fontTools.ttLib import woff2
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse


def printed(page: str, fonts: Mapping[str, Path]) -> bytes:
    """The page as PDF/UA. `fonts` are the only addresses that the page may name, each with the file that stands behind it."""
    target = BytesIO()
    HTML(string=page, url_fetcher=_OwnFonts(fonts)).write_pdf(
        target, font_config=_configuration(), pdf_variant="pdf/ua-1"
    )
    return target.getvalue()


_OF_THREAD = local()


def _configuration() -> FontConfiguration:
    """The fonts as they were laid out for the typesetter, once for each thread: it does not say that threads may share them."""
    if not hasattr(_OF_THREAD, "configuration"):
        _OF_THREAD.configuration = FontConfiguration()
    configuration: FontConfiguration = _OF_THREAD.configuration
    return configuration


class _OwnFonts(URLFetcher):
    """Fetches fonts of ours, and nothing else."""

    def __init__(self, fonts: Mapping[str, Path]) -> None:
        super().__init__(fail_on_errors=True)
        self._fonts = fonts

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        if url not in self._fonts:
            raise ValueError(f"A paper may not fetch {urlsplit(url).scheme}: addresses; it needs its own fonts only.")
        return URLFetcherResponse(url, unpacked(self._fonts[url]), {"Content-Type": "font/ttf"})


@cache
def unpacked(font: Path) -> bytes:
    """A font of ours as the typesetter reads it, unpacked once a process: unpacking four of them takes ten times as long as a page."""
    target = BytesIO()
    woff2.decompress(BytesIO(font.read_bytes()), target)
    return target.getvalue()
