"""How this room's codes, notices and lines of a file's story read."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from panah.foundation.notices.service import sentences
from panah.node.reception.models import Centre, Unit
from panah.node.registration.service import node_pack, place_title, tells

Words = Mapping[str, str | Promise]

KINDS: Words = {
    "reception_centre": gettext_lazy("Reception centre"),
    "shelter": gettext_lazy("Shelter"),
    "emergency_site": gettext_lazy("Emergency site"),
}
MEANT_FOR: Words = {
    "anyone": gettext_lazy("anyone"),
    "families": gettext_lazy("families"),
    "women": gettext_lazy("women and their children"),
    "men": gettext_lazy("men"),
    "children": gettext_lazy("children alone"),
    "apart": gettext_lazy("people who sleep apart"),
}
WHY_BLOCKED: Words = {
    "repair": gettext_lazy("repair"),
    "hygiene": gettext_lazy("cleaning or disinfection"),
    "no_staff": gettext_lazy("no staff"),
    "danger": gettext_lazy("danger"),
    "kept_free": gettext_lazy("kept free for emergencies"),
    "other": gettext_lazy("another reason"),
}
PRESENCES: Words = {
    "in": pgettext_lazy("presence", "In"),
    "leave": pgettext_lazy("presence", "Out with leave"),
    "absent": pgettext_lazy("presence", "Absent"),
}
ENDINGS: Words = {
    "left_freely": gettext_lazy("left of their own will"),
    "own_housing": gettext_lazy("has housing of their own"),
    "other_place": gettext_lazy("to another place"),
    "returned": gettext_lazy("returned to their country"),
    "not_back": gettext_lazy("did not come back"),
    "sent_away": gettext_lazy("sent away"),
    "died": gettext_lazy("died"),
    "moved": gettext_lazy("moved to another unit"),
}
WILL: Words = {
    "agrees": gettext_lazy("The person agrees"),
    "does_not_agree": gettext_lazy("The person does not agree"),
    "not_asked": gettext_lazy("The person was not asked"),
}
ITEMS: Words = {
    "meal": gettext_lazy("Meal"),
    "food_parcel": gettext_lazy("Food parcel"),
    "water": gettext_lazy("Water"),
    "bedding": gettext_lazy("Bedding"),
    "clothing": gettext_lazy("Clothing"),
    "hygiene_kit": gettext_lazy("Hygiene kit"),
    "baby_kit": gettext_lazy("Things for a baby"),
    "heater": gettext_lazy("Heater"),
    "cash": gettext_lazy("Cash assistance"),
    "other": gettext_lazy("Something else"),
}
STOCK_REASONS: Words = {
    "delivery": gettext_lazy("came in"),
    "found": gettext_lazy("found when counting"),
    "spoilt": gettext_lazy("spoilt or worn out"),
    "sent_on": gettext_lazy("sent to another centre"),
    "missing": gettext_lazy("missing when counting"),
}
RECEIPTS: Words = {
    "signed": gettext_lazy("signed"),
    "fingerprint": gettext_lazy("fingerprint on paper"),
    "by_guardian": gettext_lazy("signed by the guardian"),
    "would_not_sign": gettext_lazy("did not wish to sign"),
}
APPOINTMENTS: Words = {
    "health": gettext_lazy("Doctor or nurse"),
    "interview": gettext_lazy("Interview"),
    "legal_aid": gettext_lazy("Legal aid"),
    "school": gettext_lazy("School"),
    "counselling": gettext_lazy("Counselling"),
    "authority": gettext_lazy("An authority"),
    "other": gettext_lazy("Something else"),
}
KEPT: Words = {"kept": gettext_lazy("kept"), "missed": gettext_lazy("missed"), "cancelled": gettext_lazy("cancelled")}
INCIDENTS: Words = {
    "violence": gettext_lazy("Violence"),
    "sexual_violence": gettext_lazy("Sexual violence"),
    "child_harmed": gettext_lazy("Harm to a child"),
    "self_harm": gettext_lazy("Self-harm"),
    "death": gettext_lazy("Death"),
    "missing_child": gettext_lazy("A child is missing"),
    "fire": gettext_lazy("Fire or accident"),
    "illness": gettext_lazy("Illness that may spread"),
    "theft": gettext_lazy("Theft"),
    "threat": gettext_lazy("Threat"),
    "other": gettext_lazy("Something else"),
}
TOLD: Words = {
    "police": gettext_lazy("police"),
    "ambulance": gettext_lazy("ambulance"),
    "child_protection": gettext_lazy("child protection"),
    "family": gettext_lazy("family"),
    "guardian": gettext_lazy("guardian"),
    "nobody": gettext_lazy("nobody yet"),
}
REASONS: Words = {
    "full": gettext_lazy("has no place left"),
    "child_among_adults": gettext_lazy("a child alone would sleep among adults who are strangers"),
    "feared": gettext_lazy("people who are afraid of each other would meet"),
    "women_only": gettext_lazy("is for women and their children"),
    "children_only": gettext_lazy("is for children alone"),
    "family_elsewhere": gettext_lazy("the family sleeps elsewhere; parting a family asks the safeguards"),
    "contagion": gettext_lazy("somebody there or the person is to sleep apart"),
    "woman_among_men": gettext_lazy("a woman alone would sleep among men who are strangers"),
    "not_step_free": gettext_lazy("is not reached without steps"),
    "kept_for_others": gettext_lazy("is meant for other people"),
    "with_family": gettext_lazy("the family sleeps here"),
    "near_family": gettext_lazy("the family sleeps next door"),
    "for_children": gettext_lazy("is meant for children alone"),
    "for_women": gettext_lazy("is meant for women and their children"),
    "for_families": gettext_lazy("is meant for families"),
    "sleeps_apart": gettext_lazy("the person sleeps apart here"),
    "step_free": gettext_lazy("is reached without steps"),
    "empty_room": gettext_lazy("nobody else sleeps here"),
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


def _centre(code: str) -> str:
    """What a centre is called: its own title, else the pack's."""
    row = Centre.objects.filter(code=code).first()
    return centre_title(row) if row else place_title(code)


