"""Words of this room: titles of codes, and how its notices read."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from panah.foundation.notices.service import sentences
from panah.hub.record import service as agreed

FUNCTIONS: Mapping[str, str | Promise] = {
    "border": _("Border officers"),
    "migration": _("Migration officers"),
    "asylum": _("Asylum officers"),
    "police": _("Police"),
    "labour": _("Labour officers"),
    "social": _("Social workers"),
    "child": _("Child-protection officers"),
    "consular": _("Consular officers"),
    "judge": _("Judges and lawyers"),
    "statistics": _("Statisticians"),
    "civil_society": _("Civil society"),
    "other": _("Others"),
}
STEPS: Mapping[str, str | Promise] = {
    "asked": _("Asked for"),
    "offered": _("Offered"),
    "accepted": _("Offer accepted"),
    "declined": _("Offer declined"),
    "carried_out": _("Carried out"),
    "met": _("The need is met"),
    "withdrawn": _("Withdrawn"),
}
THEMES: Mapping[str, str | Promise] = {
    "border": _("Border management and protection-sensitive entry"),
    "irregular": _("Irregular migration, smuggling and trafficking"),
    "asylum": _("Asylum and refugee protection"),
    "statelessness": _("Statelessness"),
    "labour": _("Labour migration"),
    "data": _("Data and exchange of information"),
    "return": _("Return and reintegration"),
    "emergency": _("Preparedness for emergencies"),
    "partnership": _("Partnership of states and organisations"),
    "law": _("Law and capacity"),
}


def point_titles() -> Mapping[str, Mapping[str, agreed.Point]]:
    """The points of both frameworks by their codes, in the reader's language."""
    return {one.code: {point.code: point for point in one.points} for one in agreed.frameworks()}


def _saying(text: str | Promise) -> Callable[[Mapping[str, str]], str]:
    return lambda facts: str(text) % facts


sentences(
    {
        "practices.submitted": _saying(_("%(participant)s handed in a practice to be published.")),
        "practices.sent_back": _saying(_("A practice of %(participant)s was sent back. The reason stands beside it.")),
        "practices.published": _saying(_("A practice of %(participant)s is published.")),
        "practices.asked": _saying(_("%(participant)s asks for help.")),
        "practices.offered": _saying(_("%(participant)s offers help in answer to your request.")),
        "practices.answered": _saying(_("%(participant)s answered your offer.")),
        "practices.practice_waits": _saying(
            _("A practice of %(participant)s has waited for the secretariat for two weeks.")
        ),
        "practices.request_due": _saying(
            _("Help that %(participant)s asked for is needed within thirty days and not arranged.")
        ),
        "practices.offer_waits": _saying(_("An offer of %(participant)s has waited for your answer for two weeks.")),
    }
)
