"""How the lines of this room read in a file's story, and those of the safeguards that no other room words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from panah.node.profiling import words
from panah.node.profiling.texts import title

Facts = Mapping[str, Any]


def _told(facts: Facts) -> str:
    leaflets = ", ".join(title("information", code) for code in facts["leaflets"])
    return _("Was told: %(leaflets)s") % {"leaflets": leaflets}


def _stopped(facts: Facts) -> str:
    return _("Interview stopped: %(why)s") % {"why": words.STOPS[facts["reason"]]}


def _decided(facts: Facts) -> str:
    if facts.get("added") or facts.get("removed"):
        return _("Profile decided on, with changes")
    return _("Profile confirmed")


SENTENCES: Mapping[str, Callable[[Facts], str] | None] = {
    "profiling.give_information": _told,
    "profiling.start_interview": lambda facts: _("Interview begun"),
    "profiling.answer": None,
    "profiling.stop_interview": _stopped,
    "profiling.resume_interview": lambda facts: _("Interview goes on"),
    "profiling.finish_interview": lambda facts: _("Interview ended; a profile is proposed"),
    "profiling.record_interview": lambda facts: _("Interview taken in; a profile is proposed"),
    "profiling.confirm_profile": _decided,
    "profiling.interview_read": lambda facts: _("Interview opened"),
    "profiling.proposal_read": lambda facts: _("Proposal read"),
    "profiling.receipt_printed": lambda facts: _("Receipt printed"),
    "profiling.leaflets_printed": lambda facts: _("Leaflets printed"),
    "safeguards.end_coercive_act": lambda facts: _("The end of an act of force was recorded"),
    "safeguards.hold_read": lambda facts: _("Hold read"),
    "safeguards.coercive_acts_read": lambda facts: _("Acts of force read"),
}
