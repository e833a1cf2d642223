"""Icons and badges. A badge always says in words what its colour and icon say."""

from __future__ import annotations

from typing import Literal

from django import template
from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from panah.web.parts import Badge, Tone

register = template.Library()

# The marks that more than one room shows, by their codes in the contracts and in the domain reference.
BADGES: dict[str, Badge] = {
    "immediate": Badge(_("Immediate: within the hour"), "danger", "exclamation-triangle-fill"),
    "same_day": Badge(_("Today"), "amber", "clock"),
    "priority": Badge(_("Within 72 hours"), "accent", "clock"),
    "routine": Badge(_("Routine"), "plain"),
    "child_alone": Badge(_("Child alone"), "danger", "person"),
    "child": Badge(_("Child"), "accent", "person"),
    "medical_first": Badge(_("Doctor first"), "danger", "heart-pulse"),
    "proposal": Badge(_("Proposal"), "plain", "question-lg"),
    "decision": Badge(_("Decision"), "accent", "check-lg"),
    "overdue": Badge(_("Overdue"), "danger", "exclamation-triangle-fill"),
    "due_soon": Badge(_("Due soon"), "amber", "clock"),
    "stopped": Badge(_("Clock stopped"), "plain", "hourglass-split"),
    "hold": Badge(_("Hold stands"), "danger", "sign-stop"),
    "verified": Badge(_("Checked against the source"), "accent", "shield-check"),
    "not_verified": Badge(_("Not yet checked against the source"), "amber", "shield-exclamation"),
    "translation_not_checked": Badge(_("Translation not yet checked by a speaker"), "amber", "globe2"),
    "protected": Badge(_("Protected"), "plain", "lock"),
}


# Icons that point along the line of reading, and so turn with it.
_POINTING = {"arrow-left", "arrow-right", "box-arrow-right", "send"}


@register.simple_tag
def icon(name: str, label: str | Promise | Literal[""] = "") -> SafeString:
    """An icon of the sprite. Without a label it is decoration and silent; with one it is read out."""
    address = f"{static('vendor/bootstrap-icons/icons.svg')}#{name}"
    style = "icon pointing" if name in _POINTING else "icon"
    if label:
        return format_html('<svg class="{}" role="img" aria-label="{}"><use href="{}"/></svg>', style, label, address)
    return format_html('<svg class="{}" aria-hidden="true" focusable="false"><use href="{}"/></svg>', style, address)


def as_html(value: Badge) -> SafeString:
    drawing = icon(value.icon) if value.icon else ""
    return format_html('<span class="badge tone-{}">{}{}</span>', value.tone, drawing, value.label)


@register.simple_tag
def badge(code: str) -> SafeString:
    """One of BADGES by its code. Any other code is a mistake and raises."""
    known = BADGES.get(code)
    if known is None:
        raise ValueError(
            f"There is no badge {code!r}. Allowed are {', '.join(BADGES)}; for other words use the tag `mark`."
        )
    return as_html(known)


@register.simple_tag
def mark(text: str | Promise, tone: Tone = "plain", icon: str = "") -> SafeString:
    """A badge with words of the room's own. `tone` is plain, accent, amber (due soon, doubtful) or danger (to a
    person, or law about to be broken).
    """
    return as_html(Badge(text, tone, icon))
