"""A question of the interview and its four equal answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from panah.web.parts import Answer, Question, Text

register = template.Library()

# The values of contracts/screening.md. Not knowing and not wanting to say stand beside yes and no and are never read
# as no.
YES_NO: tuple[tuple[str, Promise], ...] = (
    ("yes", _("Yes")),
    ("no", _("No")),
    ("unknown", _("Does not know")),
    ("refused", _("Does not want to say")),
)


@register.inclusion_tag("panah/question.html")
def question(value: Question) -> dict[str, Any]:
    """The person's wording large, the officer's beside it. A wording that is missing in the person's language is said
    to be missing.
    """
    return {"question": value}


@register.inclusion_tag("panah/answers.html")
def answers(
    name: str,
    legend: Text,
    value: str = "",
    person_answers: Mapping[str, str] | None = None,
    person_language: str = "",
    error: Text = "",
    hide_legend: bool = False,
) -> dict[str, Any]:
    """Yes, no, does not know, does not want to say: a group of radio buttons drawn as four equal buttons.

    Keys 1 to 4 choose and send; a tap or click chooses and sends as well; arrows only choose, and Enter sends.
    Without scripts the form's own button sends. Stands inside a form, whose parameter `name` then holds `yes`, `no`,
    `unknown` or `refused`.
    """
    theirs = person_answers or {}
    choices = [
        Answer(code, label, str(place), theirs.get(code, "")) for place, (code, label) in enumerate(YES_NO, start=1)
    ]
    return {
        "name": name,
        "legend": legend,
        "value": value,
        "choices": choices,
        "person_language": person_language,
        "error": error,
        "hide_legend": hide_legend,
    }
