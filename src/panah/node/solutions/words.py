"""The codes of this room in the reader's language, its notices, and the lines of its journal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from panah.foundation.notices.service import sentences
from panah.node.referrals import service as referrals
from panah.node.registration import service as registration
from panah.node.registration.service import tells

Words = Mapping[str, str | Promise]

TOWARD: Words = {
    "voluntary_return": gettext_lazy("voluntary return"),
    "reintegration": gettext_lazy("reintegration of a national who came back"),
    "local_integration": gettext_lazy("local integration"),
    "regularisation": gettext_lazy("regularisation"),
    "ethnic_return": gettext_lazy("ethnic return"),
    "resettlement": gettext_lazy("resettlement or another pathway to a third country"),
}
AREAS: Words = {
    "documents": gettext_lazy("Documents"),
    "housing": gettext_lazy("Housing"),
    "work": gettext_lazy("Work and livelihood"),
    "skills": gettext_lazy("Recognition of skills"),
    "school": gettext_lazy("School"),
    "health": gettext_lazy("Health and psychosocial wellbeing"),
    "social_protection": gettext_lazy("Social protection"),
    "family": gettext_lazy("Family life"),
    "debt": gettext_lazy("Debts and bank"),
    "safety": gettext_lazy("Safety"),
    "community": gettext_lazy("Community"),
}
LEVELS: Words = {
    "0": pgettext_lazy("where a person stands", "not known"),
    "1": pgettext_lazy("where a person stands", "nothing is secure"),
    "2": pgettext_lazy("where a person stands", "manages with much help"),
    "3": pgettext_lazy("where a person stands", "manages with little help"),
    "4": pgettext_lazy("where a person stands", "manages without help"),
}
CONSENTS: Words = {
    "person": gettext_lazy("the person agrees"),
    "guardian": gettext_lazy("the guardian agrees; the child was heard"),
}
SAID: Words = {
    "unknown": pgettext_lazy("answer of a person", "not known"),
    "yes": pgettext_lazy("answer of a person", "yes"),
    "no": pgettext_lazy("answer of a person", "no"),
    "refused": pgettext_lazy("answer of a person", "did not want to say"),
}
CHECKED: Words = {code: SAID[code] for code in ("unknown", "yes", "no")}
SERVICES: Words = {
    "counselling": gettext_lazy("counselling"),
    "legal_aid": gettext_lazy("legal aid"),
    "training": gettext_lazy("training"),
    "language_course": gettext_lazy("language course"),
    "health_care": gettext_lazy("health care"),
    "mediation": gettext_lazy("mediation"),
    "escort": gettext_lazy("company to an office"),
    "money": gettext_lazy("money"),
    "goods": gettext_lazy("goods"),
    "other": gettext_lazy("something else"),
}
RECEIPTS: Words = {
    "": gettext_lazy("nothing was handed over"),
    "signed": gettext_lazy("signed"),
    "fingerprint": gettext_lazy("fingerprint"),
    "by_guardian": gettext_lazy("signed by the guardian"),
    "would_not_sign": gettext_lazy("did not want to sign"),
}
JOB_STAGES: Words = {
    "proposed": gettext_lazy("proposed"),
    "declined": gettext_lazy("the person declined"),
    "not_taken": gettext_lazy("the employer took somebody else"),
    "started": gettext_lazy("works there"),
    "ended": gettext_lazy("works there no more"),
}
COUNSELLORS: Words = {
    "own_office": gettext_lazy("this office"),
    "iom": gettext_lazy("the International Organization for Migration"),
    "unhcr": gettext_lazy("UNHCR"),
    "legal_aid": gettext_lazy("legal aid"),
    "ngo": gettext_lazy("a partner organisation"),
}
HOW: Words = {
    "telephone": gettext_lazy("by telephone"),
    "message": gettext_lazy("by message"),
    "visit": gettext_lazy("by a visit"),
    "office": gettext_lazy("at the office"),
}
WHERE: Words = {
    "unknown": pgettext_lazy("where somebody lives now", "not known"),
    "same_place": gettext_lazy("at the same place"),
    "moved_inside": gettext_lazy("elsewhere in the country"),
    "abroad_regular": gettext_lazy("abroad again, in a regular way"),
    "abroad_other": gettext_lazy("abroad again, in another way"),
}
# On what a ban of another state is contested (domain reference 4.5: design; that state's law was not read).
REMEDIES: Words = {
    "family_unity": gettext_lazy("family unity"),
    "illness": gettext_lazy("illness"),
    "error": gettext_lazy("a mistake of the authority"),
    "humanitarian": gettext_lazy("humanitarian grounds"),
    "court": gettext_lazy("a complaint to a court"),
}
RESULTS: Words = {
    "done": gettext_lazy("done"),
    "not_possible": gettext_lazy("not possible"),
    "not_wanted": gettext_lazy("the person does not want it"),
}
GRADES: Words = {
    "": gettext_lazy("no evidence"),
    "A": gettext_lazy("A: original, verified"),
    "B": gettext_lazy("B: original, not verified"),
    "C": gettext_lazy("C: copy"),
    "D": gettext_lazy("D: said by others"),
    "E": gettext_lazy("E: said by the person"),
    "F": gettext_lazy("F: seen by the officer"),
}
OUTCOMES: Words = {
    "reintegrated": gettext_lazy("reintegrated"),
    "re_migrated_regular": gettext_lazy("migrated again in a regular way"),
    "left_again": gettext_lazy("left again"),
    "changed_mind": gettext_lazy("the person changed their mind"),
    "support_ended": gettext_lazy("support ended"),
    "employed": gettext_lazy("employed"),
    "regularised": gettext_lazy("stay or work regularised"),
    "alternative_destination": gettext_lazy("another country of destination"),
    "returned": gettext_lazy("returned"),
    "naturalised": gettext_lazy("naturalised"),
    "citizenship_confirmed": gettext_lazy("citizenship confirmed"),
    "resettled": gettext_lazy("resettled"),
}
FOLLOW_UPS: Words = {
    "reached": gettext_lazy("reached"),
    "not_reached": gettext_lazy("not reached: how the person is, is not known"),
    "due": gettext_lazy("due"),
    "to_come": gettext_lazy("to come"),
}
DRIVERS: Words = {
    "PERSEC": gettext_lazy("persecution"),
    "CONFLICT": gettext_lazy("conflict"),
    "GENVIOL": gettext_lazy("general violence"),
    "RIGHTS": gettext_lazy("rights not respected"),
    "DISASTER": gettext_lazy("disaster"),
    "ENVDEG": gettext_lazy("environment getting worse"),
    "CLIMATE": gettext_lazy("climate"),
    "WORK": gettext_lazy("no work"),
    "WAGE": gettext_lazy("low wages"),
    "STUDY": gettext_lazy("study"),
    "FAMILY": gettext_lazy("family"),
    "HEALTH": gettext_lazy("health"),
    "DEBT": gettext_lazy("debt"),
    "TRAFFICKED": gettext_lazy("trafficked"),
    "EXPELLED": gettext_lazy("expelled"),
    "ETHNIC_TENSION": gettext_lazy("tension between groups"),
    "LAND_WATER": gettext_lazy("land or water"),
    "OTHER": gettext_lazy("something else"),
    "DK": pgettext_lazy("answer of a person", "not known"),
}
_WHO: Words = {"person": gettext_lazy("the person"), "office": gettext_lazy("this office")}


def of(words: Words, code: str) -> str:
    """The word for a code in the reader's language; the code itself where there is none."""
    return str(words.get(code, code))


