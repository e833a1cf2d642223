"""How this room's codes and the lines of its journal read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from panah.node.registration.service import tells

Words = Mapping[str, str | Promise]

KINDS: Words = {
    "employed": gettext_lazy("employed"),
    "self_employed": pgettext_lazy("insured time", "working for oneself"),
    "service": gettext_lazy("state or military service"),
    "unpaid": gettext_lazy("counted without work, such as care of a child"),
    "unknown": pgettext_lazy("insured time", "not known"),
}
PERMITS: Words = {
    "work_permit": gettext_lazy("work permit"),
    "patent": gettext_lazy("patent"),
    "residence": gettext_lazy("residence permit"),
    "visa": gettext_lazy("visa"),
    "registration": gettext_lazy("registration of stay"),
    "other": pgettext_lazy("permit", "another paper"),
}
STANDING: Words = {
    "to_come": pgettext_lazy("permit", "begins later"),
    "unknown": pgettext_lazy("permit", "until when is not known"),
    "over": pgettext_lazy("permit", "over"),
    "ends_soon": pgettext_lazy("permit", "ends soon"),
    "holds": pgettext_lazy("permit", "holds"),
}
WAYS: Words = {
    "person": gettext_lazy("the person asks, with the paper of this office"),
    "office": gettext_lazy("this office asks"),
}
AGREED: Words = {
    "not_asked": gettext_lazy("not asked"),
    "yes": pgettext_lazy("agreed", "yes"),
    "no": pgettext_lazy("agreed", "no"),
}
RESULTS: Words = {
    "confirmed": pgettext_lazy("answer of a fund", "confirmed"),
    "in_part": pgettext_lazy("answer of a fund", "confirmed in part"),
    "denied": pgettext_lazy("answer of a fund", "nothing found there"),
    "no_answer": pgettext_lazy("answer of a fund", "no answer came"),
}
OUTCOMES: Words = {
    "claim_prepared": gettext_lazy("the claim is prepared"),
    "papers_given": gettext_lazy("the person has the papers"),
    "not_wanted": gettext_lazy("the person does not want it"),
    "moved_away": gettext_lazy("the person moved away"),
    "done": pgettext_lazy("work record", "nothing more to do"),
}
CONSENTS: Words = {
    "person": pgettext_lazy("who agreed", "the person"),
    "guardian": pgettext_lazy("who agreed", "the guardian, after the child was heard"),
}
AGREEMENTS: Words = {
    "eaeu-pensions-2019": gettext_lazy(
        "Agreement of the Eurasian Economic Union on pensions of workers, 20 December 2019, in force since 1 January 2021"
    )
}
WHY: Words = {
    "": gettext_lazy("Time in states of the agreement is added; a day in two of them counts once. Each state pays for its own days."),
    "pack_silent": gettext_lazy("Unknown: the pack of this state says nothing of adding insured time of other states."),
    "state_outside": gettext_lazy("This state is outside the agreement: time in its states is not added here, and none from here there."),
    "citizenship_unknown": gettext_lazy("Unknown: nobody knows yet whose citizen the person is, and the agreement is for workers of its states."),
    "person_outside": gettext_lazy(
        "Unknown: the agreement is for workers of its states. Whether it covers others who worked there was not found in any source."
    ),
}  # fmt: skip


def of(words: Words, code: str) -> str:
    """The word for a code in the reader's language; the code itself where there is none."""
    return str(words.get(code, code))


def _opened(facts: Mapping[str, Any]) -> str:
    return _("A record of work and insurance was opened.")


def _line(facts: Mapping[str, Any]) -> str:
    if facts.get("corrected"):
        return _("A line on insured time was corrected; the earlier one stays readable.")
    return _("Insured time was written down.")


def _permit(facts: Mapping[str, Any]) -> str:
    if facts.get("corrected"):
        return _("A permit was corrected; the earlier line stays readable.")
    return _("A permit was written down.")


def _asked(facts: Mapping[str, Any]) -> str:
    if facts.get("way") == "office":
        return _("A fund was asked about insured time, with the person's yes.")
    return _("The person was told what to ask a fund.")


# The story is read by people who need not know where somebody worked: no state, employer or fund stands in it.
tells(
    {
        "labour.open": _opened,
        "labour.record_period": _line,
        "labour.strike_period": lambda facts: _("A line on insured time was struck out, with the reason."),
        "labour.record_permit": _permit,
        "labour.strike_permit": lambda facts: _("A permit was struck out, with the reason."),
        "labour.ask_fund": _asked,
        "labour.take_answer": lambda facts: (
            _("Answer of a fund: %(result)s.") % {"result": of(RESULTS, facts.get("result", ""))}
        ),
        "labour.close": lambda facts: (
            _("The record of work was closed: %(outcome)s.") % {"outcome": of(OUTCOMES, facts.get("outcome", ""))}
        ),
        "labour.read": lambda facts: _("The record of work was read."),
        "labour.paper_printed": lambda facts: _("The record of work was printed."),
    }
)
