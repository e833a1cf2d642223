"""Statements and marked-up drafts as PDF."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils import translation

from panah.hub.meetings.statement import Marked, Statement
from panah.web.paper import fonts


def statement_paper(made: Statement) -> bytes:
    """The statement as PDF/UA, A4."""
    return _printed("meetings/statement_paper.html", made.language, {"made": made})


def marked_paper(made: Marked) -> bytes:
    """The marked-up draft as PDF/UA, A4: what was put in is underlined, what was taken out struck through, each with who did it."""
    return _printed("meetings/marked_paper.html", made.language, {"made": made, "names": made.names})


def _printed(template: str, language: str, context: dict[str, object]) -> bytes:
    from panah.web.paper.printing import printed  # WeasyPrint takes a second to load, and few requests print

    with translation.override(language):
        page = render_to_string(template, context | fonts.context("ltr"))
    return printed(page, fonts.BY_ADDRESS)
