"""What the acts about interpreters and leading do. A writer beside actions.py."""

from __future__ import annotations

from panah.foundation.access.models import Officer
from panah.foundation.door.service import Moment, NotFound, Outcome, Refused, handles
from panah.foundation.notices.service import Word
from panah.node.procedures import actions, rules
from panah.node.procedures.actions import interpreters
from panah.node.procedures.hearing_acts import AnswerAppointment, AssignLead, NameInterpreter
from panah.node.procedures.models import Hearing, Proceeding


@handles(NameInterpreter)
def name_interpreter(action: NameInterpreter, moment: Moment) -> Outcome:
    row = actions.open_one(action.row)
    hearing = row.hearings.select_for_update().filter(pk=action.hearing).first()
    if hearing is None:
        raise NotFound("There is no such hearing.")
    if hearing.held_at is not None:
        raise Refused("The hearing was held. Who interpreted stands in its record.", code="held")
    interpreters.check(action.interpreter_account, action.interpreter)
    Hearing.objects.filter(pk=hearing.pk).update(
        interpreter=action.interpreter, interpreter_account=action.interpreter_account, interpreter_says="",
        interpreter_conflict=False, interpreter_words="", interpreter_said_at=None,
    )  # fmt: skip
    return Outcome(
        facts=actions.facts_of_act(row), notices=interpreters.asked(action.interpreter_account, hearing.pk, row.number)
    )


@handles(AnswerAppointment)
def answer_appointment(action: AnswerAppointment, moment: Moment) -> Outcome:
    hearing = action.row
    if action.conflict and action.answer != "declined":
        raise Refused(
            "Whoever has a conflict of interest does not interpret. Decline, and another is asked.",
            code="conflict",
            field="answer",
        )
    Hearing.objects.filter(pk=hearing.pk).update(
        interpreter_says=action.answer, interpreter_conflict=action.conflict, interpreter_words=action.words,
        interpreter_said_at=moment.recorded_at,
    )  # fmt: skip
    row: Proceeding = hearing.proceeding
    told = actions.to_lane("procedures.interpreter_declined", row, {"number": row.number})
    return Outcome(facts=actions.facts_of_act(row), notices=tuple(told) if action.answer == "declined" else ())


@handles(AssignLead)
def assign_lead(action: AssignLead, moment: Moment) -> Outcome:
    row = actions.open_one(action.row)
    who = Officer.objects.filter(pk=action.lead, is_active=True, body=row.body, serves_state="").first()
    if who is None or who.roles.isdisjoint(rules.WORKED_ON_BY[row.procedure]):
        raise Refused(
            "The case is led by an officer of this body who works on such procedures. Choose another.",
            code="not_of_the_lane",
            field="lead",
        )
    Proceeding.objects.filter(pk=row.pk).update(lead=who.pk)
    words = (Word("procedures.leads", officer=who.pk, facts={"number": row.number}, link=actions.link(row)),)
    return Outcome(facts=actions.facts_of_act(row), notices=() if who.pk == action.by else words)
