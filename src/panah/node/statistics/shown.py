"""What the page of a release says: its tables, what is withheld in them, and what changed since readers last saw them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from panah.cores.disclosure import PublishedTable, read_proof
from panah.node.statistics import rules
from panah.node.statistics.actions import released
from panah.node.statistics.message import state
from panah.node.statistics.models import Release
from panah.node.statistics.release import tables_of
from panah.web import counts
from panah.web.parts import Column, Link, Table
from panah.web.reading import gregorian_day, gregorian_month

MOST_CHANGES = 200


@dataclass(frozen=True)
class ShownTable:
    """One table of a release as the page shows it."""

    name: str
    anchor: str
    panes: Sequence[counts.Pane]
    legend: Sequence[tuple[str, str | Promise]]
    withheld: str


def period_in_words(code: str) -> str:
    """A day or a month as the reader writes it."""
    period, tag = rules.period_of(code), get_language() or "en"
    return gregorian_day(period.first, tag) if period.first == period.last else gregorian_month(period.first, tag)


def tables(release: Release) -> list[ShownTable]:
    """The protected tables. The counts before protection are nowhere on it."""
    return [
        ShownTable(
            name=counts.flow_name(table.name),
            anchor=table.name.lower(),
            panes=counts.panes(table, state()),
            legend=counts.legend(table),
            withheld=_("%(withheld)s of %(cells)s numbers are withheld.")
            % {"withheld": sum(cell.count is None for cell in table.cells), "cells": len(table.cells)},
        )
        for table in tables_of(release)
    ]


def reasons(release: Release) -> Table:
    """Why each number is withheld. A zero in a group that is too small is left out: there are many, and all for one reason."""
    by_name = {table.name: table for table in tables_of(release)}
    rows = [
        (
            counts.flow_name(name),
            _place(by_name[name], tuple(codes)),
            str(counts.MARKS[kind][1]),
            _sake(protects),
        )
        for name, codes, kind, protects in release.reasons
        if kind != "primary"
    ]
    return Table(
        caption=_("Withheld to protect others"),
        columns=[
            Column(_("Table")),
            Column(_("Number"), heading=True),
            Column(_("Why")),
            Column(_("For the sake of")),
        ],
        rows=rows,
        empty=_("Only numbers below ten are withheld; no other had to be."),
    )


def changes(release: Release) -> Table | None:
    """What readers will see change against the last revision that they hold; None for a first release."""
    before = released(release.period).filter(revision__lt=release.revision).last()
    if before is None:
        return None
    held = {(table.name, cell.codes): cell for table in tables_of(before) for cell in table.cells}
    rows = []
    for table in tables_of(release):
        for cell in table.cells:
            was = held.get((table.name, cell.codes))
            if was is None or (was.count, was.kind) != (cell.count, cell.kind):
                old = counts.shown(was) if was is not None else ""
                rows.append((counts.flow_name(table.name), _place(table, cell.codes), old, counts.shown(cell)))
    return Table(
        caption=_("Changed since revision %(revision)s") % {"revision": before.revision},
        columns=[
            Column(_("Table")),
            Column(_("Number"), heading=True),
            Column(_("Before"), numeric=True),
            Column(_("Now"), numeric=True),
        ],
        rows=rows[:MOST_CHANGES],
        empty=_("Nothing changed since revision %(revision)s.") % {"revision": before.revision},
    )


def proof_facts(release: Release) -> list[tuple[str, object]]:
    """How the tables were protected, and how much a reader can still find out."""
    proof = read_proof(bytes(release.proof))
    narrowest = _("Whoever reads everything that was published is left with a range of at least %(width)s for each.")
    return [
        (_("Numbers withheld below"), proof.rules.threshold),
        (_("Protection"), narrowest % {"width": proof.rules.protection}),
        (_("Narrowest range that is left"), proof.narrowest),
        (_("Digest of the tables"), proof.digest),
        (_("Version of the definitions"), release.definitions),
    ]


def hand_over_facts(release: Release, signer: str) -> list[tuple[str, object]]:
    """Where the signed message stands."""
    facts: list[tuple[str, object]] = [
        (_("Signed by"), signer),
        (_("Signed"), release.signed_at),
        (_("Message"), str(release.message_id)),
        (_("Head of the journal that it names"), release.journal_seq),
        (_("Attempts to hand it over"), release.attempts),
    ]
    if release.failure:
        facts.append((_("Why the last attempt failed"), release.failure))
    if release.answered_at:
        facts.append((_("Answered by the hub"), release.answered_at))
    return facts


def problems(release: Release) -> Table | None:
    """What the hub found."""
    if not release.problems:
        return None
    return Table(
        caption=_("What the hub found"),
        columns=[Column(_("Code"), heading=True), Column(_("Where")), Column(_("Found")), Column(_("Allowed"))],
        rows=[(one["code"], one["place"], one["found"], one["allowed"]) for one in release.problems],
        empty="",
    )


def releases(found: Sequence[Release]) -> Table:
    """The list of releases."""
    return Table(
        caption=_("Releases"),
        columns=[
            Column(_("Period"), heading=True),
            Column(_("Revision"), numeric=True),
            Column(_("Standing")),
            Column(_("Counted")),
            Column(_("Signed")),
            Column(_("Answered by the hub")),
        ],
        rows=[
            (
                Link(period_in_words(one.period), f"/statistics/{one.pk}/"),
                one.revision,
                str(Release.State(one.state).label),
                one.prepared_at,
                one.signed_at,
                one.answered_at,
            )
            for one in found
        ],
        empty=_("Nothing was counted yet. Name a period above."),
    )


def _place(table: PublishedTable, codes: tuple[str, ...]) -> str:
    axes = zip(table.dimensions, codes, strict=True)
    return counts.place_name({axis.id: code for axis, code in axes if code != axis.total}, state())


def _sake(place: str | None) -> str:
    """What the core names as `PROFILE=asylum_seeker, SEX=F`, in words."""
    named = dict(part.split("=", 1) for part in (place or "").split(", ") if "=" in part)
    return counts.place_name(named, state()) if named else ""
