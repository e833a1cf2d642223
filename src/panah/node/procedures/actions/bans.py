"""What the acts about bans on entry do. A writer beside actions.py."""

from __future__ import annotations

from panah.cores.documents import codes
from panah.foundation.door.service import Moment, Outcome, Refused, handles
from panah.node.procedures import actions, terms
from panah.node.procedures.ban_acts import LiftBan, LodgeBanRemedy, NoteDestination, RecordBan
from panah.node.procedures.models import EntryBan


@handles(RecordBan)
def record_ban(action: RecordBan, moment: Moment) -> Outcome:
    row = actions.open_one(action.row)
    _refuse_unknown_state(action.state)
    if (action.length == "until") != (action.ends is not None):
        raise Refused(
            "Say until when the ban holds, or that it holds for ever, or that it is not known: a day belongs to the first alone.",
            code="length",
            field="ends",
        )
    if action.starts is not None and action.ends is not None and action.ends < action.starts:
        raise Refused("The ban cannot end before it starts. Check the days.", code="before_start", field="ends")
    EntryBan.objects.create(
        id=action.ban,
        proceeding=row,
        file=row.file,
        state=action.state,
        authority=action.authority,
        ground=action.ground,
        paper=action.paper,
        starts=action.starts,
        ends=action.ends,
        length=action.length,
        recorded_at=moment.recorded_at,
        by=action.by,
    )
    return Outcome(result={"ban": str(action.ban)}, facts=actions.facts_of_act(row) | {"state": action.state})


@handles(LodgeBanRemedy)
def lodge_ban_remedy(action: LodgeBanRemedy, moment: Moment) -> Outcome:
    ban = _standing(action.found)
    if not action.wished:
        raise Refused(
            "A remedy before another state tells it where the person is. It is lodged only at the person's own wish.",
            code="not_wished",
            field="wished",
        )
    if action.on > terms.local_day(moment.recorded_at):
        raise Refused("What has not happened yet is not on record. Give a day up to today.", code="future", field="on")
    EntryBan.objects.filter(pk=ban.pk).update(remedy_to=action.to, remedy_on=action.on, remedy_what=action.what)
    return Outcome(facts=actions.facts_of_act(action.row))


@handles(NoteDestination)
def note_destination(action: NoteDestination, moment: Moment) -> Outcome:
    ban = _standing(action.found)
    _refuse_unknown_state(action.state)
    barred = EntryBan.objects.filter(file=ban.file, state=action.state, lifted_on=None)
    today = terms.local_day(moment.recorded_at)
    if any(one.ends is None or one.ends >= today for one in barred):
        raise Refused("That state forbids the person to enter too. Choose another.", code="barred", field="state")
    EntryBan.objects.filter(pk=ban.pk).update(destination=action.state, destination_why=action.why)
    return Outcome(facts=actions.facts_of_act(action.row))


@handles(LiftBan)
def lift_ban(action: LiftBan, moment: Moment) -> Outcome:
    ban = _standing(action.found)
    if action.on > terms.local_day(moment.recorded_at):
        raise Refused("What has not happened yet is not on record. Give a day up to today.", code="future", field="on")
    EntryBan.objects.filter(pk=ban.pk).update(
        lifted_on=action.on, lifted_by=action.lifted_by, lifted_paper=action.paper
    )
    return Outcome(facts=actions.facts_of_act(action.row))


def _standing(ban: EntryBan) -> EntryBan:
    if ban.lifted_on is not None:
        raise Refused(f"The ban was lifted on {ban.lifted_on}. Nothing is left to do about it.", code="lifted")
    return ban


def _refuse_unknown_state(code: str) -> None:
    if not codes.is_state(code):
        raise Refused(
            f"No state has the code '{code}'. Allowed are ISO 3166-1 alpha-3 codes such as RUS or KAZ.",
            code="unknown_state",
            field="state",
        )