def toward_title(code: str) -> str:
    return of(TOWARD, code)


def who(code: str) -> str:
    """Whose a step is."""
    return of(_WHO, code) if code in _WHO else referrals.recipient_title(code)


def parameter_title(name: str) -> str:
    """What the pack calls a term, in the reader's language."""
    parameter = registration.node_pack().parameters.get(name)
    return _in_reader_language(parameter.what) if parameter else name


def _in_reader_language(names: Mapping[str, str]) -> str:
    return names.get(get_language() or "en", names.get("en", ""))


def _asked(facts: Mapping[str, str]) -> str:
    said = {"number": facts["number"], "to": referrals.recipient_title(facts["to"])}
    return _("A plan for %(number)s needs a referral to: %(to)s. Ask the person, and send it.") % said


def _danger(facts: Mapping[str, str]) -> str:
    said = {"number": facts["number"], "body": registration.body_title(facts["from"])}
    return (
        _(
            "The person of the file %(number)s is in danger. A referral to you was asked for; if none comes today, ask %(body)s."
        )
        % said
    )


def _danger_overseen(facts: Mapping[str, str]) -> str:
    return _("Plan %(number)s: the person is in danger. Read what was done.") % facts


def _near(facts: Mapping[str, str]) -> str:
    return _("Plan %(number)s: the follow-up after %(months)s months comes near.") % facts


def _over(facts: Mapping[str, str]) -> str:
    return _("Plan %(number)s: the follow-up after %(months)s months is due. Try to reach the person.") % facts


sentences(
    {
        "solutions.referral_asked": _asked,
        "solutions.danger": _danger,
        "solutions.danger_overseen": _danger_overseen,
        "solutions.follow_up_near": _near,
        "solutions.follow_up_over": _over,
    }
)


def _tried(facts: Mapping[str, Any]) -> str:
    if facts.get("reached"):
        return _("Asked how life is, after %(months)s months.") % facts
    return _("Not reached after %(months)s months. How the person is, is not known.") % facts


# The story of a file is read by people who need not know what was said, where, or about which area.
tells(
    {
        "solutions.open": lambda facts: (
            _("A plan was made: %(toward)s.") % {"toward": of(TOWARD, facts.get("toward", ""))}
        ),
        "solutions.add_member": lambda facts: _("Somebody of the family joined the plan."),
        "solutions.record_standing": None,
        "solutions.add_step": None,
        "solutions.end_step": None,
        "solutions.ask_referral": lambda facts: _("A referral was asked for."),
        "solutions.give_service": None,
        "solutions.propose_job": lambda facts: _("A job was proposed."),
        "solutions.set_job": lambda facts: _("Job: %(stage)s.") % {"stage": of(JOB_STAGES, facts.get("stage", ""))},
        "solutions.counsel": lambda facts: _("Counsel on return was held."),
        "solutions.agree_to_return": lambda facts: _("The person said yes to returning."),
        "solutions.change_mind": lambda facts: _("The person took the yes to returning back."),
        "solutions.depart": lambda facts: _("The person left freely."),
        "solutions.begin": lambda facts: _("The day was kept on which the return or the solution began."),
        "solutions.try_follow_up": _tried,
        "solutions.report_danger": lambda facts: _("A danger was told to those who protect."),
        "solutions.reply_to_danger": lambda facts: _("It was kept what was done about a danger."),
        "solutions.close": lambda facts: (
            _("The plan was closed: %(outcome)s.") % {"outcome": of(OUTCOMES, facts.get("outcome", ""))}
        ),
        "solutions.remind": None,
        "solutions.read": lambda facts: _("The plan was read."),
        "solutions.paper_printed": lambda facts: _("The plan was printed."),
    }
)
