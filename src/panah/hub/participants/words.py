"""How this room's notices read."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from panah.foundation.notices.service import sentences
from panah.hub.participants.models import Office


def _seated(facts: Mapping[str, str]) -> str:
    return _("You act for %(participant)s now, as: %(office)s.") % _said(facts)


def _unseated(facts: Mapping[str, str]) -> str:
    return _("You act no more for %(participant)s as: %(office)s.") % _said(facts)


def _asked(facts: Mapping[str, str]) -> str:
    return _("The secretariat asks for a seat: %(participant)s, %(office)s.") % _said(facts)


def _chair_ends(facts: Mapping[str, str]) -> str:
    return _("The time of %(participant)s as chair ends: %(ends)s. Prepare the handing over.") % facts


def _said(facts: Mapping[str, str]) -> dict[str, str]:
    return {"participant": facts["participant"], "office": str(Office(facts["office"]).label)}


sentences(
    {
        "participants.seated": _seated,
        "participants.unseated": _unseated,
        "participants.seat_asked": _asked,
        "participants.chair_ends": _chair_ends,
    }
)
