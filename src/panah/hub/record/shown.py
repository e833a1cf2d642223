"""What pages show of the record: tables, links and sentences in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from panah.hub.evidence import service as evidence
from panah.hub.record import models, service
from panah.hub.record.service import own_words
from panah.web.parts import Column, Link, Table

LEADS_TO = ("room", "action", "page", "core", "command", "file", "test")


@dataclass(frozen=True)
class Lead:
    """To what a reference leads: its kind and title in the reader's words, where that is, and an address where this hub has one."""

    kind: str
    title: str
    where: str
    url: str


def kind_of_reference(kind: str) -> str:
    return {
        "room": _("Room"),
        "action": _("Act"),
        "page": _("Page"),
        "core": _("Computation"),
        "command": _("Command"),
        "file": _("File of the project"),
        "test": _("Test that proves it"),
    }.get(kind, kind)


def lead(reference: str, terms: Mapping[tuple[str, str], models.Term]) -> Lead:
    """A reference as a page shows it."""
    kind, _colon, said = reference.partition(":")
    term = terms.get(("reference", reference))
    title = (term.title_en if term else "") or said
    if kind == "page" and not said.startswith("node:"):
        return Lead(kind_of_reference(kind), term.where if term else said, "", page_url(said))
    if kind == "page":
        return Lead(_("Page of a node"), term.where if term else said, "", "")
    if kind == "room":
        return Lead(kind_of_reference(kind), said, term.where if term else "", room_url(said))
    if kind == "action":
        return Lead(
            kind_of_reference(kind), f"{said}: {title}" if title != said else said, term.where if term else "", ""
        )
    return Lead(kind_of_reference(kind), title, term.where if term and term.where != title else "", "")


