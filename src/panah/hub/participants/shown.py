"""The tables of this room's pages, from what the service says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from panah.hub.participants import models, service
from panah.hub.participants.days import Said
from panah.hub.participants.rules import HeldRole, Source
from panah.web.parts import Column, Link, Table

_HOW = models.Sourced.Basis


def day(value: Said | None) -> str:
    """A day as said; what no source says reads so."""
    return value.text if value else _("not said")


def whole(text: str) -> str:
    """A day for a page: its hyphens do not break the line."""
    return text.replace("-", "\u2011")


def source(value: Source) -> Any:
    """Source, its date and how it is known, in one cell."""
    marks = [str(_HOW(value.basis).label), _("verified") if value.verified else _("not verified")]
    when = value.date.text if value.date else _("no date printed")
    link = cited(value.title, value.address)
    return format_html('{} <span class="soft">· {} · {}</span>', link, when, " · ".join(marks))


def cited(title: str, address: str) -> Any:
    """The title of a source, as a link where its address is one of the web."""
    if address.startswith(("https://", "http://")):
        return format_html('<a href="{}" rel="noreferrer external">{}</a>', address, title)
    return format_html('{} <span class="soft"><bdi>{}</bdi></span>', title, address) if address else title


def plain(value: Source) -> str:
    """The same for files."""
    when = value.date.text if value.date else _("no date printed")
    said = _("verified") if value.verified else _("not verified")
    return " · ".join(part for part in (value.title, value.address, when, str(_HOW(value.basis).label), said) if part)


def roles_now(roles: Sequence[HeldRole]) -> Any:
    """What sources say of the role on a day, in one cell: each role once, the disputed marked."""
    seen: dict[str, bool] = {}
    for role in roles:
        seen[role.role] = seen.get(role.role, False) or role.disputed
    cells = [(models.Role(code).label, _("disputed") if disputed else "") for code, disputed in seen.items()]
    return format_html_join("; ", '{} <span class="soft">{}</span>', cells) if cells else ""


def everybody(on: date, kind: str, role: str, *, for_file: bool) -> Table:
    """All participants with their roles on a day."""
    held = service.roles_on(on)
    rows = []
    for one in service.participants(kind):
        roles = held.get(one.code, ())
        if role and role not in {each.role for each in roles}:
            continue
        words = [str(models.Role(each.role).label) for each in roles]
        disputed = any(each.disputed for each in roles)
        said = "; ".join(dict.fromkeys(words))
        verified = sum(each.verified for each in roles)
        rows.append(
            (
                one.code,
                Link(one.title(), reverse("participant", args=[one.code])),
                models.Kind(one.kind).label,
                said if for_file else (roles_now(roles) or _("none that is known of")),
                *((_("disputed") if disputed else "",) if for_file else ()),
                len(roles),
                verified,
            )
        )
    return Table(
        caption=_("Who takes part"),
        columns=[
            Column(_("Code")),
            Column(_("Participant"), heading=True),
            Column(_("Kind")),
            Column(_("Role on the day")),
            *([Column(_("Disputed"))] if for_file else []),
            Column(_("Sources"), numeric=True),
            Column(_("of them verified"), numeric=True),
        ],
        rows=rows,
        empty=_("Nobody is loaded yet. Whoever runs this hub loads the record with: panah record load"),
    )


def roles(held: Iterable[HeldRole], caption: str, *, for_file: bool = False) -> Table:
    """What each source says of one participant's role."""
    return Table(
        caption=caption,
        columns=[
            Column(_("Role"), heading=True),
            Column(_("From")),
            Column(_("Until")),
            Column(_("Stood on")),
            Column(_("Disputed")),
            Column(_("Source")),
            Column(_("Remark")),
        ],
        rows=[
            (
                models.Role(role.role).label,
                *(text if for_file else whole(text) for text in (day(role.begins), day(role.ends))),
                (role.as_of.text if for_file else whole(role.as_of.text)) if role.as_of else "",
                _("yes, see the other rows") if role.disputed else "",
                plain(role.source) if for_file else source(role.source),
                role.note,
            )
            for role in held
        ],
        empty=_("No source that was read says a role."),
    )


