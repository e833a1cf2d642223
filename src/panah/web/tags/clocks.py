"""Terms that run, as words first and a bar beneath."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from panah.web.parts import Clock
from panah.web.reading import digits, how_long
from panah.web.tags.words import active_language, moment

register = template.Library()

_TONES = {
    "late": "danger",
    "done_late": "amber",
    "soon": "amber",
    "unknown": "amber",
    "running": "accent",
    "stopped": "plain",
    "done": "plain",
}


@register.inclusion_tag("panah/due_bar.html")
def due_bar(clock: Clock) -> dict[str, Any]:
    """One term: by law or as a target, how much is left, until when, and what stops it."""
    return {"clock": clock, "sentence": sentence(clock), "tone": _TONES[clock.state]}


@register.inclusion_tag("panah/due_bars.html")
def due_bars(clocks: Iterable[Clock]) -> dict[str, Any]:
    """Several terms of one duty, the statutory one first."""
    return {"clocks": sorted(clocks, key=lambda clock: clock.kind)}


@register.simple_tag
def due_sentence(clock: Clock) -> SafeString | str:
    """Where the term stands, in words alone, for paper."""
    return sentence(clock)


def sentence(clock: Clock) -> SafeString | str:
    """Where the term stands, in words."""
    state, left = clock.state, digits(how_long(clock.left), active_language())
    if state == "unknown":
        return gettext("The end is not known: %(missing)s") % {"missing": clock.unknown}
    if state == "stopped":
        return gettext("The clock stands still: %(reason)s") % {"reason": clock.stopped}
    until = moment(clock.due, "short")
    if state in {"done", "done_late"}:
        words = gettext("Done %(when)s, in time") if state == "done" else gettext("Done %(when)s, %(late)s late")
        return format_html(words % {"when": "{}", "late": left}, moment(clock.done, "short"))
    words = gettext("%(left)s overdue, was due %(due)s") if state == "late" else gettext("%(left)s left, due %(due)s")
    return format_html(words % {"left": "{}", "due": "{}"}, format_html("<strong>{}</strong>", left), until)
