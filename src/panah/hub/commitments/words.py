"""What the codes of this room are called, and how its notices read."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from panah.foundation.notices.service import sentences

STEPS: Mapping[str, str | Promise] = {
    "loaded": _("Loaded from the record"),
    "record_changed": _("The record says otherwise now"),
    "drafted": _("Drafted"),
    "accepted": _("Signed by the national coordinator and made public"),
    "joined": _("A partner joined"),
    "due_changed": _("Another last day"),
    "withdrawn": _("Withdrawn"),
    "reported": _("Progress reported and signed"),
    "measure_set": _("The number by which progress is computed was named"),
    "figure_signed": _("The national coordinator signed the figure"),
    "figure_moved": _("The published figure moved since it was signed"),
}

FIELDS: Mapping[str, str | Promise] = {
    "status": _("Status"),
    "standing": _("Standing"),
    "due": _("Due"),
    "joined": _("Partners"),
    "action_en": _("Action"),
    "action_ru": _("Action"),
    "value": _("Value"),
    "period": _("Period"),
    "code": _("Code"),
    "goal": _("Goal"),
    "baseline": _("Baseline"),
    "participant": _("Owner"),
}

EVIDENCE: Mapping[str, str | Promise] = {
    "link": _("Link"),
    "figure": _("Published figure"),
    "upload": _("Paper, of which the digest is kept"),
}

LATE: Mapping[str, str | Promise] = {"": "", "soon": _("Due within 30 days"), "overdue": _("Overdue")}


def _says(sentence: str | Promise) -> Callable[[Mapping[str, str]], str]:
    return lambda facts: str(sentence) % {"code": facts.get("code", "")}


sentences(
    {
        "commitments.drafted": _says(_("The commitment %(code)s was drafted and waits for your signature.")),
        "commitments.accepted": _says(_("The commitment %(code)s was made.")),
        "commitments.asked_to_join": _says(_("Your participant is asked to carry the commitment %(code)s jointly.")),
        "commitments.joined": _says(_("A partner joined the commitment %(code)s.")),
        "commitments.due_changed": _says(_("The commitment %(code)s has another last day.")),
        "commitments.withdrawn": _says(_("The commitment %(code)s was withdrawn.")),
        "commitments.match_withdrawn": _says(_("A commitment that %(code)s matches was withdrawn.")),
        "commitments.report_drafted": _says(_("A report on the commitment %(code)s waits for your signature.")),
        "commitments.soon": _says(_("The commitment %(code)s is due within 30 days.")),
        "commitments.overdue": _says(_("The commitment %(code)s is overdue.")),
        "commitments.moved": _says(_("The published figure of the commitment %(code)s moved since it was signed.")),
    }
)


def named_step(kind: str) -> str:
    return str(STEPS.get(kind, kind))


def unknown() -> str:
    return now("not known")