def _grave(facts: Mapping[str, str]) -> str:
    if not facts["kind"]:
        return _("A grave incident in %(centre)s. Read what was done.") % {"centre": _centre(facts["centre"])}
    said = {"what": of(INCIDENTS, facts["kind"]), "centre": _centre(facts["centre"])}
    return _("A grave incident in %(centre)s: %(what)s. Read what was done.") % said


def _announced(facts: Mapping[str, str]) -> str:
    return _("A person is announced for %(centre)s.") % {"centre": _centre(facts["centre"])}


def _asked(facts: Mapping[str, str]) -> str:
    said = {"centre": _centre(facts["centre"]), "people": facts["people"]}
    return _("A post asks %(centre)s for a place for tonight. How many people: %(people)s. Answer now.") % said


def _answered(facts: Mapping[str, str]) -> str:
    if facts["answer"] == "given":
        return _("%(centre)s has a place for tonight for the person whom you asked for.") % {
            "centre": _centre(facts["centre"])
        }
    return _("%(centre)s has no place for tonight. Read why, and ask another centre.") % {
        "centre": _centre(facts["centre"])
    }


sentences(
    {
        "reception.grave_incident": _grave,
        "reception.announced": _announced,
        "reception.place_asked": _asked,
        "reception.place_answered": _answered,
    }
)

# The story of a file is read by people who need not know where the person sleeps: no line names a place.
tells(
    {
        "reception.move_in": lambda facts: _("A place to sleep was given."),
        "reception.move_out": lambda facts: _("Moved out: %(why)s.") % {"why": of(ENDINGS, facts.get("why", ""))},
        "reception.hand_out": lambda facts: _("Something was handed out, with a receipt."),
        "reception.set_appointment": lambda facts: _("An appointment was made."),
        "reception.ask_place": lambda facts: _("A place for tonight was asked for."),
        "reception.answer_place": lambda facts: (
            _("A centre has a place for tonight.") if facts.get("answer") == "given" else _("A centre had no place.")
        ),
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
