"""Officers' words of this room: kinds, states, notices, lines of the journal."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from panah.foundation.notices.service import sentences
from panah.node.registration.service import tells

Words = Mapping[str, "str | Promise"]

KINDS: Words = {
    "pushback": gettext_lazy("Not let in, or no access to the procedure"),
    "removal_now": gettext_lazy("Removal in progress"),
    "violence": gettext_lazy("Violence by officials or staff"),
    "sexual_exploitation": gettext_lazy("Sexual exploitation or abuse by officials or staff"),
    "theft": gettext_lazy("Theft or extortion"),
    "detention": gettext_lazy("Unlawful detention, or its conditions"),
    "discrimination": gettext_lazy("Discrimination"),
    "delay": gettext_lazy("Delay or silence"),
    "wrong_data": gettext_lazy("Wrong data, or data given away"),
    "recruiter": gettext_lazy("Recruitment agency or employer"),
    "documents": gettext_lazy("Documents lost or kept"),
    "other": gettext_lazy("Other complaint"),
}
STATES: Words = {
    "received": gettext_lazy("Received"),
    "acknowledged": gettext_lazy("Acknowledged"),
    "inquiry": gettext_lazy("Inquiry"),
    "concluded": gettext_lazy("Concluded"),
    "withdrawn": gettext_lazy("Withdrawn"),
}
FINDINGS: Words = {
    "upheld": gettext_lazy("Upheld"),
    "partly_upheld": gettext_lazy("Upheld in part"),
    "not_upheld": gettext_lazy("Not upheld"),
    "cannot_be_established": gettext_lazy("Cannot be established"),
}
WHO: Words = {
    "": gettext_lazy("not said"),
    "person": gettext_lazy("the person concerned"),
    "relative": gettext_lazy("a relative or friend"),
    "lawyer": gettext_lazy("a lawyer"),
    "officer": gettext_lazy("an officer"),
    "organisation": gettext_lazy("an organisation"),
    "other": gettext_lazy("somebody else"),
}
VIA: Words = {
    "web": gettext_lazy("public page"),
    "paper": gettext_lazy("on paper or by word"),
    "rest": gettext_lazy("another system"),
}
STEPS: Words = {
    "talked": gettext_lazy("Talked with the complainer"),
    "heard_accused": gettext_lazy("Heard whom it is against"),
    "documents": gettext_lazy("Asked for documents"),
    "visit": gettext_lazy("Visited the place"),
    "medical": gettext_lazy("Had it examined by a doctor"),
    "expert": gettext_lazy("Asked an expert"),
    "other": gettext_lazy("Another step"),
}
LINES: Words = {
    "from_complainer": gettext_lazy("The complainer wrote"),
    "to_complainer": gettext_lazy("Written to the complainer"),
    "step": gettext_lazy("Step of the inquiry"),
    "measure": pgettext_lazy("complaint", "Measure taken"),
    "remark": gettext_lazy("Remark"),
    "reasons": gettext_lazy("Finding and reasons"),
}
HOLDS: Words = {
    "no_removal": gettext_lazy("No removal"),
    "no_detention": gettext_lazy("No detention"),
    "no_consular_contact": gettext_lazy("No contact with a consulate"),
    "keep_family_together": gettext_lazy("Keep the family together"),
}


def of(words: Words, code: str) -> str:
    """The word for a code in the reader's language; the code itself where there is none."""
    return str(words.get(code, code))


def _new(facts: Mapping[str, str]) -> str:
    if facts.get("danger"):
        return _("Somebody is in danger: a complaint came, %(number)s. Read it now.") % facts
    return _("A complaint came: %(number)s.") % facts


def _news(facts: Mapping[str, str]) -> str:
    return _("The complainer wrote again: %(number)s.") % facts


def _given(facts: Mapping[str, str]) -> str:
    return _("A complaint was given to you: %(number)s.") % facts


def _warning(facts: Mapping[str, str]) -> str:
    if facts.get("level") == "100":
        return _("The time to answer a complaint is over: %(number)s.") % facts
    return _("Of the time to answer a complaint %(level)s %% have gone by: %(number)s.") % facts


sentences(
    {
        "complaints.new": _new,
        "complaints.news": _news,
        "complaints.given": _given,
        "complaints.warning": _warning,
        "complaints.no_reader": lambda facts: _(
            "A complaint has no reader: give an officer of an oversight office an account."
        ),
    }
)
# These lines stand in no file's story, for no complaint's key is a person's file. Those who examine reads see them.
tells(
    {
        "complaints.read": lambda facts: _("A complaint was read."),
        "complaints.listed": lambda facts: _("A list of complaints was taken as a file."),
    }
)