def chairs(*, for_file: bool = False, of: str = "") -> Table:
    """Who held the chair, in order of time."""
    names = {one.code: one.title() for one in service.participants("state")}
    return Table(
        caption=_("Chairs"),
        columns=[
            Column(_("Chair"), heading=True),
            Column(_("From")),
            Column(_("Until")),
            Column(_("Source")),
            Column(_("Remark")),
        ],
        rows=[
            (
                Link(names.get(term.participant, term.participant), reverse("participant", args=[term.participant])),
                *(text if for_file else whole(text) for text in (day(term.begins), day(term.ends))),
                plain(term.source) if for_file else source(term.source),
                term.note,
            )
            for term in service.chairs()
            if not of or term.participant == of
        ],
        empty=_("No chair is known of yet."),
    )


def contacts(rows: Iterable[models.Contact], *, for_file: bool = False) -> Table:
    """Offices that answer, and their mailboxes."""
    names = {one.code: one.title() for one in service.participants()}
    bodies = {body.key: service.title_of(body) for body in service.bodies()}
    return Table(
        caption=_("Contacts by office"),
        columns=[
            Column(_("Of")),
            Column(_("Office in the Process")),
            Column(_("Office"), heading=True),
            Column(_("Mailbox of the office")),
            Column(_("From")),
            Column(_("Until")),
            Column(_("Source")),
        ],
        rows=[
            (
                names.get(row.participant, row.participant) or bodies.get(row.body, row.body),
                models.ContactKind(row.kind).label,
                service.office_of(row),
                row.mailbox or _("not known"),
                row.begins,
                row.ends,
                plain(service.source_of(row)) if for_file else source(service.source_of(row)),
            )
            for row in rows
        ],
        empty=_("No contact is known of yet."),
    )


def ties(of: str = "") -> Table:
    """Links with sister processes and organisations."""
    names = {one.code: one.title() for one in service.participants()}
    found = models.Tie.objects.filter(superseded_at=None)
    return Table(
        caption=_("Links with sister processes"),
        columns=[Column(_("With"), heading=True), Column(_("From")), Column(_("What")), Column(_("Source"))],
        rows=[
            (
                Link(names.get(row.participant, row.participant), reverse("participant", args=[row.participant])),
                row.begins,
                row.what_ru if service.reads_russian() else row.what_en,
                source(service.source_of(row)),
            )
            for row in (found.filter(participant=of) if of else found)
        ],
        empty=_("No link is known of yet."),
    )


def superseded(code: str) -> Table:
    """Rows of roles that others took the place of."""
    found = models.HeldRole.objects.filter(participant=code, superseded_at__isnull=False).order_by("-superseded_at")
    return Table(
        caption=_("Earlier rows"),
        columns=[
            Column(_("Role"), heading=True),
            Column(_("From")),
            Column(_("Until")),
            Column(_("Source")),
            Column(_("Replaced")),
        ],
        rows=[
            (
                models.Role(row.role).label,
                row.begins,
                row.ends,
                source(service.source_of(row)),
                row.superseded_at,
            )
            for row in found
        ],
        empty="",
    )


def seats(rows: Iterable[models.Seat]) -> Table:
    """Accounts and the offices that they hold."""
    names = {one.code: one.title() for one in service.participants()}
    return Table(
        caption=_("Seats"),
        columns=[
            Column(_("Account"), heading=True),
            Column(_("Acts for")),
            Column(_("Office")),
            Column(_("From")),
            Column(_("Ended")),
            Column(_("Why")),
        ],
        rows=[
            (
                row.officer.display_name,
                names.get(row.participant, row.participant),
                models.Office(row.office).label,
                row.begins,
                row.ends,
                row.ended_because,
            )
            for row in rows
        ],
        empty=_("No account acts for a participant yet."),
    )
