"""How this room's codes, notices and lines of a file's story read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from panah.foundation.notices.service import sentences
from panah.node.registration.service import body_title, place_title, tells
from panah.web.reading import gregorian_day, time_of_day

Words = Mapping[str, str | Promise]

ANSWERS: Words = {
    "unknown": gettext_lazy("Not known yet"),
    "yes": gettext_lazy("Yes"),
    "no": gettext_lazy("No"),
    "refused": gettext_lazy("Does not wish to answer"),
}
KNOWN: Words = {code: ANSWERS[code] for code in ("unknown", "yes", "no")}
CHILD: Words = {
    "unknown": gettext_lazy("Not known yet"),
    "yes": gettext_lazy("A child"),
    "treated": gettext_lazy("Treated as a child until the age is settled"),
    "no": gettext_lazy("Not a child"),
}
DOCTORS: Words = {
    "unknown": gettext_lazy("Not known yet"),
    "seen": gettext_lazy("A doctor saw the person"),
    "called": gettext_lazy("A doctor was called"),
    "refused": gettext_lazy("The person did not wish a doctor"),
    "no": gettext_lazy("No doctor"),
}
TOLD: Words = {
    "reasons": gettext_lazy("why they are held"),
    "rights": gettext_lazy("their rights"),
    "asylum": gettext_lazy("that they may ask for asylum"),
    "lawyer": gettext_lazy("that they may reach a lawyer"),
    "family": gettext_lazy("that they may reach their family"),
    "consulate": gettext_lazy("that they may reach their own consulate, only if they wish"),
    "complaint": gettext_lazy("how to complain"),
}
WISHES: Words = {
    "lawyer": pgettext_lazy("wishes to reach", "a lawyer"),
    "family": pgettext_lazy("wishes to reach", "the family"),
    "consulate": pgettext_lazy("wishes to reach", "their own consulate"),
    "unhcr": pgettext_lazy("wishes to reach", "UNHCR"),
    "nobody": pgettext_lazy("wishes to reach", "nobody"),
}
PURPOSES: Words = {
    "registration": gettext_lazy("registration and first questions"),
    "medical": gettext_lazy("a doctor or hospital"),
    "child_protection": gettext_lazy("child protection"),
    "competent_body": gettext_lazy("the competent body"),
    "court": gettext_lazy("a court"),
    "identification": gettext_lazy("identification"),
    "other": gettext_lazy("another purpose"),
}
ENDS: Words = {
    "released": pgettext_lazy("custody", "Released"),
    "referred": pgettext_lazy("custody", "Referred"),
    "reception": pgettext_lazy("custody", "To reception"),
    "hospital": pgettext_lazy("custody", "To hospital"),
    "detention": pgettext_lazy("custody", "A procedure of detention is opened"),
    "refused_entry": pgettext_lazy("custody", "Entry refused"),
    "handed_over": pgettext_lazy("custody", "Handed over to another state"),
    "died": pgettext_lazy("custody", "Died"),
}


SEEN_BY: Words = {
    "unknown": pgettext_lazy("seen by", "Not known"),
    "nobody": pgettext_lazy("seen by", "Nobody medical"),
    "physician": pgettext_lazy("seen by", "A physician"),
    "nurse": pgettext_lazy("seen by", "A nurse"),
    "medic": pgettext_lazy("seen by", "Another medic"),
}
RESULTS: Words = {
    "unknown": pgettext_lazy("fitness to travel", "Not known"),
    "fit": pgettext_lazy("fitness to travel", "Fit to travel"),
    "conditions": pgettext_lazy("fitness to travel", "Fit to travel with conditions"),
    "unfit": pgettext_lazy("fitness to travel", "Not fit to travel"),
}
CONDITIONS: Words = {
    "medicine": gettext_lazy("own medicine goes along and is given on time"),
    "medic_along": gettext_lazy("somebody medical goes along"),
    "seat": gettext_lazy("a seat with room and air"),
    "lying": gettext_lazy("lying down"),
    "rests": gettext_lazy("rests, water and a toilet on the way"),
    "short_road": gettext_lazy("no long road"),
    "other": gettext_lazy("another condition, written below"),
}
COMPLAINTS: Words = {
    "ill": gettext_lazy("Says: ill"),
    "hurt": gettext_lazy("Says: hurt or in pain"),
    "pregnant": gettext_lazy("Says: pregnant"),
    "cannot_travel": gettext_lazy("Says: cannot travel"),
}
AGAINST: Words = {
    "not_fit": gettext_lazy(
        "Somebody medical said that the person is not fit to travel. They go nowhere but to a health service: end custody as taken to "
        "hospital, or hand over to a body that the pack names for health. Else wait until somebody medical says that they can travel."
    ),
    "ask_fitness": gettext_lazy(
        "Nobody asked whether the person is fit for this journey. Ask first, and write down what somebody medical said. To a health "
        "service nobody waits for it."
    ),
    "see_medic": gettext_lazy(
        "Before this journey somebody medical has to see the person and say whether they can travel. Call a physician, a nurse or another "
        "medic; to a health service the person goes at once."
    ),
    "ask_again": gettext_lazy(
        "What the person answered about their health is not known, and that is not no. Ask in a language that they understand, or have "
        "somebody medical see them. Until then they go only to be registered, to child protection or to a health service."
    ),
}


def of(words: Words, code: str) -> str:
    """The word for a code in the reader's language; the code itself where there is none."""
    return str(words.get(code, code))


