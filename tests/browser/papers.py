"""What is on a paper: its words as pdftotext reads them, and its fonts as pdffonts lists them."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass

from playwright.sync_api import Page


@dataclass(frozen=True)
class Paper:
    text: str
    fonts: tuple[tuple[str, bool], ...]
    """Name of each font, and whether it is embedded."""


def fetched(page: Page, address: str) -> bytes:
    """The file behind a link of the page, with the session of the window. A relative address counts from the page."""
    response = page.context.request.get(page.evaluate("(to) => new URL(to, location).href", address))
    assert response.ok, f"{response.url} was answered with {response.status}"
    assert response.headers["content-type"] == "application/pdf"
    return response.body()


def read(pdf: bytes) -> Paper:
    return Paper(_said(pdf, "pdftotext", "-layout", "-", "-"), tuple(_fonts(_said(pdf, "pdffonts", "-"))))


def in_order(pdf: bytes) -> str:
    """The words in the order in which the paper says them, so that a cell of a table is one piece."""
    return _said(pdf, "pdftotext", "-", "-")


def _said(pdf: bytes, *command: str) -> str:
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()


def _fonts(listing: str) -> list[tuple[str, bool]]:
    head, _rule, *lines = listing.splitlines()
    column = head.index("emb")
    return [(line.split()[0], line[column : column + 3] == "yes") for line in lines]


def pictured(pdf: bytes) -> bytes:
    """The first page as PNG, as pdftoppm draws it."""
    command = ["pdftoppm", "-png", "-r", "72", "-singlefile", "-"]
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout
