"""How this room's notices read, and its lines in a file's story."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from panah.cores.lawbook import Parameter
from panah.cores.screening.wording import wording
from panah.foundation.notices.service import sentences
from panah.node.procedures import terms
from panah.node.registration.service import node_pack, tells
from panah.node.safeguards.service import source_text

HOW_NOTIFIED = {
    "in_person": gettext_lazy("in person"),
    "registered_mail": gettext_lazy("by registered mail"),
    "legal_aid": gettext_lazy("through the legal adviser"),
    "guardian": gettext_lazy("through the guardian"),
    "not_found": gettext_lazy("the person was not found"),
}
SETTINGS = {
    "private": gettext_lazy("a private room"),
    "semi_private": gettext_lazy("a room that is not quite private"),
    "open": gettext_lazy("an open room"),
    "remote": gettext_lazy("by video or telephone"),
    "vehicle": gettext_lazy("in a vehicle"),
    "detention": gettext_lazy("in detention"),
}
EVIDENCE = {
    "document": gettext_lazy("document"),
    "statement": gettext_lazy("statement"),
    "report": gettext_lazy("report"),
    "country_information": gettext_lazy("information about the country"),
    "medical": gettext_lazy("medical finding"),
    "photograph": gettext_lazy("photograph"),
    "other": gettext_lazy("other"),
}
GRADES = {
    "A": gettext_lazy("A: original, verified"),
    "B": gettext_lazy("B: original, not verified"),
    "C": gettext_lazy("C: copy"),
    "D": gettext_lazy("D: statement of somebody else"),
    "E": gettext_lazy("E: the person’s own statement"),
    "F": gettext_lazy("F: what an officer saw"),
}


KINDS_OF_AID = {
    "state": gettext_lazy("lawyer paid by the state"),
    "ngo": gettext_lazy("organisation"),
    "un": gettext_lazy("agency of the United Nations"),
    "law_clinic": gettext_lazy("law clinic"),
    "private": gettext_lazy("lawyer of the person’s own"),
    "other": gettext_lazy("other"),
}
AID = {
    "asked": gettext_lazy("asked for; nobody gives it yet"),
    "given": gettext_lazy("given"),
    "declined": gettext_lazy("declined by the person"),
}
ANSWERS_OF_INTERPRETERS = {
    "": gettext_lazy("no answer yet"),
    "available": gettext_lazy("comes"),
    "declined": gettext_lazy("does not come"),
}
OWED = {
    "information": gettext_lazy("Information"),
    "interpreter": gettext_lazy("Interpreter"),
    "legal_aid": gettext_lazy("Legal aid"),
    "same_sex_interviewer": gettext_lazy("Interviewer of the same sex"),
    "guardian": gettext_lazy("Guardian"),
    "confidentiality": gettext_lazy("Confidentiality"),
    "written_reasons": gettext_lazy("Reasons in writing"),
    "copy_of_record": gettext_lazy("Copy of the record"),
    "individual_assessment": gettext_lazy("Assessment of this person's own case"),
    "alternatives_first": gettext_lazy("Alternatives considered first"),
    "judicial_review": gettext_lazy("Review by a court"),
    "support_without_testimony": gettext_lazy("Support that hangs on no testimony"),
    "best_interests": gettext_lazy("Best interests of the child"),
}


def owed_title(code: str) -> str:
    """What the person is owed at a stage, by its code in packs."""
    return str(OWED[code]) if code in OWED else code.replace("_", " ")


def fact_title(code: str) -> str:
    """What a fact of facts.yaml is called in the reader's language."""
    return _of_closed_list("facts", code)


def cause_title(code: str) -> str:
    """What a cause that stops clocks is called."""
    return _of_closed_list("causes", code)


def _of_closed_list(part: str, code: str) -> str:
    return next((in_reader_language(one["title"]) for one in terms.closed_list()[part] if one["code"] == code), code)


def procedure_title(code: str) -> str:
    """What the pack calls a procedure, in the reader's language; its code when the pack has it no longer."""
    shape = next((one for one in node_pack().procedures if one.code == code), None)
    return in_reader_language(shape.title) if shape else code


