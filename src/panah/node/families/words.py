"""How this room's codes, notices and lines of a file's story read."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from panah.foundation.notices.service import sentences
from panah.node.registration.service import tells

Words = Mapping[str, str | Promise]

RELATIONS: Words = {
    "mother": pgettext_lazy("who is sought", "Mother"),
    "father": pgettext_lazy("who is sought", "Father"),
    "child": pgettext_lazy("who is sought", "Child"),
    "spouse": pgettext_lazy("who is sought", "Wife or husband"),
    "sister_or_brother": pgettext_lazy("who is sought", "Sister or brother"),
    "grandparent": pgettext_lazy("who is sought", "Grandmother or grandfather"),
    "grandchild": pgettext_lazy("who is sought", "Grandchild"),
    "aunt_or_uncle": pgettext_lazy("who is sought", "Aunt or uncle"),
    "other_relative": pgettext_lazy("who is sought", "Another relative"),
    "guardian": pgettext_lazy("who is sought", "Guardian"),
    "other": pgettext_lazy("who is sought", "Somebody else"),
}
SEXES: Words = {
    "": gettext_lazy("Not said"),
    "female": gettext_lazy("Female"),
    "male": gettext_lazy("Male"),
    "other": gettext_lazy("Other"),
}
WILL: Words = {"yes": gettext_lazy("Yes"), "no": gettext_lazy("No"), "not_asked": gettext_lazy("Not asked")}
SAYS: Words = {
    "yes": gettext_lazy("Yes"),
    "no": gettext_lazy("No"),
    "later": gettext_lazy("Wants time to think"),
    "not_asked": gettext_lazy("Not asked"),
}
RECIPIENTS: Words = {
    "family_tracing": gettext_lazy("Red Cross or Red Crescent, Family Links Network"),
    "child_protection": gettext_lazy("Child protection"),
    "unhcr": gettext_lazy("UNHCR"),
    "iom": gettext_lazy("IOM"),
    "own_consulate": gettext_lazy("the consulate of the person's state"),
}
INTERESTS: Words = {
    "": gettext_lazy("Not a child"),
    "not_assessed": gettext_lazy("Not assessed yet"),
    "in_interest": gettext_lazy("Assessed: in the child's best interests"),
    "not_in_interest": gettext_lazy("Assessed: not in the child's best interests"),
}
ATTEMPTS: Words = {
    "own_files": gettext_lazy("Own files searched"),
    "centres": gettext_lazy("Centres asked"),
    "hospitals": gettext_lazy("Hospitals asked"),
    "border_posts": gettext_lazy("Border posts asked"),
    "telephone": gettext_lazy("Telephone"),
    "community": gettext_lazy("People of the same place asked"),
    "family_links_network": gettext_lazy("Family Links Network asked"),
    "other_body": gettext_lazy("Another body asked"),
    "outside": gettext_lazy("Sent on as a referral"),
    "other": gettext_lazy("Something else"),
}
STANDINGS: Words = {
    "proposed": gettext_lazy("Proposed"),
    "confirmed": gettext_lazy("Confirmed"),
    "rejected": gettext_lazy("Rejected"),
}
TELL: Words = {
    "message": gettext_lazy("a message"),
    "contact": gettext_lazy("how to reach the person"),
    "place": gettext_lazy("where the person is"),
}
OUTCOMES: Words = {
    "reunited": gettext_lazy("Reunited"),
    "contact_restored": gettext_lazy("In contact again"),
    "declined_by_one": gettext_lazy("One of them does not wish it"),
    "not_in_best_interests": gettext_lazy("Not in the child's best interests"),
    "not_traced": gettext_lazy("Not found"),
    "closed_by_wish": gettext_lazy("Closed as the person wished"),
    "died": gettext_lazy("The person sought has died"),
    "opened_twice": gettext_lazy("Opened twice"),
}
UNITED: Words = {
    "reunited": gettext_lazy("Reunited"),
    "declined_by_one": gettext_lazy("One of them does not wish it"),
    "not_in_best_interests": gettext_lazy("Not in the child's best interests"),
    "not_reached": gettext_lazy("Not reached any more"),
    "closed_by_wish": gettext_lazy("Closed as the person wished"),
    "parted_again": gettext_lazy("Apart again"),
}
FOLLOWED: Words = {
    "well": gettext_lazy("They are well"),
    "needs_help": gettext_lazy("They need help"),
    "apart_again": gettext_lazy("Apart again"),
    "not_reached": gettext_lazy("Not reached"),
}
WISHES: Words = {
    "do_not_look": gettext_lazy("Do not look for this one"),
    "do_not_tell": gettext_lazy("Do not tell this one of me"),
}
VERIFIED: Words = {
    "papers": gettext_lazy("papers"),
    "both_words": gettext_lazy("what both said apart"),
    "authority": gettext_lazy("an authority's word"),
    "dna": gettext_lazy("genes, with written consent"),
}
WHERE: Words = {
    "centre": gettext_lazy("In a centre"),
    "home": gettext_lazy("At home"),
    "elsewhere": gettext_lazy("Elsewhere"),
}
MONTHS: Words = {"1": gettext_lazy("After one month"), "3": gettext_lazy("After three months")}
REASONS: Words = {
    "seeks_back": gettext_lazy("seeks somebody like the seeker"),
    "name_same": gettext_lazy("same name"),
    "name_spelled_otherwise": gettext_lazy("same name, spelled otherwise"),
    "name_alike": gettext_lazy("like name"),
    "name_other": gettext_lazy("another name"),
    "name_not_known": gettext_lazy("name not known"),
    "father_same": gettext_lazy("same father's name"),
    "father_other": gettext_lazy("another father's name"),
    "birth_day_same": gettext_lazy("same date of birth"),
    "birth_year_same": gettext_lazy("same year of birth"),
    "birth_overlaps": gettext_lazy("dates of birth that can be the same"),
    "birth_swapped": gettext_lazy("day and month of birth exchanged"),
    "birth_near": gettext_lazy("dates of birth near each other"),
    "birth_far": gettext_lazy("dates of birth far apart"),
    "sex_other": gettext_lazy("not the same sex"),
    "citizenship_same": gettext_lazy("same citizenship"),
    "citizenship_other": gettext_lazy("another citizenship"),
    "document_same": gettext_lazy("same document number"),
    "document_same_other_issuer": gettext_lazy("same document number of another issuer"),
}


def of(words: Words, code: str) -> str:
    """The word for a code in the reader's language; the code itself where there is none."""
    return str(words.get(code, code))


