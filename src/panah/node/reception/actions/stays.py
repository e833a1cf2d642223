"""Centres, who stays where, and what people get there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Sum

from panah.foundation.access.models import Officer
from panah.foundation.door.service import Harm, Moment, NotFound, Outcome, Refused, StoppedForOne, handles
from panah.foundation.notices.service import Word
from panah.node.reception import rooms, rules
from panah.node.reception.acts import (
    AddUnit,
    Announce,
    BlockPlaces,
    CountSupply,
    EndKeepApart,
    FollowIncident,
    FreePlaces,
    HandOutItem,
    KeepApart,
    KeepAppointment,
    MoveIn,
    MoveOut,
    OpenCentre,
    ReportIncident,
    SayRoom,
    SetAppointment,
    SetCare,
    SetPresence,
)
from panah.node.reception.models import (
    Announcement,
    Appointment,
    Block,
    Capacity,
    Centre,
    Fear,
    FollowUp,
    HandOut,
    Incident,
    Stay,
    Supply,
    Unit,
)
from panah.node.reception.permissions import may_be_received, of_centre
from panah.node.referrals import service as referrals
from panah.node.registration import service as registration
from panah.node.safeguards import service as safeguards


@handles(OpenCentre)
def open_centre(action: OpenCentre, moment: Moment) -> Outcome:
    place = registration.node_pack().place(action.centre_code)
    if place is not None and place.kind not in rules.FROM_PACK:
        raise Refused(
            f"The place {place.code} of the pack is a {place.kind}. A centre is one of: {', '.join(rules.FROM_PACK)}. "
            "Nobody is received in a place of detention.",
            code="wrong_kind",
            field="centre_code",
        )
    if place is None and not action.title:
        raise Refused(
            "The pack has no place of this code. Give the centre a title to add it.", code="no_title", field="title"
        )
    if Centre.objects.filter(code=action.centre_code).exists():
        raise Refused(
            f"The centre {action.centre_code} is open already. Choose another code.",
            code="open_already",
            field="centre_code",
        )
    row = Centre.objects.create(
        id=action.centre,
        code=action.centre_code,
        title="" if place else action.title,
        kind=place.kind if place else action.kind,
        body=_officer(moment).body,
        province=_province(action.centre_code) or _province(_officer(moment).post),
        opened_at=moment.recorded_at,
        opened_by=action.by,
    )
    return Outcome(result={"centre": str(row.pk)}, facts={"centre": str(row.pk), "code": row.code})


def _province(code: str) -> str:
    """Where a place of the pack lies; empty where the pack does not say."""
    place = registration.node_pack().place(code)
    return place.province if place else ""


@handles(AddUnit)
def add_unit(action: AddUnit, moment: Moment) -> Outcome:
    if action.row.closed_at is not None:
        raise Refused("The centre is closed. Open it again first.", code="closed")
    if action.row.units.filter(block=action.block, name=action.label).exists():
        raise Refused("The block has a unit of this name already. Give it another name.", code="taken", field="label")
    unit = Unit.objects.create(
        id=action.unit,
        centre=action.row,
        block=action.block,
        name=action.label,
        meant_for=action.meant_for,
        places=action.places,
        accessible=action.accessible,
        square_metres=action.square_metres,
        opened_at=moment.recorded_at,
    )
    return Outcome(result={"unit": str(unit.pk)})


@handles(CountSupply)
def count_supply(action: CountSupply, moment: Moment) -> Outcome:
    Supply.objects.create(
        centre=action.row, parameter=action.parameter, amount=action.amount, at=moment.recorded_at, by=action.by
    )
    return Outcome()


@handles(BlockPlaces)
def block_places(action: BlockPlaces, moment: Moment) -> Outcome:
    left = action.room.places - _blocked(action.room)
    if action.places > left:
        raise Refused(
            f"The unit has {left} places that are not blocked. Give a number up to {left}.",
            code="too_many",
            field="places",
        )
    Block.objects.create(
        id=action.block,
        unit=action.room,
        places=action.places,
        why=action.why,
        remark=action.remark,
        since=moment.recorded_at,
        by=action.by,
    )
    return Outcome(result={"block": str(action.block)})


@handles(FreePlaces)
def free_places(action: FreePlaces, moment: Moment) -> Outcome:
    if not Block.objects.filter(pk=action.row.pk, ended_at=None).update(ended_at=moment.recorded_at):
        raise Refused("These places are free already.", code="free_already")
    return Outcome()


@handles(MoveIn)
def move_in(action: MoveIn, moment: Moment) -> Outcome:
    people = [registration.file_by_id(file) for file in action.files]
    stays = {person.pk: rooms.stay_of(person.pk) for person in people}
    _companions_allowed(action, people, stays, _officer(moment))
    _nobody_held_is_left(action, [stay for stay in stays.values() if stay])
    for person in people:
        before = stays[person.pk]
        if person.closed_at is not None:
            raise Refused(f"The file {person.number} is closed. Nobody moves in with a closed file.", code="closed")
        if before and before.unit_id == action.unit:
            raise Refused(f"{person.number} sleeps in this unit already.", code="there_already", field="unit")
    if action.room.closed_at is not None or action.room.centre.closed_at is not None:
        raise Refused("The unit is closed. Choose another one, or open it again.", code="closed_unit", field="unit")
    guests = [rooms.guest_of(person, stays[person.pk]) for person in people]
    judged = rooms.options(guests, action.room.centre)
    chosen = next(option for option in judged if option.room.unit == action.unit)
    if chosen.bars:
        raise Refused(_WHY_BARRED[chosen.bars[0]], code=chosen.bars[0], field="unit")
    here = {stay.unit_id for stay in stays.values() if stay}
    proposed = next(option.room.unit for option in judged if option.room.unit not in here)
    if action.unit != proposed and not action.reason:
        raise Refused(
            "Another unit was proposed. Give the reason why this one is chosen.", code="reason_needed", field="reason"
        )
    if not action.reason and any(action.parts(file) for file in action.files):
        raise Refused("This parts a family. Give the reason in writing.", code="reason_needed", field="reason")
    made = (action.stay, *(each.stay for each in action.companions))
    for stay, guest in zip(made, guests, strict=True):
        before = stays[guest.file]
        if before:
            _end(before, rules.MOVED, "", moment.recorded_at)
        _begin(stay, guest, chosen, proposed, action, moment.recorded_at)
    facts = {"centre": str(action.room.centre_id), "as_proposed": action.unit == proposed, "people": len(people)}
    return Outcome(result={"stay": str(action.stay)}, facts=facts)


def _companions_allowed(
    action: MoveIn, people: list[registration.PersonFile], stays: dict[UUID, Stay | None], officer: Officer
) -> None:
    """Companions are of the person's family and not in others' centres, and no safeguard stands against the act for any of them."""
    family = {one.pk for one in rooms.family_of(people[0])}
    harm = action.harm()
    for person in people[1:]:
        stay = stays[person.pk]
        elsewhere = stay is not None and not of_centre.test(officer, stay.unit.centre)
        if person.pk not in family or elsewhere:
            raise Refused(
                "Together move only members of one family who are not in the centre of another body. Place them one by one.",
                code="not_together",
            )
        stop = safeguards.stop_for(person.pk, harm) if harm else None
        if stop is not None:
            raise StoppedForOne(
                f"A safeguard stands against it for {person.number}. Nobody was moved; place this person alone to read why.",
                stop,
            )


def _nobody_held_is_left(action: MoveIn, stays: Iterable[Stay]) -> None:
    """A hold of a family member who stays behind stands against the parting, as one of those who move does."""
    there = rooms.place(action.room)
    for before in stays:
        here = rooms.place(before.unit)
        left = Stay.objects.filter(family=before.family, ended_at=None).exclude(file__in=action.files)
        for stay in left.select_related("unit") if before.family else ():
            beside = [rooms.place(stay.unit)]
            parted = not rules.splits(here, None, beside) and rules.splits(there, here, beside)
            stop = safeguards.stop_for(stay.file, Harm.FAMILY_SPLIT) if parted else None
            if stop is not None:
                number = registration.file_by_id(stay.file).number
                raise StoppedForOne(
                    f"A safeguard keeps {number}, who would stay behind, together with the family. Nobody was moved.",
                    stop,
                )


def _begin(stay: UUID, guest: rules.Guest, chosen: rules.Option, proposed: UUID, action: MoveIn, at: datetime) -> None:
    Stay.objects.create(
        id=stay,
        file=guest.file,
        family=guest.family,
        unit=action.room,
        since=at,
        by=action.by,
        proposed=proposed,
        because=[*chosen.for_it, *chosen.against],
        reason=action.reason,
        sex=guest.sex,
        child=guest.child,
        apart=guest.apart,
        step_free=guest.step_free,
        presence_since=at,
    )
    Announcement.objects.filter(file=guest.file, ended_at=None).update(ended_at=at)


_WHY_BARRED = {
    "full": "The unit has no place left. Choose another unit, or free places that are blocked.",
    "child_among_adults": "A child alone never sleeps among adults who are not the child's family. Choose another unit.",
    "feared": "One of those who sleep there and this person are afraid of each other. Choose another unit.",
    "women_only": "The unit is for women and their children. Choose another unit.",
    "children_only": "The unit is for children. Choose another unit.",
}


@handles(MoveOut)
def move_out(action: MoveOut, moment: Moment) -> Outcome:
    stay = _open(action.row)
    _end(stay, action.why, action.remark, moment.recorded_at)
    return Outcome(facts={"why": action.why})


@handles(SetPresence)
def set_presence(action: SetPresence, moment: Moment) -> Outcome:
    stay = _open(action.row)
    if action.presence == "leave" and (action.until is None or action.until <= moment.recorded_at):
        raise Refused("A leave has an end that is still to come. Say until when.", code="no_end", field="until")
    Stay.objects.filter(pk=stay.pk).update(
        presence=action.presence,
        presence_since=action.happened_at,
        leave_until=action.until if action.presence == "leave" else None,
        presence_remark=action.remark,
    )
    return Outcome()


@handles(SetCare)
def set_care(action: SetCare, moment: Moment) -> Outcome:
    stay = _open(action.row)
    Stay.objects.filter(pk=stay.pk).update(apart=action.apart, step_free=action.step_free)
    return Outcome()


@handles(HandOutItem)
def hand_out(action: HandOutItem, moment: Moment) -> Outcome:
    stay = _open(action.row)
    number = registration.file_by_id(stay.file).number
    earlier = HandOut.objects.filter(stay__file=stay.file).count()
    row = HandOut.objects.create(
        id=action.hand_out,
        number=f"{number}-R{earlier + 1}",
        stay=stay,
        item=action.item,
        amount=action.amount,
        receipt=action.receipt,
        at=moment.recorded_at,
        by=action.by,
    )
    return Outcome(result={"hand_out": str(row.pk), "number": row.number}, facts={"number": row.number})


@handles(SetAppointment)
def set_appointment(action: SetAppointment, moment: Moment) -> Outcome:
    stay = _open(action.row)
    if action.at <= moment.recorded_at:
        raise Refused("The appointment lies in the past. Give a moment to come.", code="past", field="at")
    Appointment.objects.create(id=action.appointment, stay=stay, kind=action.kind, at=action.at, where=action.where)
    return Outcome(result={"appointment": str(action.appointment)})


@handles(KeepAppointment)
def keep_appointment(action: KeepAppointment, moment: Moment) -> Outcome:
    row = Appointment.objects.select_for_update().filter(pk=action.appointment, stay=action.row).first()
    if row is None:
        raise NotFound("There is no such appointment.")
    if row.outcome:
        raise Refused("It was written down already what came of this appointment.", code="kept_already")
    Appointment.objects.filter(pk=row.pk).update(outcome=action.outcome)
    return Outcome()


@handles(ReportIncident)
def report_incident(action: ReportIncident, moment: Moment) -> Outcome:
    if action.file and not may_be_received(_officer(moment), action.file):
        raise NotFound("There is no such person in the centre.")
    if action.happened_at > moment.recorded_at:
        raise Refused("What has not happened yet is no incident. Check the time.", code="future", field="happened_at")
    row = Incident.objects.create(
        id=action.incident,
        centre=action.row,
        file=action.file,
        kind=action.kind,
        what=action.what,
        told=sorted(set(action.told)),
        at=action.happened_at,
        by=action.by,
    )
    link, facts = f"/reception/centres/{action.row.pk}/", {"kind": _open_kind(row.kind), "centre": action.row.code}
    words = (
        Word("reception.grave_incident", body=action.row.body, role="supervisor", facts=facts, link=link),
        Word("reception.grave_incident", role="ombudsman", facts=facts, link=link),
    )
    return Outcome(result={"incident": str(row.pk)}, notices=words if row.kind in rules.GRAVE else ())


def _open_kind(kind: str) -> str:
    """What a notice says: it has no reader whose lane could be asked."""
    return "" if kind in rules.RESTRICTED else kind


@handles(FollowIncident)
def follow_incident(action: FollowIncident, moment: Moment) -> Outcome:
    if action.row.closed_at is not None:
        raise Refused("The incident is closed. Report a new one to add to it.", code="closed")
    FollowUp.objects.create(
        id=action.follow_up, incident=action.row, what=action.what, at=moment.recorded_at, by=action.by
    )
    if action.closes:
        Incident.objects.filter(pk=action.row.pk).update(closed_at=moment.recorded_at)
    return Outcome()


@handles(KeepApart)
def keep_apart(action: KeepApart, moment: Moment) -> Outcome:
    person, officer = registration.file_by_id(action.file), _officer(moment)
    other = registration.PersonFile.objects.filter(number=action.other_number).exclude(pk=person.pk).first()
    near = other is not None and (
        may_be_received(officer, other.pk) or (person.group_id is not None and person.group_id == other.group_id)
    )
    if other is None or not near:
        raise Refused(
            "Nobody of this number is in your centres or came with the person. Check the number of the file.",
            code="no_such_person",
            field="other_number",
        )
    if Fear.objects.filter(file=person.pk, other=other.pk, ended_at=None).exists():
        raise Refused("This is kept already.", code="kept_already", field="other_number")
    Fear.objects.create(
        id=action.fear, file=person.pk, other=other.pk, why=action.why, at=moment.recorded_at, by=action.by
    )
    return Outcome()


@handles(EndKeepApart)
def end_keep_apart(action: EndKeepApart, moment: Moment) -> Outcome:
    Fear.objects.filter(pk=action.row.pk).update(ended_at=moment.recorded_at, ended_why=action.why)
    return Outcome()


@handles(Announce)
def announce(action: Announce, moment: Moment) -> Outcome:
    centre = Centre.objects.filter(pk=action.centre, closed_at=None).first()
    if centre is None:
        raise Refused("There is no such centre. Choose one of the list.", code="no_centre", field="centre")
    stay = rooms.stay_of(action.file)
    if stay and stay.unit.centre_id == centre.pk:
        raise Refused("The person stays in this centre already.", code="there_already", field="centre")
    Announcement.objects.filter(file=action.file, ended_at=None).update(ended_at=moment.recorded_at)
    Announcement.objects.create(
        id=action.announcement,
        file=action.file,
        centre=centre,
        on=action.on,
        at=moment.recorded_at,
        by=action.by,
    )
    word = Word(
        "reception.announced",
        body=centre.body,
        role="social_officer",
        facts={"centre": centre.code},
        link=f"/reception/centres/{centre.pk}/",
    )
    return Outcome(notices=(word,))


@handles(SayRoom)
def say_room(action: SayRoom, moment: Moment) -> Outcome:
    officer = _officer(moment)
    if action.to not in referrals.recipients():
        raise Refused(
            f"There is no kind of referral '{action.to}'. Allowed are: {', '.join(referrals.recipients())}.",
            code="no_kind",
            field="to",
        )
    Capacity.objects.create(body=officer.body, to=action.to, free=action.free, at=moment.recorded_at, by=action.by)
    return Outcome(facts={"body": officer.body})


def _officer(moment: Moment) -> Officer:
    if moment.officer is None:
        raise Refused("This act needs an officer.", code="no_officer")
    return moment.officer


def _open(stay: Stay) -> Stay:
    if stay.ended_at is not None:
        raise Refused("This stay has ended.", code="ended")
    return stay


def _end(stay: Stay, why: str, remark: str, at: datetime) -> None:
    Stay.objects.filter(pk=stay.pk).update(ended_at=at, ended_why=why, ended_remark=remark)


def _blocked(unit: Unit) -> int:
    found: dict[str, Any] = Block.objects.filter(unit=unit, ended_at=None).aggregate(sum=Sum("places"))
    return found["sum"] or 0