def stage_title(procedure: str, stage: str) -> str:
    """What the pack calls a stage of a procedure."""
    for shape in node_pack().procedures:
        if shape.code == procedure:
            for one in shape.stages:
                if one.id == stage:
                    return in_reader_language(one.title)
    return stage


def parameter_title(name: str) -> str:
    """What the law fixes under a parameter's name."""
    parameter = node_pack().parameters.get(name)
    return in_reader_language(parameter.what) if parameter else name


def outcome_text(code: str) -> str:
    """An outcome of the pack in the reader's language (`outcome.CODE` of the translations), else in English."""
    texts = wording(node_pack())
    said = texts.text(f"outcome.{code}", get_language() or "en") or texts.text(f"outcome.{code}", "en")
    return said.text if said else code.replace("-", " ").replace("_", " ")


def missing_text(parameter: Parameter, known: frozenset[str]) -> str:
    """What is missing to know when a term ends: the fact that starts it, or the law itself."""
    if known.isdisjoint(parameter.runs_from):
        starts = _(" or ").join(fact_title(code) for code in parameter.runs_from)
        return _("it starts with: %(fact)s. Say when that happened.") % {"fact": starts}
    return _("the pack does not say how long it is; nobody has found it in the text of the law yet.")


def in_reader_language(text: Mapping[str, str]) -> str:
    """A text of the pack in the language of the page, else in English."""
    return text.get(get_language() or "en") or text.get("en", "")


BASES = {"statutory": gettext_lazy("by law"), "target": gettext_lazy("a target, no law")}


def with_basis(said: str, basis: str) -> str:
    """What is said of a date, with whether the law sets it or only a target; nothing where that is not known."""
    return f"{said} ({BASES[basis]})" if basis in BASES else said


def _to_sign(facts: Mapping[str, str]) -> str:
    return _("A decision in %(number)s waits for a second officer to sign it.") % facts


def _sent_back(facts: Mapping[str, str]) -> str:
    return _("Your draft in %(number)s was sent back. Read why.") % facts


def _ended(facts: Mapping[str, str]) -> str:
    return _("The procedure %(number)s has ended. Its outcome is in the file.") % facts


def _warning(facts: Mapping[str, str]) -> str:
    due = timezone.localtime(datetime.fromisoformat(facts["due"])).strftime("%Y-%m-%d %H:%M")
    words = {
        "number": facts["number"],
        "what": parameter_title(facts["parameter"]),
        "due": due,
        "level": facts["level"],
    }
    if facts["level"] == "100":
        said = _("In %(number)s a term is over since %(due)s: %(what)s") % words
    else:
        said = _("In %(number)s %(level)s percent of a term have gone; it ends on %(due)s: %(what)s") % words
    return with_basis(said, facts.get("basis", ""))


sentences(
    {
        "procedures.to_sign": _to_sign,
        "procedures.sent_back": _sent_back,
        "procedures.ended": _ended,
        "procedures.warning": _warning,
        "procedures.answered_yes": lambda facts: (
            _(
                "In %(number)s the person answered yes before a step of force. Holds stand; a claim goes to the asylum authority."
            )
            % facts
        ),
        "procedures.asked_to_interpret": lambda facts: (
            _("You are asked to interpret in %(number)s. Say whether you come.") % facts
        ),
        "procedures.interpreter_declined": lambda facts: (
            _("In %(number)s the interpreter does not come. Name another.") % facts
        ),
        "procedures.leads": lambda facts: _("You lead %(number)s now.") % facts,
        "procedures.held_without_aid": lambda facts: (
            _("In %(number)s a person who is held declined legal aid. Look whether they were free to.") % facts
        ),
        "procedures.waiver_declared": lambda facts: (
            _("In %(number)s a person wants to give up a remedy. Look whether they are free to say so.") % facts
        ),
        "procedures.waiver_confirmed": lambda facts: _("In %(number)s a person gave up a remedy in writing.") % facts,
        "procedures.waiver_revoked": lambda facts: (
            _("In %(number)s a person took back that they gave up a remedy. Removal is held off again.") % facts
        ),
        "procedures.review_missed": lambda facts: with_basis(
            _("In %(number)s a review of detention was missed.") % facts, facts.get("basis", "")
        ),
        "procedures.must_be_released": lambda facts: with_basis(
            _("In %(number)s the longest time of detention is over. The person must be released.") % facts,
            facts.get("basis", ""),
        ),
    }
)


