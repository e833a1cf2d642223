"""The chair's report: who promised what, and how far it is, as a table for the statement of a meeting and as a paper of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from panah.foundation.clock import now
from panah.hub.commitments import figures, rules, shown
from panah.hub.commitments.models import Commitment, Measure
from panah.hub.commitments.service import own_action, status_of
from panah.hub.meetings.service import Section
from panah.web.paper import fonts

LANGUAGES = ("en", "ru")


@dataclass(frozen=True)
class Line:
    """One row of the report, in plain text."""

    code: str
    owner: str
    action: str
    due: str
    status: str
    progress: str
    basis: str


def lines(rows: Sequence[Commitment], today: date) -> list[Line]:
    """The commitments in the active language. A number that is not known reads so, and never 0."""
    names = shown.names()
    measures = {one.commitment_id: one for one in Measure.objects.filter(superseded_at=None)}
    signed = shown.last_signed()
    made = []
    for row in rows:
        measure = measures.get(row.pk)
        progress, basis = _progress(measure, signed.get(measure.pk) if measure else None)
        late = rules.lateness(row.due, row.status, row.standing, today)
        made.append(
            Line(
                code=row.code,
                owner=shown.owner(row, names),
                action=own_action(row),
                due=row.due.isoformat() if row.due else _("not known"),
                status=_("%(status)s (overdue)") % {"status": status_of(row)} if late == "overdue" else status_of(row),
                progress=progress,
                basis=basis,
            )
        )
    return made


def _progress(measure: Measure | None, signed: Any) -> tuple[str, str]:
    if measure is None:
        return "–", _("no published figure is named")
    figure = figures.figure_of(measure)
    percent = figures.progress_of(measure, figure)
    value = _("not known") if figure is None or figure.value is None else f"{figure.value.normalize():f}"
    told = f"{percent} %" if percent is not None else _("not known")
    parts = [f"{shown.measure_title(measure)}: {value}"]
    if figure is not None:
        parts += [
            figure.period,
            _("of %(whole)s") % {"whole": figure.denominator} if figure.denominator else "",
            figure.source,
        ]
    if signed is None:
        parts.append(_("not signed"))
    elif rules.moved(signed.said, figure.plain() if figure else None):
        parts.append(_("moved since signed"))
    else:
        parts.append(_("signed by the national coordinator"))
    return told, "; ".join(part for part in parts if part)


def standing() -> list[Commitment]:
    """What the report is about: everything that was made and stands; those that documents make and nobody took up come last."""
    rows = Commitment.objects.filter(standing=Commitment.Standing.MADE)
    return sorted(rows, key=lambda row: (row.seed and not row.status, row.participant, row.code))


def sections(meeting: str, language: str) -> Sequence[Section]:
    """For the statement of the chair: what somebody leads or has reported on. Nothing where there is none."""
    with translation.override(language):
        rows = [row for row in standing() if not row.seed or row.status]
        if not rows:
            return ()
        found = lines(rows, now().date())
        return (
            Section(
                title=_("Progress of commitments"),
                columns=heads(),
                rows=tuple(
                    (one.code, one.owner, one.action, one.due, one.status, one.progress, one.basis) for one in found
                ),
                note=note(),
            ),
        )


def heads() -> tuple[str, ...]:
    return (_("Commitment"), _("Owner"), _("Action"), _("Due"), _("Status"), _("Progress"), _("By which figure"))


def note() -> str:
    return _(
        "Progress is computed from published figures only. What is withheld or not published is not known, and is never counted as 0. The status is "
        "what the owner's national coordinator signed."
    )


def pdf(language: str) -> bytes:
    """The report as PDF/UA, A4 lying."""
    from panah.web.paper.printing import printed  # WeasyPrint takes a second to load, and few requests print

    with translation.override(language):
        today = now().date()
        context = {"lines": lines(standing(), today), "heads": heads(), "note": note(), "today": today, "tag": language}
        page = render_to_string("commitments/report_paper.html", context | fonts.context("ltr"))
    return printed(page, fonts.BY_ADDRESS)


def docx(language: str) -> bytes:
    """The report as DOCX."""
    from docx import Document
    from docx.enum.section import WD_ORIENT

    with translation.override(language):
        today = now().date()
        paper = Document()
        page = paper.sections[0]
        page.orientation = WD_ORIENT.LANDSCAPE
        page.page_width, page.page_height = page.page_height, page.page_width
        paper.core_properties.language = {"ru": "ru-RU"}.get(language, "en-GB")
        paper.core_properties.title = _("Progress of commitments")
        paper.add_heading(_("Progress of commitments"), level=1)
        paper.add_paragraph(_("As of %(day)s") % {"day": today.isoformat()})
        paper.add_paragraph(note())
        table = paper.add_table(rows=1, cols=7, style="Table Grid")
        _fill(table.rows[0].cells, heads(), bold=True)
        for one in lines(standing(), today):
            _fill(
                table.add_row().cells, (one.code, one.owner, one.action, one.due, one.status, one.progress, one.basis)
            )
    stream = BytesIO()
    paper.save(stream)
    return stream.getvalue()


def _fill(cells: Sequence[Any], texts: Sequence[str], *, bold: bool = False) -> None:
    from docx.shared import Pt

    for cell, text in zip(cells, texts, strict=True):
        run = cell.paragraphs[0].add_run(text)
        run.bold = bold
        run.font.size = Pt(8)


def table(language: str) -> Any:
    """The report as a table for a spreadsheet."""
    from panah.web.parts import Column, Table

    with translation.override(language):
        found = lines(standing(), now().date())
        return Table(
            caption=_("Progress of commitments"),
            columns=[Column(head) for head in heads()],
            rows=[(one.code, one.owner, one.action, one.due, one.status, one.progress, one.basis) for one in found],
            empty="",
        )
