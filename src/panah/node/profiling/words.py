"""How this room's codes and notices read, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from panah.foundation.access.models import Officer
from panah.foundation.notices.service import links_open_to, sentences
from panah.node.profiling.models import Setting
from panah.web.parts import Text

CONSENTS: Mapping[str, Text] = {
    "not_required": _("no consent is needed"),
    "given": _("the person agreed"),
    "needed": _("needs the person's consent; it is not sent without it"),
}

SETTINGS: Mapping[str, Text] = {
    Setting.PRIVATE: _("Alone in a closed room"),
    Setting.SEMI: _("Apart, others within sight"),
    Setting.OPEN: _("Open counter"),
    Setting.REMOTE: _("By telephone or video"),
    Setting.VEHICLE: _("In a vehicle"),
    Setting.DETENTION: _("In detention"),
}

STOPS: Mapping[str, Text] = {
    "doctor": _("A doctor is needed"),
    "safe_room": _("A safe room is needed"),
    "interpreter": _("An interpreter is needed"),
    "rest": _("The person needs a rest"),
}

OPEN_ANSWERS: Mapping[str, Text] = {"unknown": _("Does not know"), "refused": _("Does not want to say")}


def _immediate(facts: Mapping[str, str]) -> str:
    return gettext("File %(number)s at %(place)s needs help within the hour.") % facts


def _stopped(facts: Mapping[str, str]) -> str:
    why = {
        "doctor": gettext("The interview of file %(number)s is stopped: a doctor is needed at %(place)s."),
        "safe_room": gettext("The interview of file %(number)s is stopped: a safe room is needed at %(place)s."),
        "interpreter": gettext("The interview of file %(number)s is stopped: an interpreter is needed at %(place)s."),
        "rest": gettext("The interview of file %(number)s at %(place)s is stopped for a rest."),
    }
    return why[facts["reason"]] % facts


def _works_there(officer: Officer, facts: Mapping[str, str]) -> bool:
    """A supervisor of the body who has no post, or another, learns that help is needed where; the file is for those of the post."""
    return bool(officer.post) and officer.post == facts.get("place")


def _otherwise(facts: Mapping[str, str]) -> str:
    return gettext("The profile of file %(number)s reads otherwise to a second officer. Read why.") % facts


sentences(
    {
        "profiling.immediate": _immediate,
        "profiling.interview_stopped": _stopped,
        "profiling.reads_otherwise": _otherwise,
    }
)
links_open_to({"profiling.immediate": _works_there})