def _opened(facts: Mapping[str, Any]) -> str:
    return _("A procedure was opened: %(what)s") % {"what": procedure_title(facts["procedure"])}


def _stage_ended(facts: Mapping[str, Any]) -> str:
    words = {
        "stage": stage_title(facts["procedure"], facts.get("stage", "")),
        "outcome": outcome_text(facts.get("outcome", "")),
    }
    return _("%(stage)s: %(outcome)s") % words


def _fact_kept(facts: Mapping[str, Any]) -> str:
    """That an appeal was filed is part of everybody's story; other facts may tell what is for a lane alone."""
    if facts.get("fact") == "appeal_filed":
        return _("An appeal was filed.")
    return _("It was written down when something happened.")


def _law(facts: Mapping[str, Any]) -> str:
    """The law of the stage that was opened or ended."""
    shape = next((one for one in node_pack().procedures if one.code == facts.get("procedure")), None)
    stage = next((one for one in shape.stages if one.id == facts.get("stage")), None) if shape else None
    return source_text(stage.citations) if stage else ""


tells(
    {
        "procedures.open": _opened,
        "procedures.end_stage": _stage_ended,
        "procedures.sign_decision": _stage_ended,
        "procedures.draft_decision": lambda facts: _("A decision was drafted."),
        "procedures.send_decision_back": lambda facts: _("The draft was sent back to its author."),
        "procedures.notify_decision": lambda facts: _("The person was told of the decision."),
        "procedures.set_hearing": lambda facts: _("A hearing was set."),
        "procedures.record_hearing": lambda facts: _("A hearing was held, and its record kept."),
        "procedures.add_evidence": lambda facts: _("Evidence was added."),
        "procedures.pause": lambda facts: _("Clocks stand still."),
        "procedures.resume": lambda facts: _("Clocks run again."),
        "procedures.record_fact": _fact_kept,
        "procedures.warn": None,
        "procedures.ask_again": lambda facts: _("The person was asked again before a step of force."),
        "procedures.order_detention": lambda facts: _("The grounds of a detention were written down."),
        "procedures.review_detention": lambda facts: (
            _("A review of detention: released.")
            if facts.get("result") == "released"
            else _("A review of detention: held.")
        ),
        "procedures.tell_of_detention": None,
        "procedures.record_ban": lambda facts: _("A ban on entry was recorded."),
        "procedures.lodge_ban_remedy": lambda facts: _("Something was done against a ban on entry."),
        "procedures.note_destination": lambda facts: _("Another destination was noted."),
        "procedures.lift_ban": lambda facts: _("A ban on entry was lifted."),
        "procedures.end_remedy": lambda facts: _("A remedy is over, by the law and what is on file."),
        "procedures.lodge_remedy": lambda facts: _("The person lodged a remedy: the procedure is open again."),
        "procedures.declare_waiver": lambda facts: _("The person said that they give up a remedy."),
        "procedures.confirm_waiver": lambda facts: _("The person confirmed in writing that they give up a remedy."),
        "procedures.revoke_waiver": lambda facts: _("The person took back that they give up a remedy."),
        "procedures.ask_legal_aid": lambda facts: _("The person asked for legal aid."),
        "procedures.give_legal_aid": lambda facts: _("The person has legal aid."),
        "procedures.decline_legal_aid": lambda facts: _("The person freely declined legal aid."),
        "procedures.name_interpreter": lambda facts: _("An interpreter was named for a hearing."),
        "procedures.answer_appointment": lambda facts: (
            _("The interpreter does not come to the hearing.")
            if facts.get("answer") == "declined"
            else _("The interpreter comes to the hearing.")
        ),
        "procedures.assign_lead": lambda facts: _("It was said who leads the case."),
        "procedures.appointment_read": None,
        "procedures.paper_printed": lambda facts: _("A paper of the procedure was printed."),
        "procedures.read": lambda facts: _("The procedure was read."),
    },
    cites=dict.fromkeys(("procedures.open", "procedures.end_stage", "procedures.sign_decision"), _law),
)
