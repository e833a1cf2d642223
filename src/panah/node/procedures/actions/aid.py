"""What the acts about legal aid do. A writer beside actions.py."""

from __future__ import annotations

from panah.foundation.door.service import Moment, Outcome, Refused, handles
from panah.foundation.notices.service import Word
from panah.node.procedures import actions, rules, terms
from panah.node.procedures.actions.waivers import is_held, may_be_child
from panah.node.procedures.aid_acts import AskLegalAid, DeclineLegalAid, GiveLegalAid
from panah.node.procedures.models import LegalAid, Proceeding


@handles(AskLegalAid)
def ask_legal_aid(action: AskLegalAid, moment: Moment) -> Outcome:
    row = action.row
    if _asked(row) is not None:
        raise Refused("Legal aid is asked for already, and waits for somebody to give it.", code="asked")
    LegalAid.objects.create(
        id=action.aid, proceeding=row, state=rules.ASKED, asked_at=action.happened_at, language=action.language,
        recorded_at=moment.recorded_at, by=action.by,
    )  # fmt: skip
    return Outcome(result={"aid": str(action.aid)}, facts=actions.facts_of_act(row))


@handles(GiveLegalAid)
def give_legal_aid(action: GiveLegalAid, moment: Moment) -> Outcome:
    row = action.row
    if action.on > terms.local_day(moment.recorded_at):
        raise Refused("What has not happened yet is not on record. Give a day up to today.", code="future", field="on")
    said = {"state": rules.GIVEN, "organisation": action.organisation, "kind": action.kind, "given_on": action.on}
    kept = _keep(action, row, moment, said)
    return Outcome(result={"aid": str(kept.pk)}, facts=actions.facts_of_act(row))


@handles(DeclineLegalAid)
def decline_legal_aid(action: DeclineLegalAid, moment: Moment) -> Outcome:
    row = action.row
    problem = rules.problem_of_declining(
        child=may_be_child(row, moment), informed=action.informed, freely=action.freely
    )
    if problem:
        raise Refused(problem, code="not_free")
    said = {
        "state": rules.DECLINED,
        "said": action.said,
        "language": action.language,
        "interpreter": action.interpreter,
    }
    kept = _keep(action, row, moment, said | {"declined_at": action.happened_at})
    words: tuple[Word, ...] = ()
    if is_held(row):
        words = (
            Word("procedures.held_without_aid", role="ombudsman", facts={"number": row.number}, link=actions.link(row)),
        )
    return Outcome(result={"aid": str(kept.pk)}, facts=actions.facts_of_act(row), notices=words)


def _asked(row: Proceeding) -> LegalAid | None:
    return row.legal_aid.select_for_update().filter(state=rules.ASKED).first()


def _keep(action: GiveLegalAid | DeclineLegalAid, row: Proceeding, moment: Moment, said: dict[str, object]) -> LegalAid:
    """Into the row of what was asked and is still open; else a row of its own."""
    kept = _asked(row) or LegalAid(id=action.aid, proceeding=row)
    for name, value in (said | {"recorded_at": moment.recorded_at, "by": action.by}).items():
        setattr(kept, name, value)
    kept.save()
    return kept
