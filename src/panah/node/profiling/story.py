"""How the lines of this room, and of the safeguards under it, read in a file's story."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from panah.node.profiling import words
from panah.node.profiling.texts import title
from panah.node.safeguards import service as safeguards

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


def _hold(facts: Facts) -> str:
    return _("An officer placed a hold: %(hold)s") % {"hold": safeguards.title_of(facts["safeguard"])}


def _lifted(facts: Facts) -> str:
    hold = {"hold": safeguards.title_of(facts["safeguard"])}
    return (
        _("Two authorities lifted a hold: %(hold)s") % hold
        if facts["fell"]
        else _("One authority asks to lift a hold: %(hold)s") % hold
    )


def _tried(facts: Facts) -> str:
    return _("An act was tried and stopped: %(act)s") % {"act": safeguards.act_title(facts["harm"])}


def _asked(facts: Facts) -> str:
    return _("An act of force was asked about, and no hold stood: %(act)s") % {
        "act": safeguards.act_title(facts["act"])
    }


SENTENCES: Mapping[str, Callable[[Facts], str]] = {
    "profiling.give_information": _told,
    "profiling.start_interview": lambda facts: _("Interview begun"),
    "profiling.answer": lambda facts: _("A question was answered"),
    "profiling.stop_interview": _stopped,
    "profiling.resume_interview": lambda facts: _("Interview goes on"),
    "profiling.finish_interview": lambda facts: _("Interview ended; a profile is proposed"),
    "profiling.record_interview": lambda facts: _("Interview taken in; a profile is proposed"),
    "profiling.confirm_profile": _decided,
    "profiling.interview_read": lambda facts: _("Interview opened"),
    "profiling.proposal_read": lambda facts: _("Proposal read"),
    "profiling.receipt_printed": lambda facts: _("Receipt printed"),
    "safeguards.place_hold": _hold,
    "safeguards.lift_hold": _lifted,
    "safeguards.attempt_stopped": _tried,
    "safeguards.ask_coercive_act": _asked,
    "safeguards.end_coercive_act": lambda facts: _("The end of an act of force was recorded"),
    "safeguards.hold_read": lambda facts: _("Hold read"),
    "safeguards.coercive_acts_read": lambda facts: _("Acts of force read"),
}
