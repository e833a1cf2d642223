"""How this room's notices and the lines of its journal read."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panah.foundation.door.service import Harm
from panah.foundation.notices.service import sentences
from panah.node.registration.models import ClosingReason
from panah.node.registration.timeline import tells
from panah.node.safeguards import service as safeguards
from panah.web.stops import ACTS


def _consular_search(facts: Mapping[str, str]) -> str:
    return _("%(officer)s, who serves another state, tried to search for a person. Nothing was shown. Ask why.") % facts


def _foreign_try(facts: Mapping[str, str]) -> str:
    return (
        _(
            "%(officer)s, who serves another state, opened an address that is not theirs (%(page)s). Nothing was shown. Ask why."
        )
        % facts
    )


sentences({"registration.consular_search": _consular_search, "registration.foreign_try": _foreign_try})


def _registered(facts: Mapping[str, Any]) -> str:
    return _("Registered under the number %(number)s.") % facts


def _amended(facts: Mapping[str, Any]) -> str:
    return _("Changed, with a reason: %(what)s.") % {
        "what": ", ".join(str(PARTS.get(part, part)) for part in facts.get("changed", ()))
    }


def _closed(facts: Mapping[str, Any]) -> str:
    return _("Closed: %(reason)s.") % {"reason": ClosingReason(facts["reason"]).label}


def _read(facts: Mapping[str, Any]) -> str:
    return _("Read in break-glass.") if facts.get("break_glass") else _("Read.")


def _held(facts: Mapping[str, Any]) -> str:
    return _("A hold was placed: %(what)s.") % {"what": _safeguard(facts)}


def _lifted(facts: Mapping[str, Any]) -> str:
    if facts.get("fell"):
        return _("A hold fell by the word of two authorities: %(what)s.") % {"what": _safeguard(facts)}
    return _("One authority said that a hold may fall: %(what)s.") % {"what": _safeguard(facts)}


def _stopped(facts: Mapping[str, Any]) -> str:
    return _("Somebody tried what a hold forbids: %(act)s. It was stopped.") % {"act": ACTS[Harm(facts["harm"])]}


def _asked(facts: Mapping[str, Any]) -> str:
    return _("An authority asked about an act of force: %(act)s.") % {"act": ACTS[Harm(facts["act"])]}


def _safeguard(facts: Mapping[str, Any]) -> str:
    return str(safeguards.title_of(facts["safeguard"]))


ROOMS = {
    "registration": gettext_lazy("Registration"),
    "profiling": gettext_lazy("Interview and profile"),
    "safeguards": gettext_lazy("Safeguards"),
    "referrals": gettext_lazy("Referrals"),
    "procedures": gettext_lazy("Procedures"),
    "reception": gettext_lazy("Reception"),
    "families": gettext_lazy("Families"),
    "solutions": gettext_lazy("Solutions"),
    "labour": gettext_lazy("Work and insurance"),
    "complaints": gettext_lazy("Complaints"),
}
"""What the parts of a file's story are called, by the beginning of the journal's codes."""


def room_title(code: str) -> str:
    return str(ROOMS.get(code, code))


PARTS = {
    "birth": gettext_lazy("date of birth"),
    "citizenships": gettext_lazy("citizenship"),
    "documents": gettext_lazy("documents"),
    "entry": gettext_lazy("way of entry"),
    "group": gettext_lazy("group"),
    "language": gettext_lazy("language"),
    "names": gettext_lazy("names"),
    "sex": gettext_lazy("sex"),
    "urgent": gettext_lazy("what cannot wait"),
}

tells(
    {
        "registration.register": _registered,
        "registration.amend": _amended,
        "registration.close_file": _closed,
        "registration.file_read": _read,
        "registration.file_printed": lambda facts: _("The file was printed."),
        "safeguards.place_hold": _held,
        "safeguards.lift_hold": _lifted,
        "safeguards.attempt_stopped": _stopped,
        "safeguards.ask_coercive_act": _asked,
    },
    cites={
        "safeguards.place_hold": lambda facts: safeguards.law_of(facts["safeguard"]) if "safeguard" in facts else ""
    },
)
