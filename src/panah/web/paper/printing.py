"""From a page to a PDF, with fonts of ours in it and nothing fetched from anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse


def printed(page: str, fonts: Mapping[str, Path]) -> bytes:
    """The page as PDF/UA. `fonts` are the only addresses that the page may name, each with the file that stands behind it."""
    target = BytesIO()
    HTML(string=page, url_fetcher=_OwnFonts(fonts)).write_pdf(
        target, font_config=FontConfiguration(), pdf_variant="pdf/ua-1"
    )
    return target.getvalue()


class _OwnFonts(URLFetcher):
    """Fetches fonts of ours, and nothing else."""

    def __init__(self, fonts: Mapping[str, Path]) -> None:
        super().__init__(fail_on_errors=True)
        self._fonts = fonts

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        if url not in self._fonts:
            raise ValueError(f"A paper may not fetch {urlsplit(url).scheme}: addresses; it needs its own fonts only.")
        return URLFetcherResponse(url, self._fonts[url].read_bytes(), {"Content-Type": "font/woff2"})
