"""How a stop is shown: which act, which holds, why, and who may lift them.

The safeguards know what their holds mean; they give the words with `described_by`. Until they do, the codes are shown
as they are, for a stop is never passed over in silence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from panah.foundation.door.service import Harm, Stop
from panah.web.parts import Hold, Text

ACTS: dict[Harm, Text] = {
    Harm.REMOVAL: _("removal from the country"),
    Harm.HAND_OVER: _("hand-over to another state"),
    Harm.EXTRADITION: _("extradition"),
    Harm.REFUSAL_OF_ENTRY: _("refusal of entry"),
    Harm.VOLUNTARY_RETURN: _("voluntary return"),
    Harm.DETENTION: _("detention"),
    Harm.TRANSFER: _("transfer to another place"),
    Harm.CONSULAR_NOTICE: _("notice to the consulate"),
    Harm.DATA_TO_ORIGIN: _("sharing data with the state of origin"),
    Harm.STATE_INQUIRY: _("asking another state whether the person is its citizen"),
    Harm.CHARGE_FOR_ENTRY: _("charge for the manner of entry"),
    Harm.FAMILY_SPLIT: _("parting a family"),
    Harm.CLOSING_FILE: _("closing the file"),
}


@dataclass(frozen=True)
class StopShown:
    """What the stop page says. `file_url` leads back to the person's file, empty where the reader has none to go back
    to.
    """

    act: Text
    holds: Sequence[Hold]
    file_url: str = ""


Describer = Callable[[Stop], StopShown]
_describers: list[Describer] = []


def described_by(describer: Describer) -> None:
    """Name the function that words a stop. One an installation; called in the `ready` of the safeguards."""
    _describers[:] = [describer]


def shown(stop: Stop) -> StopShown:
    if _describers:
        return _describers[0](stop)
    holds = tuple(
        Hold(label=str(hold.get("code", "")), why=str(hold.get("why", "")), lifted_by=str(hold.get("lifted_by", "")))
        for hold in stop.holds
    )
    return StopShown(act=ACTS[stop.harm], holds=holds)