sentences(
    {
        "families.proposed": lambda facts: _("There is a proposal for the tracing request %(number)s.") % facts,
        "families.agreed": lambda facts: _("There is news in the tracing request %(number)s.") % facts,
        "families.silent": lambda facts: (
            _("The tracing request %(number)s is silent: its next step is overdue.") % facts
        ),
        "families.handed_over": lambda facts: _("The tracing request %(number)s was handed over to you.") % facts,
    }
)

# The story of a file is read by people who may not know that somebody was found: of a match there is no line.
tells(
    {
        "families.open_request": lambda facts: _("Family tracing was asked for."),
        "families.note_attempt": lambda facts: _("A step of family tracing was written down."),
        "families.ask_outside": lambda facts: _("Family tracing was sent on as a referral."),
        "families.close_request": lambda facts: _("Family tracing was closed."),
        "families.bring_together": lambda facts: _("The family was brought together."),
        "families.set_sharing": None,
        "families.hand_over": None,
        "families.look": None,
        "families.report_silence": None,
        "families.decide_match": None,
        "families.keep_answer": None,
        "families.keep_wish": None,
        "families.end_wish": None,
        "families.keep_link": None,
        "families.end_link": None,
        "families.plan": None,
        "families.prepare": None,
        "families.set_place": None,
        "families.follow_up": None,
        "families.close_reunification": None,
        "families.read": None,
    }
)
