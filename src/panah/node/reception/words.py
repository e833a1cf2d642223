"""How this room's codes, notices and lines of a file's story read."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from panah.foundation.notices.service import sentences
from panah.node.reception.models import Centre, Unit
from panah.node.registration.service import node_pack, place_title, tells

Words = Mapping[str, str | Promise]

KINDS: Words = {
    "reception_centre": _l("Reception centre"),
    "shelter": _l("Shelter"),
    "emergency_site": _l("Emergency site"),
}
MEANT_FOR: Words = {
    "anyone": _l("anyone"),
    "families": _l("families"),
    "women": _l("women and their children"),
    "men": _l("men"),
    "children": _l("children alone"),
    "apart": _l("people who sleep apart"),
}
WHY_BLOCKED: Words = {
    "repair": _l("repair"),
    "hygiene": _l("cleaning or disinfection"),
    "no_staff": _l("no staff"),
    "danger": _l("danger"),
    "kept_free": _l("kept free for emergencies"),
    "other": _l("another reason"),
}
PRESENCES: Words = {
    "in": pgettext_lazy("presence", "In"),
    "leave": pgettext_lazy("presence", "Out with leave"),
    "absent": pgettext_lazy("presence", "Absent"),
}
ENDINGS: Words = {
    "left_freely": _l("left of their own will"),
    "own_housing": _l("has housing of their own"),
    "other_place": _l("to another place"),
    "returned": _l("returned to their country"),
    "not_back": _l("did not come back"),
    "sent_away": _l("sent away"),
    "died": _l("died"),
    "moved": _l("moved to another unit"),
}
WILL: Words = {
    "agrees": _l("The person agrees"),
    "does_not_agree": _l("The person does not agree"),
    "not_asked": _l("The person was not asked"),
}
ITEMS: Words = {
    "meal": _l("Meal"),
    "food_parcel": _l("Food parcel"),
    "water": _l("Water"),
    "bedding": _l("Bedding"),
    "clothing": _l("Clothing"),
    "hygiene_kit": _l("Hygiene kit"),
    "baby_kit": _l("Things for a baby"),
    "heater": _l("Heater"),
    "cash": _l("Cash assistance"),
    "other": _l("Something else"),
}
RECEIPTS: Words = {
    "signed": _l("signed"),
    "fingerprint": _l("fingerprint on paper"),
    "by_guardian": _l("signed by the guardian"),
    "would_not_sign": _l("did not wish to sign"),
}
APPOINTMENTS: Words = {
    "health": _l("Doctor or nurse"),
    "interview": _l("Interview"),
    "legal_aid": _l("Legal aid"),
    "school": _l("School"),
    "counselling": _l("Counselling"),
    "authority": _l("An authority"),
    "other": _l("Something else"),
}
KEPT: Words = {"kept": _l("kept"), "missed": _l("missed"), "cancelled": _l("cancelled")}
INCIDENTS: Words = {
    "violence": _l("Violence"),
    "sexual_violence": _l("Sexual violence"),
    "child_harmed": _l("Harm to a child"),
    "self_harm": _l("Self-harm"),
    "death": _l("Death"),
    "missing_child": _l("A child is missing"),
    "fire": _l("Fire or accident"),
    "illness": _l("Illness that may spread"),
    "theft": _l("Theft"),
    "threat": _l("Threat"),
    "other": _l("Something else"),
}
TOLD: Words = {
    "police": _l("police"),
    "ambulance": _l("ambulance"),
    "child_protection": _l("child protection"),
    "family": _l("family"),
    "guardian": _l("guardian"),
    "nobody": _l("nobody yet"),
}
REASONS: Words = {
    "full": _l("has no place left"),
    "child_among_adults": _l("a child alone would sleep among adults who are strangers"),
    "feared": _l("people who are afraid of each other would meet"),
    "women_only": _l("is for women and their children"),
    "children_only": _l("is for children alone"),
    "family_elsewhere": _l("the family sleeps elsewhere; parting a family asks the safeguards"),
    "contagion": _l("somebody there or the person is to sleep apart"),
    "woman_among_men": _l("a woman alone would sleep among men who are strangers"),
    "not_step_free": _l("is not reached without steps"),
    "kept_for_others": _l("is meant for other people"),
    "with_family": _l("the family sleeps here"),
    "near_family": _l("the family sleeps next door"),
    "for_children": _l("is meant for children alone"),
    "for_women": _l("is meant for women and their children"),
    "for_families": _l("is meant for families"),
    "sleeps_apart": _l("the person sleeps apart here"),
    "step_free": _l("is reached without steps"),
    "empty_room": _l("nobody else sleeps here"),
}


def of(words: Words, code: str) -> str:
    """The word for a code in the reader's language; the code itself where there is none."""
    return str(words.get(code, code))


def centre_title(centre: Centre) -> str:
    """The centre's own title, or the pack's for its place."""
    return centre.title or place_title(centre.code)


def unit_title(unit: Unit) -> str:
    return f"{unit.block} · {unit.name}" if unit.block else unit.name


def standard_title(name: str) -> str:
    """What a figure of the standards is called in the reader's language."""
    parameter = node_pack().parameters.get(name)
    return parameter.what.get(get_language() or "en", parameter.what.get("en", name)) if parameter else name


def _grave(facts: Mapping[str, str]) -> str:
    said = {"what": of(INCIDENTS, facts["kind"]), "centre": place_title(facts["centre"])}
    return _("A grave incident in %(centre)s: %(what)s. Read what was done.") % said


def _announced(facts: Mapping[str, str]) -> str:
    return _("A person is announced for %(centre)s.") % {"centre": place_title(facts["centre"])}


sentences({"reception.grave_incident": _grave, "reception.announced": _announced})

# The story of a file is read by people who need not know where the person sleeps: no line names a place.
tells(
    {
        "reception.move_in": lambda facts: _("A place to sleep was given."),
        "reception.move_out": lambda facts: _("Moved out: %(why)s.") % {"why": of(ENDINGS, facts.get("why", ""))},
        "reception.hand_out": lambda facts: _("Something was handed out, with a receipt."),
        "reception.set_appointment": lambda facts: _("An appointment was made."),
        "reception.announce": lambda facts: _("The person was announced at another centre."),
        "reception.report_incident": lambda facts: _("An incident was written down."),
        "reception.follow_incident": None,
        "reception.keep_appointment": None,
        "reception.set_presence": None,
        "reception.set_care": None,
        "reception.keep_apart": None,
        "reception.end_keep_apart": None,
        "reception.read_person": lambda facts: _("The reception page was read."),
    }
)