def several(words: Words, codes: list[str]) -> str:
    return "; ".join(of(words, code) for code in codes)


def holder(body: str, post: str) -> str:
    """Who has the person: the body, and the post where one is known."""
    return ", ".join(part for part in (body_title(body) if body else "", place_title(post) if post else "") if part)


def taken_by(code: str) -> str:
    """The body that took the person, or the post where no body was named."""
    titled = body_title(code)
    return titled if titled != code else place_title(code)


def _said(sentence: str, facts: Mapping[str, str]) -> str:
    return sentence % {"number": facts["number"], "holder": holder(facts["body"], facts["post"])}


sentences(
    {
        "custody.to_confirm": lambda facts: _said(
            _("A person is on the way to you: %(number)s, from %(holder)s. Confirm as soon as they are with you."),
            facts,
        ),
        "custody.unconfirmed": lambda facts: _said(
            _("Nobody confirmed the hand-over of %(number)s from %(holder)s. Find out at once where the person is."),
            facts,
        ),
        "custody.over_time": lambda facts: _said(
            _("In custody beyond the time of the law: %(number)s, %(holder)s. Decide or release now."), facts
        ),
        "custody.child": lambda facts: _said(
            _("A child, or somebody treated as one, is in custody: %(number)s, %(holder)s. Go there at once."), facts
        ),
        "custody.died": lambda facts: _said(_("A person died in custody: %(number)s, %(holder)s."), facts),
    }
)


def _from_to(facts: Mapping[str, Any]) -> str:
    since = _moment(str(facts["since"]))
    if not facts.get("until"):
        return _("In custody since %(since)s.") % {"since": since}
    return _("In custody from %(since)s to %(until)s.") % {"since": since, "until": _moment(str(facts["until"]))}


def _moment(iso: str) -> str:
    at, tag = timezone.localtime(datetime.fromisoformat(iso)), get_language() or "en"
    return f"{gregorian_day(at.date(), tag, short=True)}, {time_of_day(at, tag)}"


# One line from and to, for all who read the file: by whom, why and how is for those who hold the person and those who watch.
tells(
    {
        "custody.apprehend": lambda facts: _("Taken into custody."),
        "custody.join": _from_to,
        "custody.end": _from_to,
        "custody.ask": None,
        "custody.say_fitness": None,
        "custody.hand_on": None,
        "custody.confirm": None,
        "custody.take_back": None,
        "custody.tell": None,
        "custody.listed": lambda facts: _("The register of custody was taken as a table."),
        "custody.read": lambda facts: _("The record of custody was read."),
    }
)
