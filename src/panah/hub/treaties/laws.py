"""The tables of the pages on national laws."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from panah.hub.treaties import dates, models, packs, words
from panah.hub.treaties.shown import cell, cited, whole
from panah.hub.treaties.tables import REGION
from panah.web.parts import Column, Link, Table


def register(rows: Iterable[models.Law], *, for_file: bool = False) -> Table:
    """The acts, with what is known of each."""
    return Table(
        _("National laws"),
        [
            Column(_("State")),
            Column(_("National act"), heading=True),
            Column(_("Number")),
            Column(_("Date")),
            Column(_("Theme")),
            Column(_("In force")),
            Column(_("Source")),
            Column(_("Verified")),
        ],
        [
            (
                words.state(row.state),
                words.title(row) if for_file else Link(words.title(row), reverse("law", args=[row.key])),
                row.number,
                whole(row.dated, for_file=for_file),
                words.THEMES[row.theme],
                standing(row),
                f"{row.source} {row.link}".strip() if for_file else cited(row.source, row.link),
                known(row),
            )
            for row in rows
        ],
        _("No act is in the register yet. Whoever runs this hub loads the record with: panah record load"),
    )


def standing(row: models.Law) -> str:
    label = str(models.Law.Standing(row.standing).label)
    if row.standing != models.Law.Standing.IN_FORCE:
        return label
    return _("%(label)s since %(day)s") % {"label": label, "day": row.in_force} if row.in_force else label


def known(row: models.Sourced) -> str:
    """Whether a row was read in its source with confidence."""
    if row.basis == "memory":
        return _("no, from memory")
    if row.basis == "inference":
        return _("no, inferred")
    return _("yes") if row.verified else _("no")


def about(row: models.Law) -> list[tuple[str, object]]:
    working = row.working_title == "yes"
    return [
        (_("State"), words.state(row.state)),
        (_("Number"), row.number),
        (_("Date"), row.dated),
        (_("Theme"), words.THEMES[row.theme]),
        (_("In force"), standing(row)),
        (_("Title"), _("a working title, not the act's own") if working else _("as the source has it")),
        (_("Source"), cited(row.source, row.link)),
        (_("Verified"), known(row)),
    ]


def amendments(rows: QuerySet[models.Amendment], today: date, *, for_file: bool = False) -> Table:
    """Changes of law, the latest first, with the stage that each has reached."""
    found = list(rows)
    by_amendment: dict[str, list[models.AmendmentStep]] = {}
    keys = [row.key for row in found]
    for step in models.AmendmentStep.objects.filter(superseded_at=None, amendment__in=keys):
        if step.check_state not in (models.Check.REFUSED, models.Check.TAKEN_BACK):
            by_amendment.setdefault(step.amendment, []).append(step)
    titles = {row.key: words.title(row) for row in models.Law.objects.filter(superseded_at=None)}
    last = {key: max(steps, key=lambda step: dates.first(step.on)) for key, steps in by_amendment.items()}
    found = sorted(
        (row for row in found if row.key in last), key=lambda row: dates.first(last[row.key].on), reverse=True
    )
    return Table(
        _("Changes of law"),
        [
            Column(_("State")),
            Column(_("Change"), heading=True),
            *((Column(_("Act that changes")),) if for_file else ()),
            Column(_("Where it stands")),
            Column(_("Since")),
            Column(_("Values of the pack that change")),
            Column(_("Source")),
            Column(_("Verified")),
        ],
        [_amendment(row, last[row.key], titles, today, for_file=for_file) for row in found],
        _("No change of law is known of."),
    )


def _amendment(
    row: models.Amendment, last: models.AmendmentStep, titles: dict[str, str], today: date, *, for_file: bool
) -> tuple[Any, ...]:
    name = " ".join(part for part in (words.title(row), row.number) if part)
    stage = str(models.Stage(last.stage).label)
    if last.stage == models.Stage.IN_FORCE and dates.first(last.on) > today:
        stage = _("Adopted, not yet in force")
    law = titles.get(row.law, "")
    heading = format_html('<a href="{}">{}</a>', reverse("amendment", args=[row.key]), name)
    if law:
        heading = format_html('{}<br><span class="soft">{}</span>', heading, law)
    codes = row.parameters.split()
    values = (
        ", ".join(codes)
        if for_file
        else format_html_join(
            ", ", "{}/<wbr>{}", ((area, name) for area, _slash, name in (code.partition("/") for code in codes))
        )
    )
    return (
        words.state(row.state),
        *((name, law) if for_file else (heading,)),
        stage,
        whole(last.on, for_file=for_file),
        values,
        f"{last.source} {last.link}".strip() if for_file else cited(last.source, last.link),
        checked(last),
    )


def checked(step: models.AmendmentStep) -> str:
    """How far a stage is to be trusted."""
    if step.check_state:
        return str(models.Check(step.check_state).label)
    return known(step)


def about_amendment(row: models.Amendment) -> list[tuple[str, object]]:
    law = models.Law.objects.filter(key=row.law, superseded_at=None).first() if row.law else None
    pointer = Link(words.title(law), reverse("law", args=[law.key])) if law else None
    act = format_html('<a href="{}">{}</a>', pointer.url, pointer.text) if pointer else _("none in the register")
    return [
        (_("State"), words.state(row.state)),
        (_("Act that changes"), act),
        (_("Number"), row.number),
        (_("Values of the pack that change"), ", ".join(row.parameters.split()) or _("none is known")),
    ]


def steps(key: str) -> Table:
    """The stages of one change in order of time."""
    rows = models.AmendmentStep.objects.filter(superseded_at=None, amendment=key)
    return Table(
        _("Stages"),
        [
            Column(_("Stage"), heading=True),
            Column(_("Day")),
            Column(_("Source")),
            Column(_("Verified")),
            Column(_("Remark")),
        ],
        [
            (
                models.Stage(step.stage).label,
                whole(step.on),
                cited(step.source, step.link),
                checked(step),
                step.checked_against if step.check_state == models.Check.REFUSED else words.note(step),
            )
            for step in sorted(rows, key=lambda step: (dates.first(step.on), step.pk))
        ],
        _("No stage is known of."),
    )


def gaps(standards: Iterable[models.Standard], *, for_file: bool = False) -> Table:
    """Standards down, states across: found, not found or not known, with the article where it was read."""
    found = {(row.standard, row.state): row for row in models.Provision.objects.filter(superseded_at=None)}
    names = {row.key: words.title(row, "short") for row in models.Instrument.objects.filter(superseded_at=None)}
    rows = []
    for standard in standards:
        asked = ", ".join(standard.requirements.split())
        rest = rests(standard, names)
        heading = [words.title(standard), " · ".join(part for part in (rest, asked) if part)]
        row: list[Any] = [heading[0], rest, asked] if for_file else [cell(heading, for_file=False)]
        row += [
            cell(provision(found.get((standard.key, state)), for_file=for_file), for_file=for_file) for state in REGION
        ]
        rows.append(row)
    return Table(
        _("What the laws provide"),
        [
            Column(_("Standard"), heading=True),
            *((Column(_("Rests on")), Column(_("Requirement"))) if for_file else ()),
            *(Column(words.state(state)) for state in REGION),
        ],
        rows,
        _("No standard is loaded yet. Whoever runs this hub loads the record with: panah record load"),
    )


def rests(standard: models.Standard, names: dict[str, str]) -> str:
    """The instrument and article of a standard, shortly."""
    if not standard.instrument:
        return ""
    article = _("article %(number)s") % {"number": standard.article} if standard.article else ""
    return ", ".join(part for part in (names.get(standard.instrument, standard.instrument), article) if part)


def provision(row: models.Provision | None, *, for_file: bool) -> list[str]:
    """What the pack of a state says, in short lines. A file says too whether it was looked for."""
    if row is None:
        return [str(words.FINDINGS[packs.NOT_KNOWN])]
    lines = [str(words.FINDINGS[row.finding])]
    if row.finding == packs.NOT_KNOWN:
        if row.amount != packs.LOOKED_FOR:
            return [*lines, _("not looked for")]
        return [*lines, _("looked for")] if for_file else lines
    if row.article:
        lines.append(_("article %(number)s") % {"number": row.article})
    return lines if row.verified else [*lines, _("not verified")]


def item_choices() -> list[tuple[str, str]]:
    rows = models.ChecklistItem.objects.filter(superseded_at=None).order_by("id")
    return [(row.key, words.title(row)) for row in rows]


def checklist(*, for_file: bool = False) -> Table:
    """Questions down, states across: the latest answer of each state."""
    latest: dict[tuple[str, str], models.ChecklistAnswer] = {}
    for answer in models.ChecklistAnswer.objects.order_by("reported_at"):
        latest[(answer.item, answer.state)] = answer
    rows = []
    for item in models.ChecklistItem.objects.filter(superseded_at=None).order_by("id"):
        about = [words.title(item), str(words.LEVELS[item.level]), _("Agenda, 6")]
        row: list[Any] = [*about] if for_file else [cell(about, for_file=False)]
        row += [cell(_answer(latest.get((item.key, state))), for_file=for_file) for state in REGION]
        rows.append(row)
    return Table(
        _("Migration in plans"),
        [
            Column(_("Question"), heading=True),
            *((Column(_("Level")), Column(_("Named in"))) if for_file else ()),
            *(Column(words.state(state)) for state in REGION),
        ],
        rows,
        _("No question is loaded yet. Whoever runs this hub loads the record with: panah record load"),
    )


def _answer(row: models.ChecklistAnswer | None) -> list[str]:
    if row is None:
        return [_("no answer")]
    return [str(models.ChecklistAnswer.Answer(row.answer).label), row.paper, row.on]
