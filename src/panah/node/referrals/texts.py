"""The codes of this room in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

RECIPIENTS: Mapping[str, str | Promise] = {
    "asylum_authority": _("Asylum authority"),
    "statelessness_authority": _("Statelessness authority"),
    "migration_authority": _("Migration authority"),
    "anti_trafficking_unit": _("Anti-trafficking unit"),
    "victim_assistance": _("Assistance to victims"),
    "child_protection": _("Child protection"),
    "health_service": _("Health service"),
    "psychosocial_support": _("Psychosocial support"),
    "social_protection": _("Social protection"),
    "labour_authority": _("Labour authority"),
    "labour_inspection": _("Labour inspection"),
    "own_consulate": _("Consulate of the person's own state"),
    "civil_registry": _("Civil registry"),
    "security_service": _("Security service"),
    "legal_aid": _("Legal aid"),
    "reception_centre": _("Reception centre"),
    "ethnic_return_authority": _("Authority for ethnic return"),
    "family_tracing": _("Family tracing"),
    "unhcr": _("UNHCR"),
    "iom": _("IOM"),
}

DECLINE_REASONS: Mapping[str, str | Promise] = {
    "NOT_COMPETENT": _("Our body is not competent; another one is"),
    "INCOMPLETE": _("Something is missing; the sender has 48 hours, the person is not sent back"),
    "CAPACITY": _("We have no room; this goes to the supervisor and the coordinator at once"),
    "DUPLICATE": _("We have this person's referral already"),
    "PERSON_DECLINED": _("The person does not want it"),
}

OUTCOMES: Mapping[str, str | Promise] = {
    "registered": _("Registered as an asylum-seeker"),
    "recognised": _("Recognised as a refugee"),
    "complementary": _("Complementary protection"),
    "temporary": _("Temporary protection"),
    "rejected_final": _("Refused, finally"),
    "withdrawn_free": _("Withdrawn of the person's own free will"),
    "resettled": _("Resettled"),
    "opened_elsewhere": _("Case opened elsewhere"),
    "family_reunited": _("Reunited with the family"),
    "alternative_care": _("Alternative care"),
    "asylum_lane": _("Case goes on in the asylum procedure"),
    "best_interests_solution": _("Solution by best interests determination"),
    "identified": _("Formally identified"),
    "not_identified_still_served": _("Not identified, still assisted"),
    "safe_return": _("Safe return"),
    "residence": _("Residence permit"),
    "compensation": _("Compensation"),
    "stateless_status": _("Status of a stateless person"),
    "citizenship_confirmed": _("Citizenship of this state confirmed"),
    "nationality_of_safe_state": _("Nationality of another state confirmed, safely"),
    "naturalised": _("Naturalised"),
    "other_lane": _("Case goes on in another lane"),
    "regularised": _("Status regularised"),
    "voluntary_return": _("Voluntary return"),
    "witness": _("Stays as a witness"),
    "needs_met": _("Needs met"),
    "ongoing": _("Service goes on"),
    "declined_by_person": _("The person did not want it"),
    "employed": _("Employed"),
    "alternative_destination": _("Work in another state"),
    "returned": _("Returned"),
    "remedy_obtained": _("Remedy obtained"),
    "cleared": _("No concern remains"),
    "to_exclusion_unit": _("To the exclusion unit, inside the asylum procedure"),
    "criminal_procedure": _("Criminal procedure with its guarantees"),
}

STATUSES: Mapping[str, str | Promise] = {
    "sent": _("Waits for an answer"),
    "accepted": _("Accepted"),
    "declined": _("Declined"),
    "done": _("Done"),
}

DATA_CLASSES: Mapping[str, str | Promise] = {
    "identity_core": _("Identity"),
    "claim_content": _("What the person said of their fear"),
    "health_and_violence": _("Health, torture and violence"),
    "trafficking_facts": _("What was said about trafficking"),
    "skills_and_work": _("Work and skills"),
    "location": _("Where the person is"),
}


URGENCIES: Mapping[str, str | Promise] = {
    "immediate": _("Immediate: within the hour"),
    "same_day": _("The same day"),
    "priority": _("Within three days"),
    "routine": _("In turn"),
}

# Why a class of data is kept back: codes of `sharing.Decision`.
KEPT_BACK: Mapping[str, str | Promise] = {
    "consent_needed": _("the person has not agreed"),
    "never": _("never shared with them"),
    "not_in_matrix": _("they do not need it"),
}


# Why a body is proposed before others: codes of `choices.Why`.
WHY_PROPOSED: Mapping[str, str | Promise] = {
    "": "",
    "only": _("the only one that is competent here"),
    "law": _("proposed: the law names it, full or not"),
    "room": _("proposed: it has room"),
    "unknown_room": _("proposed: it is not known to be full"),
    "all_full": _("proposed: all are full; nobody stays outside for that"),
}

CHOSEN_FOR: Mapping[str, str | Promise] = {
    "law": _("It is the competent one by law"),
    "wish": _("The person wishes it"),
    "family": _("The family is there"),
    "skill": _("It has what this person needs"),
    "near": _("It is the nearest"),
    "promised": _("It promised a place by telephone"),
    "no_other": _("No other one can be reached"),
}

ENDED_FOR: Mapping[str, str | Promise] = {
    "replaced": _("Replaced by new keys"),
    "wrong_hands": _("Perhaps in wrong hands"),
    "lost": _("Lost by the body"),
    "closed": _("The body is closed"),
    "mistake": _("Entered by mistake"),
}

SAID: Mapping[str, str | Promise] = {
    "received": _("Received"),
    "accepted": _("Accepted"),
    "declined": _("Declined"),
    "done": _("Done"),
}


def why_proposed(code: str) -> str:
    return str(WHY_PROPOSED.get(code, code))


def recipient(to: str) -> str:
    return str(RECIPIENTS.get(to, to))


def decline_reason(code: str) -> str:
    return str(DECLINE_REASONS.get(code, code))


def outcome(code: str) -> str:
    return str(OUTCOMES.get(code, code))


def status(code: str) -> str:
    return str(STATUSES.get(code, code))


def data_class(code: str) -> str:
    return str(DATA_CLASSES.get(code, code))


def kept_back(code: str) -> str:
    return str(KEPT_BACK.get(code, code))


def urgency(code: str) -> str:
    return str(URGENCIES.get(code, code))
