"""How the lines of this room read in a file's story, and those of the safeguards that no other room words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from panah.foundation.access.models import Officer
from panah.node.profiling import words
from panah.node.profiling.service import lane_of_procedure
from panah.node.profiling.texts import title
from panah.node.registration import service as registration
from panah.node.safeguards import service as safeguards

Facts = Mapping[str, Any]


def cut(officer: Officer, file: registration.PersonFile) -> Callable[[str, Facts], Facts | None]:
    """What of a file's story the officer may read: lines that tell a class of restricted facts which is closed to the officer by their mere
    name (a hold, a recipient, a procedure, a leaflet) are left out."""
    closed = safeguards.closed_to(officer, file.pk)

    def told(code: str, facts: Facts) -> Facts | None:
        return None if _class_of(facts) in closed else facts

    return told


def _class_of(facts: Facts) -> str:
    known = safeguards.classes()
    return (
        known.of_hold(facts.get("safeguard", ""))
        or known.of_referral(facts.get("to", ""))
        or known.of_referral(facts.get("competent", ""))
        or known.of_leaflets(facts.get("leaflets", ()))
        or lane_of_procedure(facts.get("procedure", ""))
    )


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
    "profiling.read_second": lambda facts: (
        _("A second officer read the profile: it reads so")
        if facts.get("agrees")
        else _("A second officer read the profile: it reads otherwise")
    ),
    "profiling.interview_read": lambda facts: _("Interview opened"),
    "profiling.proposal_read": lambda facts: _("Proposal read"),
    "profiling.receipt_printed": lambda facts: _("Receipt printed"),
    "profiling.leaflets_printed": lambda facts: _("Leaflets printed"),
    "safeguards.end_coercive_act": lambda facts: _("The end of an act of force was recorded"),
    "safeguards.hold_read": lambda facts: _("Hold read"),
    "safeguards.coercive_acts_read": lambda facts: _("Acts of force read"),
}
