"""What the pages of this room show. Where somebody is stands here only for who may know it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from panah.foundation.access.models import Officer
from panah.foundation.access.service import may
from panah.node.families import people, rules, service, words
from panah.node.families.models import Match, Request, Reunification, Wish
from panah.node.families.sealing import unseal
from panah.node.registration import service as registration
from panah.web.parts import Column, Link, Table
from panah.web.tags.words import country_name


def numbers(files: Iterable[UUID]) -> dict[UUID, str]:
    return dict(registration.PersonFile.objects.filter(pk__in=list(files)).values_list("pk", "number"))


def requests(officer: Officer, rows: Sequence[Request], today: date) -> Table:
    """The requests of a list, on the page and in a spreadsheet alike: numbers and codes, no name."""

    def cells(row: Request) -> list[Any]:
        outcome = words.of(words.OUTCOMES, service.shown_outcome(officer, row)) if row.outcome else ""
        late = not row.outcome and row.next_on < today
        return [
            Link(row.number, reverse("family_request", args=[row.pk])),
            words.of(words.RELATIONS, row.relation),
            _("child") if row.child else "",
            registration.body_title(row.body),
            row.opened_at,
            row.next_on if not row.outcome else None,
            _("silent") if late else outcome or _("open"),
        ]

    return Table(
        caption=_("Tracing requests"),
        columns=[
            Column(_("Request"), heading=True),
            Column(_("Who is sought")),
            Column(_("Seeker")),
            Column(_("Body")),
            Column(_("Since")),
            Column(_("Next step")),
            Column(_("State of things")),
        ],
        rows=[cells(row) for row in rows],
        empty=_(
            "There is no such request. Search for the number of a person's file and open the family page to seek somebody."
        ),
    )


def unions(rows: Sequence[Reunification]) -> Table:
    """Ways together."""

    def state(row: Reunification) -> str:
        if row.outcome:
            return words.of(words.UNITED, row.outcome)
        return _("together") if row.together_on else _("planned")

    return Table(
        caption=_("Reunifications"),
        columns=[Column(_("Number"), heading=True), Column(_("Where")), Column(_("Day")), Column(_("State of things"))],
        rows=[
            [
                Link(row.number, reverse("family_union", args=[row.pk])),
                words.of(words.WHERE, row.where),
                row.together_on or row.day,
                state(row),
            ]
            for row in rows
        ],
        empty=_("Nobody is on the way together. Plan it on the family page of one of them."),
    )


def apart(officer: Officer, families: Sequence[Sequence[Any]]) -> Table:
    """Families of whom members stay in different centres, one line a person, linked where the officer may plan. Where somebody is in a
    centre of others is not told; of families within which a wish stands there is no line, as of those within which a fear does."""
    stays = [stay for family in _none_wished_apart(families) for stay in family]
    known = numbers(stay.file for stay in stays)

    def line(stay: Any) -> list[Any]:
        reads = may(officer, "families.read_person", stay.file)
        url = reverse("family_person", args=[stay.file])
        there = reads or may(officer, "reception.read", stay.unit.centre)
        number = Link(known[stay.file], url) if reads else known[stay.file]
        return [number, people.place_of(stay.file) if there else _("in a centre of others"), stay.since]

    return Table(
        caption=_("Families in different centres"),
        columns=[Column(_("Number"), heading=True), Column(_("Where")), Column(_("Since"))],
        rows=[line(stay) for stay in stays],
        empty=_("No family of your centres is parted."),
    )


def _none_wished_apart(families: Sequence[Sequence[Any]]) -> list[Sequence[Any]]:
    files = [stay.file for family in families for stay in family]
    wishing = set(Wish.objects.filter(file__in=files, ended_at=None).values_list("file", flat=True))
    told = []
    for family in families:
        here = [stay.file for stay in family]
        wished = any(
            people.withheld(file, other) for file in wishing.intersection(here) for other in here if other != file
        )
        if not wished:
            told.append(family)
    return told


def sought(request: Request) -> list[tuple[Any, Any]]:
    """Who is sought, as pairs of label and value."""
    said = service.said_of(request)
    years = " – ".join(str(year) for year in (said.get("year_from"), said.get("year_to")) if year)
    shares = [words.of(words.RECIPIENTS, to) for to, will in request.shares.items() if will == "yes"]
    pairs = [
        (_("Who is sought"), words.of(words.RELATIONS, request.relation)),
        (_("Names"), "; ".join(said.get("names", ()))),
        (_("Father's name"), "; ".join(said.get("fathers", ()))),
        (_("Sex"), words.of(words.SEXES, said.get("sex", "")) if said.get("sex") else ""),
        (_("Born"), years),
        (_("Where last seen"), said.get("last_place", "")),
        (_("When last seen"), said.get("last_day", "")),
        (_("What else makes the person known"), said.get("marks", "")),
        (_("The person agrees to be found"), words.of(words.WILL, request.agrees)),
        (_("The request may go to"), ", ".join(shares) or _("nobody")),
    ]
    if request.child:
        pairs.append((_("Best interests of the child"), words.of(words.INTERESTS, request.interests)))
    return pairs


def attempts(request: Request) -> Table:
    rows = request.attempts.order_by("at", "pk")
    return Table(
        caption=_("What was tried"),
        columns=[Column(_("When")), Column(_("What"), heading=True), Column(_("What came of it"))],
        rows=[
            [row.at, words.of(words.ATTEMPTS, row.kind), unseal(request.file, row.sealed).get("what", "")]
            for row in rows
        ],
        empty=_("Nothing was written down yet. Say below what was done first."),
    )


def proposals(rows: Sequence[Match]) -> Table:
    """For the tracing officer: by order and reasons; no name, no number, no place."""
    return Table(
        caption=_("Proposals, for you alone"),
        columns=[
            Column(_("Proposal"), heading=True),
            Column(_("Likeness, percent"), numeric=True),
            Column(_("Because")),
            Column(_("Decision")),
        ],
        rows=[
            [
                Link(_("Proposal %(n)s") % {"n": at}, reverse("family_match", args=[row.pk])),
                round(100 * row.score),
                "; ".join(reasons_for(row)),
                words.of(words.STANDINGS, row.standing),
            ]
            for at, row in enumerate(rows, 1)
        ],
        empty=_("Nobody of the node's files is like the person sought. Compare again when new people have come."),
    )


def reasons_for(match: Match) -> list[str]:
    return [words.of(words.REASONS, str(reason["code"])) for reason in match.reasons]


def column(file: UUID) -> list[tuple[Any, Any]]:
    """What is known of a person for comparing: no number and no place."""
    person = registration.file_by_id(file)
    traits = registration.traits(person)
    born = f"{traits.birth.earliest.isoformat()} – {traits.birth.latest.isoformat()}" if traits.birth else ""
    return [
        (_("Names"), "; ".join(traits.names)),
        (_("Father's name"), "; ".join(traits.fathers)),
        (_("Born"), traits.birth.iso or born if traits.birth else ""),
        (_("Sex"), words.of(words.SEXES, traits.sex)),
        (_("Citizenship"), ", ".join(sorted(map(country_name, traits.citizenships)))),
    ]


def found(file: UUID) -> list[dict[str, Any]]:
    """Who was found for the person, as far as the other one lets it be told. Nothing before both said yes."""
    rows = []
    for match in people.agreed_matches(file):
        side = "sought" if match.request.file == file else "seeker"
        other = match.file if side == "sought" else match.request.file
        answer = people.last_answer(match, side)
        tell = set(answer.may_tell)
        rows.append(
            {
                "number": registration.file_by_id(other).number if "place" in tell else "",
                "name": registration.display_name(registration.file_by_id(other)),
                "relation": words.of(words.RELATIONS, match.request.relation) if side == "sought" else "",
                "message": unseal(other, answer.sealed).get("message", "") if tell & {"message", "contact"} else "",
                "place": people.place_of(other) if "place" in tell else "",
                "other": other,
            }
        )
    return rows


def answers(match: Match) -> list[dict[str, Any]]:
    """What each side said so far, for the tracing officer, and where to ask it."""
    sides = []
    for side in rules.SIDES:
        file = match.request.file if side == "seeker" else match.file
        last = people.last_answer(match, side)
        sides.append(
            {
                "side": side,
                "title": _("The one who seeks") if side == "seeker" else _("The one who was perhaps found"),
                "number": registration.file_by_id(file).number,
                "place": people.place_of(file),
                "child": people.is_child(file),
                "says": words.of(words.SAYS, last.says if last else "not_asked"),
                "at": last.at if last else None,
            }
        )
    return sides


def members(officer: Officer, row: Reunification) -> list[dict[str, Any]]:
    """Who is to be together, what each said; where each is once they said yes, and before to who works with that person."""
    members = list(row.members.all())
    files = {one.pk: one for one in registration.PersonFile.objects.filter(pk__in=[member.file for member in members])}
    hidden = {
        one.file for one in members if any(people.withheld(one.file, o.file) for o in members if o.file != one.file)
    }
    return [
        {
            "row": member,
            "number": files[member.file].number,
            "child": people.is_child(member.file),
            "says": words.of(words.SAYS, member.says),
            "place": people.place_of(member.file)
            if member.file not in hidden and (member.says == "yes" or may(officer, "families.read_person", member.file))
            else _("not shown"),
        }
        for member in members
    ]
