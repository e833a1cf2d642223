"""A book as PDF: the HTML page with fonts of ours in it; nothing is fetched from anywhere."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any, Final

from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from panah.cli.lawbook.page import as_html
from panah.cores.lawbook.book import Book

FONTS: Final = Path(__file__).parents[2] / "web/paper/fonts"
_FAMILIES: Final = {"panah-sans": "noto-sans", "panah-arabic": "vazirmatn"}
_WEIGHTS: Final = ("400", "700")


def as_pdf(book: Book) -> bytes:
    """The book on A4 with page numbers, contents and running heads, tagged for screen readers (PDF/UA-1)."""
    files = {
        f"font:{folder}/{weight}": FONTS / folder / f"{weight}.woff2"
        for folder in _FAMILIES.values()
        for weight in _WEIGHTS
    }
    faces = "\n".join(
        f"@font-face {{ font-family: '{family}'; font-weight: {weight}; src: url('font:{folder}/{weight}'); }}"
        for family, folder in _FAMILIES.items()
        for weight in _WEIGHTS
    )
    target = BytesIO()
    HTML(string=as_html(book, faces), url_fetcher=_OwnFonts(files)).write_pdf(
        target, font_config=FontConfiguration(), pdf_variant="pdf/ua-1"
    )
    return target.getvalue()


class _OwnFonts(URLFetcher):
    """Fetches fonts of ours, and nothing else."""

    def __init__(self, fonts: dict[str, Path]) -> None:
        super().__init__(fail_on_errors=True)
        self._fonts = fonts

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        if url not in self._fonts:
            raise ValueError("The book may fetch its own fonts only; a text of the pack must not bring an address.")
        return URLFetcherResponse(url, self._fonts[url].read_bytes(), {"Content-Type": "font/woff2"})