def page_url(name: str) -> str:
    """The address of a page of the hub that takes no arguments; of one that does, the page before it."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def room_url(room: str) -> str:
    return f"{reverse('record_requirements')}?room={room}"


def terms() -> dict[tuple[str, str], models.Term]:
    return {(row.kind, row.code): row for row in models.Term.objects.all()}


def named(kind: str, codes: Iterable[str], known: Mapping[tuple[str, str], models.Term]) -> str:
    """Codes by their names, parted by commas."""
    return ", ".join(own_words(known[kind, code], "title") if (kind, code) in known else code for code in codes)


def linked(links: Sequence[Link]) -> SafeString:
    """Several links in one cell."""
    return format_html_join(", ", '<a href="{}">{}</a>', ((link.url, link.text) for link in links))


def paragraph_links(codes: Iterable[str]) -> SafeString:
    return linked([Link(code, reverse("record_paragraph", args=[code])) for code in codes])


def indicator_links(codes: Sequence[str], *, titled: bool = False) -> SafeString:
    """Indicators by their numbers, with their titles where there is room."""
    titles = evidence.indicator_titles() if titled else {}
    return linked(
        [
            Link(f"{code} {titles[code]}" if code in titles else code, reverse("framework_indicator", args=[code]))
            for code in codes
        ]
    )


def requirement_links(codes: Iterable[str]) -> SafeString:
    return linked([Link(code, reverse("record_requirement", args=[code])) for code in codes])


def point_links(framework: str, codes: Iterable[str]) -> SafeString:
    return linked([Link(code, reverse("record_point", args=[framework, code])) for code in codes])


def room_links(rooms: Iterable[str]) -> SafeString:
    return linked([Link(room, room_url(room)) for room in rooms])


def paragraphs_table(rows: Sequence[models.Paragraph], caption: str) -> Table:
    """Paragraphs with everything that they are tied to."""
    asked = asked_by()
    return Table(
        caption=caption,
        columns=[
            Column(_("Paragraph"), heading=True),
            Column(_("In our own words")),
            Column(_("Asks for")),
            Column(_("Ten points")),
            Column(_("Eight points")),
            Column(_("Indicators")),
            Column(_("Carried out by")),
        ],
        rows=[
            (
                Link(row.code, reverse("record_paragraph", args=[row.code])),
                own_words(row, "text"),
                requirement_links(asked.get(row.code, ())),
                point_links("ten_points", row.ten_points),
                point_links("agenda", row.agenda),
                indicator_links(row.indicators),
                room_links(row.rooms) or _("Nothing yet"),
            )
            for row in rows
        ],
        empty=_("No paragraph is tied to this."),
    )


def asked_by() -> dict[str, list[str]]:
    """For each paragraph the codes of what it asks for."""
    found: dict[str, list[str]] = {}
    for code, paragraphs in models.Requirement.objects.values_list("code", "paragraphs"):
        for paragraph in paragraphs:
            found.setdefault(paragraph, []).append(code)
    return found


def requirements_table(rows: Sequence[models.Requirement]) -> Table:
    """Requirements, one a row, as a page shows them."""
    known = terms()
    return Table(
        caption=_("What the documents ask for"),
        columns=[
            Column(_("Number"), heading=True),
            Column(_("Paragraphs")),
            Column(_("What is asked for")),
            Column(_("Subject")),
            Column(_("How far")),
        ],
        rows=[
            (
                Link(row.code, reverse("record_requirement", args=[row.code])),
                paragraph_links(row.paragraphs),
                own_words(row, "asks"),
                named("module", row.modules, known),
                how_far(row),
            )
            for row in rows
        ],
        empty=_("Nothing that is asked for fits these choices."),
    )


def how_far(row: models.Requirement) -> str:
    """The status, with what lacks."""
    status, lacks = str(models.Requirement.Status(row.status).label), own_words(row, "lacks")
    return f"{status}. {lacks}" if lacks else status


def requirements_file(rows: Sequence[models.Requirement]) -> Table:
    """The same with everything that is kept, as plain text for a file."""
    known = terms()
    return Table(
        caption="",
        columns=[
            Column(_("Number")),
            Column(_("Paragraphs")),
            Column(_("What is asked for")),
            Column(_("Of whom")),
            Column(_("Subject")),
            Column(_("How far")),
            Column(_("What lacks")),
            Column(_("What meets it")),
        ],
        rows=[
            (
                row.code,
                " ".join(row.paragraphs),
                own_words(row, "asks"),
                named("actor", row.actors, known),
                named("module", row.modules, known),
                str(models.Requirement.Status(row.status).label),
                own_words(row, "lacks"),
                " ".join(row.met_by),
            )
            for row in rows
        ],
        empty="",
    )


def promises_table(found: Sequence[service.Promise]) -> Table:
    return Table(
        caption=_("Commitments that rest on it"),
        columns=[
            Column(_("Commitment"), heading=True),
            Column(_("Action")),
            Column(_("Paragraph")),
            Column(_("Status")),
        ],
        rows=[(Link(one.code, one.url), one.text, paragraph_links([one.paragraph]), one.status) for one in found],
        empty=_("No commitment rests on it."),
    )


def leads_table(row: models.Requirement) -> Table:
    known = terms()
    leads = [lead(one, known) for kind in LEADS_TO for one in row.met_by if one.startswith(f"{kind}:")]
    return Table(
        caption=_("What in the system meets it"),
        columns=[Column(_("Kind")), Column(_("What"), heading=True), Column(_("Where"))],
        rows=[(one.kind, Link(one.title, one.url) if one.url else one.title, _code(one.where)) for one in leads],
        empty=_("Nothing meets it yet."),
    )


def _code(text: str) -> Any:
    return format_html('<bdi dir="ltr">{}</bdi>', text) if text else None


def about_paper(row: models.Paper) -> list[tuple[str, object]]:
    note = own_words(row, "note")
    return [
        (_("Said by"), own_words(row, "body")),
        (_("Where"), own_words(row, "place") or _("not said")),
        (_("Date, as far as it is known"), row.said_on),
        (_("Source"), row.source),
        (_("Read on"), row.source_date),
        (_("Digest of the text that was read"), _code(row.source_digest)),
        (_("Read in the document itself"), _("yes") if row.verified else _("no")),
        *([(_("What to know"), note)] if note else []),
    ]


def event(row: models.Event) -> Any:
    """What happened, with a link to the document that came of it."""
    text = own_words(row, "text")
    if row.paper_id is None:
        return text
    return format_html('{} <a href="{}">{}</a>', text, reverse("record_paper", args=[row.paper_id]), _("The document"))
