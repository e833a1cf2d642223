"""What the pages show, as plain values."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from panah.foundation.languages import LANGUAGES
from panah.node.custody import day, fitness, journey, rules, service, words
from panah.node.custody.models import Custody, Transfer
from panah.node.registration import service as registration
from panah.web.parts import Column, Link, Table


def register(rows: Iterable[Custody], now: datetime) -> Table:
    """The register: no name, no ground, nothing of force or health."""
    held = list(rows)
    late = set(
        service.underway(Custody.objects.filter(pk__in=[row.pk for row in held])).values_list("custody", flat=True)
    )

    def cells(row: Custody) -> list[Any]:
        limit: Any = row.limit_due if row.limit_due else _("no verified time")
        state = (
            words.of(words.ENDS, row.ended_how)
            if row.ended_at
            else _("on the way to another body")
            if row.pk in late
            else _("in custody")
        )
        until = row.ended_at or now
        return [
            Link(row.number, reverse("custody_one", args=[row.pk])), words.holder(row.body, row.post), words.taken_by(row.taken_by),
            row.apprehended_at, rules.hours(row.apprehended_at, until), limit, state, words.of(words.CHILD, row.child),
            _("yes") if row.asked_at else _("no"), row.ended_at,
        ]  # fmt: skip

    heads = (
        _("Held by"), _("Taken by"), _("When taken"), _("Hours"), _("Until when without a decision"), _("Standing"), _("Child"), _("Asked"),
        _("Ended"),
    )  # fmt: skip
    return Table(
        caption=_("Register of custody"),
        columns=[Column(_("Number"), heading=True), *(Column(head, numeric=head == _("Hours")) for head in heads)],
        rows=[cells(row) for row in held],
        empty=_("Nobody. When somebody is taken, record the apprehension."),
    )


def one(row: Custody, now: datetime, *, health: bool) -> dict[str, Any]:
    """One custody with everything that those who hold the person and those who watch may read; `health`: also what was said of it."""
    transfers = list(row.transfers.all())
    last = next((one.pk for one in reversed(transfers) if one.taken_back_at is None), None)
    return {
        "row": row,
        "holder": words.holder(row.body, row.post),
        "file": registration.file_by_id(row.file) if row.file else None,
        "clocks": [*([] if row.ended_at else day.first_steps(row, now)), day.clock(row, now)],
        "taken": _taken(row),
        "person": _person(row),
        "fitness": _fitness(row, now) if row.ended_at is None and not any(_open(one) for one in transfers) else None,
        "health": _health(row) if health else [],
        "end": _end(row) if row.ended_at else [],
        "untold": [words.of(words.TOLD, code) for code in rules.untold(row.told)],
        "transfers": [_transfer(one, now, needs=health or one.pk == last) for one in transfers],
        "underway": next((_transfer(one, now, needs=True) for one in transfers if _open(one)), None)
        if row.ended_at is None
        else None,
        "is_child": service.children(Custody.objects.filter(pk=row.pk)).exists(),
    }


def _taken(row: Custody) -> list[tuple[Any, Any]]:
    ground = f"{_source(row.ground_source)}: {row.ground}" if row.ground_source else row.ground
    means = words.of(words.KNOWN, row.means)
    injuries = words.of(words.KNOWN, row.injuries)
    return [
        (_("Taken by"), f"{words.taken_by(row.taken_by)}, {row.unit}"),
        (_("Where exactly"), row.where),
        (_("Ground") if row.ground_source else _("Ground, in the officer’s words"), ground),
        (_("Force"), f"{means}. {row.means_how}" if row.means_how else means),
        (_("Injuries"), f"{injuries}. {row.injuries_what}" if row.injuries_what else injuries),
        (_("Doctor"), words.of(words.DOCTORS, row.doctor)),
        (_("Property taken"), f"{row.property_taken} ({row.property_receipt})" if row.property_taken else _("nothing")),
    ]


def _person(row: Custody) -> list[tuple[Any, Any]]:
    return [
        (_("Afraid to return"), words.of(words.ANSWERS, row.fear)),
        (_("Child"), words.of(words.CHILD, row.child)),
        (_("Was told"), words.several(words.TOLD, row.told)),
        (_("Language"), _language(row.told_language)),
        (_("Wishes to reach"), words.several(words.WISHES, row.wishes)),
    ]


def _fitness(row: Custody, now: datetime) -> dict[str, Any]:
    """What the next journey needs: no complaint and no diagnosis. `missing` is what stands against any journey but to a health service."""
    known = journey.fitness_of(row, now)
    held = now - row.apprehended_at
    missing = fitness.against(known, to_health=False, to_safety=False, held=held)
    said = travel(known.result, known.seen_by, known.seen_at, known.conditions, known.more)
    return {
        "said": said,
        "missing": words.of(words.AGAINST, missing) if missing else "",
        "barred": missing == fitness.NOT_FIT,
    }


def travel(result: str, seen_by: str, seen_at: datetime | None, conditions: Iterable[str], more: str) -> list[Any]:
    """Fitness as escorts and receivers read it."""
    said: list[Any] = [
        (_("Fitness to travel"), words.of(words.RESULTS, result)),
        (_("Seen by"), words.of(words.SEEN_BY, seen_by)),
    ]
    said += [(_("Seen at"), seen_at)] if seen_at else []
    needs = [words.of(words.CONDITIONS, code) for code in conditions if code != "other"] + ([more] if more else [])
    return [*said, *([(_("What the journey needs"), "; ".join(needs))] if needs else [])]


def _health(row: Custody) -> list[tuple[Any, Any]]:
    found = journey.complaints_of(row)
    return [(words.of(words.COMPLAINTS, name), words.of(words.KNOWN, answer)) for name, answer in found.items()]


def _language(tag: str) -> str:
    return next((language.name for language in LANGUAGES if language.tag == tag), tag)


def _end(row: Custody) -> list[tuple[Any, Any]]:
    return [
        (_("How custody ended"), words.of(words.ENDS, row.ended_how)),
        (_("Where the person went"), row.ended_where),
        (_("With what"), row.ended_with),
    ]


def _source(code: str) -> str:
    source = registration.node_pack().sources.get(code)
    return source.title.get(get_language() or "en", source.title.get("en", code)) if source else code


def _open(one: Transfer) -> bool:
    return one.confirmed_at is None and one.taken_back_at is None


def _transfer(one: Transfer, now: datetime, *, needs: bool) -> dict[str, Any]:
    """`needs`: with what the journey needed, which of journeys that are over nobody needs to know but those who watch."""
    return {
        "row": one,
        "open": _open(one),
        "late": _open(one) and one.handed_at + rules.TO_CONFIRM <= now,
        "from": words.holder(one.from_body, one.from_post),
        "to": words.holder(one.to_body, one.to_post),
        "purpose": words.of(words.PURPOSES, one.purpose),
        "travel": travel(one.fitness, one.seen_by, one.seen_at, one.conditions, one.conditions_more) if needs else [],
    }
