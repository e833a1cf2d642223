"""Statements and marked-up drafts as DOCX. Changes are real tracked changes (w:ins, w:del): a word processor accepts or rejects them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph as Block

from panah.hub.meetings.rules import Author, Piece
from panah.hub.meetings.statement import Marked, MarkedProposal, Statement

_LOCALES = {"en": "en-GB", "ru": "ru-RU"}


def statement_file(made: Statement) -> bytes:
    """The statement as DOCX."""
    document = _new(made.language, made.title, made.meeting)
    _heading(document, made.title, made.meeting, made.where_when)
    for line in (made.chair, made.mark):
        if line:
            document.add_paragraph(line).alignment = WD_ALIGN_PARAGRAPH.CENTER
    with translation.override(made.language):
        if made.groups:
            document.add_paragraph(_("Took part"), style="Heading 2")
        for group in made.groups:
            block = document.add_paragraph()
            block.add_run(f"{group.title}: ").bold = True
            block.add_run("; ".join(group.names) + ".")
    for one in made.paragraphs:
        block = _numbered(document, one.number)
        if one.text:
            block.add_run(one.text)
        else:
            block.add_run(f"[{made.missing}]").italic = True
        note = block.add_run(f"  {one.ref}")
        note.font.size = Pt(8)
    if made.waiting:
        document.add_paragraph(made.waiting)
    for section in made.sections:
        document.add_paragraph(section.title, style="Heading 2")
        if section.note:
            document.add_paragraph(section.note)
        _table(document, section.columns, section.rows)
    document.add_paragraph(made.foot).runs[0].font.size = Pt(8)
    return _bytes(document)


def marked_file(made: Marked) -> bytes:
    """The draft as DOCX: accepting all changes gives the text that stands, rejecting them the first wordings."""
    document = _new(made.language, made.title, made.meeting)
    _heading(document, made.title, made.meeting, "")
    document.add_paragraph(made.mark)
    changes = _Changes(made.names)
    with translation.override(made.language):
        for proposal in made.insertions:
            _proposal(document, changes, proposal)
        for one in made.paragraphs:
            block = _numbered(document, one.number)
            changes.write(block, one.pieces, one.inserted)
            if not one.pieces:
                block.add_run("[" + _("no text in this language") + "]").italic = True
            for proposal in one.proposals:
                _proposal(document, changes, proposal)
    return _bytes(document)


def _proposal(document: Any, changes: _Changes, one: MarkedProposal) -> None:
    head = document.add_paragraph()
    head.paragraph_format.left_indent = Cm(1.5)
    head.add_run(f"{one.who} · {one.wish}: ").bold = True
    head.add_run(one.reason)
    block = document.add_paragraph()
    block.paragraph_format.left_indent = Cm(1.5)
    if one.empty:
        block.add_run("[" + _("no text in this language") + "]").italic = True
    else:
        changes.write(block, one.pieces, None)


class _Changes:
    """Writes pieces into a paragraph as runs, w:ins and w:del, each with an id of its own, its author and its time."""

    def __init__(self, names: dict[str, str]) -> None:
        self._names = names
        self._last = 0

    def write(self, block: Block, pieces: Iterable[Piece], inserted: Author | None) -> None:
        if inserted is not None:
            # The end of the paragraph was put in too: rejecting the changes takes the whole of it away.
            marks = block._p.get_or_add_pPr()
            properties = OxmlElement("w:rPr")
            properties.append(self._change("w:ins", inserted))
            marks.append(properties)
        for piece in pieces:
            run = _run(piece.text, gone=piece.taken_out is not None)
            for tag, author in (("w:del", piece.taken_out), ("w:ins", piece.put_in)):
                if author is not None:
                    around = self._change(tag, author)
                    around.append(run)
                    run = around
            block._p.append(run)

    def _change(self, tag: str, author: Author) -> Any:
        self._last += 1
        element = OxmlElement(tag)
        element.set(qn("w:id"), str(self._last))
        element.set(qn("w:author"), self._names.get(author.who, author.who))
        element.set(qn("w:date"), f"{author.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}")
        return element


def _run(text: str, *, gone: bool) -> Any:
    run = OxmlElement("w:r")
    for at, line in enumerate(text.split("\n")):
        if at:
            run.append(OxmlElement("w:br"))
        words = OxmlElement("w:delText" if gone else "w:t")
        words.set(qn("xml:space"), "preserve")
        words.text = line
        run.append(words)
    return run


def _new(language: str, title: str, meeting: str) -> Any:
    document = Document()
    for style in ("Normal", "Title", "Heading 2"):
        font = document.styles[style].font
        font.name = "Noto Sans"
        document.styles[style].element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:cs"), "Noto Sans")
    document.styles["Normal"].font.size = Pt(11)
    tongue = OxmlElement("w:lang")
    tongue.set(qn("w:val"), _LOCALES[language])
    document.styles["Normal"].element.get_or_add_rPr().append(tongue)
    said = document.core_properties
    # The template's author and dates are not ours; a statement has no author but the chair.
    said.author, said.last_modified_by, said.comments, said.keywords = "", "", "", ""
    said.title, said.subject, said.language = title, meeting, _LOCALES[language]
    said.created = said.modified = datetime(2000, 1, 1, tzinfo=UTC)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    return document


def _heading(document: Any, title: str, meeting: str, where_when: str) -> None:
    for text, style in ((title, "Title"), (meeting, "Heading 2"), (where_when, None)):
        if text:
            document.add_paragraph(text, style=style).alignment = WD_ALIGN_PARAGRAPH.CENTER


def _numbered(document: Any, number: int) -> Block:
    block: Block = document.add_paragraph()
    block.paragraph_format.left_indent = Cm(1)
    block.paragraph_format.first_line_indent = Cm(-1)
    block.paragraph_format.tab_stops.add_tab_stop(Cm(1))
    block.add_run(f"{number}.\t")
    return block


def _table(document: Any, columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> None:
    table = document.add_table(rows=1, cols=len(columns))
    table.style = "Table Grid"
    for cell, text in zip(table.rows[0].cells, columns, strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


def _bytes(document: Any) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()
