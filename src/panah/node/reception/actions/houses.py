"""Closing and opening houses, places for tonight, and the store."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from uuid6 import uuid7

from panah.foundation.door.service import Moment, Outcome, Refused, handles
from panah.foundation.notices.service import Word
from panah.node.reception import rooms, rules
from panah.node.reception.house_acts import (
    AnswerPlace,
    AskPlace,
    ChangeStock,
    CloseCentre,
    CloseUnit,
    ReopenCentre,
    ReopenUnit,
)
from panah.node.reception.models import Announcement, Centre, PlaceAsked, Stay, Stock, Unit
from panah.node.registration import service as registration

_MOVE_FIRST = "Somebody still has a place there. Move everybody to another place first; moving asks the safeguards. Then close it."


@handles(CloseUnit)
def close_unit(action: CloseUnit, moment: Moment) -> Outcome:
    unit = action.room
    if unit.closed_at is not None:
        raise Refused("The unit is closed already.", code="closed_already")
    if Stay.objects.filter(unit=unit, ended_at=None).exists():
        raise Refused(_MOVE_FIRST, code="somebody_there")
    Unit.objects.filter(pk=unit.pk).update(closed_at=moment.recorded_at)
    return Outcome()


@handles(ReopenUnit)
def reopen_unit(action: ReopenUnit, moment: Moment) -> Outcome:
    if not Unit.objects.filter(pk=action.room.pk).exclude(closed_at=None).update(closed_at=None):
        raise Refused("The unit is open already.", code="open_already")
    return Outcome()


@handles(CloseCentre)
def close_centre(action: CloseCentre, moment: Moment) -> Outcome:
    row = action.row
    if row.closed_at is not None:
        raise Refused("The centre is closed already.", code="closed_already")
    list(Unit.objects.select_for_update().filter(centre=row).order_by("pk"))  # so that nobody moves in meanwhile
    if Stay.objects.filter(unit__centre=row, ended_at=None).exists():
        raise Refused(_MOVE_FIRST, code="somebody_there")
    if (
        Announcement.objects.filter(centre=row, ended_at=None).exists()
        or PlaceAsked.objects.filter(centre=row, answered_at=None).exists()
    ):
        raise Refused(
            "Somebody is expected there, or a place was asked for. Answer, and announce those people at another centre first.",
            code="somebody_expected",
        )
    Centre.objects.filter(pk=row.pk).update(closed_at=moment.recorded_at)
    return Outcome(facts={"centre": str(row.pk)})


@handles(ReopenCentre)
def reopen_centre(action: ReopenCentre, moment: Moment) -> Outcome:
    if not Centre.objects.filter(pk=action.row.pk).exclude(closed_at=None).update(closed_at=None):
        raise Refused("The centre is open already.", code="open_already")
    return Outcome()


@handles(AskPlace)
def ask_place(action: AskPlace, moment: Moment) -> Outcome:
    file = registration.file_by_id(action.file)
    if file.closed_at is not None:
        raise Refused("The file is closed. No place is asked for with a closed file.", code="closed")
    # A shelter cannot be asked from here, and does not show that it is one: it is not among the centres of the list.
    centre = Centre.objects.filter(pk=action.centre, closed_at=None).exclude(kind="shelter").first()
    if centre is None:
        raise Refused("There is no such centre. Choose one of the list.", code="no_centre", field="centre")
    if rooms.stay_of(file.pk) or Announcement.objects.filter(file=file.pk, ended_at=None).exists():
        raise Refused("The person has a place to sleep already, or is expected at one.", code="has_place")
    if PlaceAsked.objects.filter(file=file.pk, answered_at=None).exists():
        raise Refused("A place is asked for already. Wait for the answer, or call the centre.", code="asked_already")
    people = len(rooms.family_of(file))
    PlaceAsked.objects.create(
        id=action.ask,
        file=file.pk,
        centre=centre,
        people=people,
        post=action.place,
        at=moment.recorded_at,
        by=action.by,
    )
    facts = {"centre": centre.code, "people": str(people)}
    word = Word("reception.place_asked", body=centre.body, role="social_officer", facts=facts, link=_page(centre))
    return Outcome(result={"ask": str(action.ask)}, facts={"people": people}, notices=(word,))


@handles(AnswerPlace)
def answer_place(action: AnswerPlace, moment: Moment) -> Outcome:
    row = action.row
    if row.answered_at is not None:
        raise Refused("This was answered already.", code="answered_already")
    if action.answer == "declined" and not action.why:
        raise Refused("Say why there is no place, so that the post can ask elsewhere.", code="no_reason", field="why")
    PlaceAsked.objects.filter(pk=row.pk).update(
        answer=action.answer, why=action.why, answered_at=moment.recorded_at, answered_by=action.by
    )
    if action.answer == "given":
        _expect(row, moment.recorded_at, action.by)
    facts = {"centre": row.centre.code, "answer": action.answer}
    word = Word("reception.place_answered", officer=row.by, facts=facts, link=f"/files/{row.file}/place/")
    return Outcome(facts={"answer": action.answer}, notices=(word,) if row.by else ())


def _expect(row: PlaceAsked, at: datetime, by: UUID | None) -> None:
    """The person and the family that came with them are expected, so that the centre may give them a unit. Not who has a place or is
    expected elsewhere, perhaps in a shelter, nor between whom and the person a fear stands: they answer for themselves."""
    feared = rooms.fears_of([row.file])[row.file]
    for one in rooms.family_of(registration.file_by_id(row.file)):
        expected = Announcement.objects.filter(file=one.pk, ended_at=None)
        if one.pk in feared or rooms.stay_of(one.pk) is not None or expected.exists():
            continue
        day = at.astimezone(ZoneInfo(registration.node_pack().timezone)).date()
        Announcement.objects.create(id=uuid7(), file=one.pk, centre=row.centre, on=day, at=at, by=by)


@handles(ChangeStock)
def change_stock(action: ChangeStock, moment: Moment) -> Outcome:
    Stock.objects.create(
        id=action.stock,
        centre=action.row,
        item=action.item,
        amount=action.amount * rules.STOCK_REASONS[action.why],
        why=action.why,
        at=moment.recorded_at,
        by=action.by,
    )
    return Outcome()


def _page(centre: Centre) -> str:
    return f"/reception/centres/{centre.pk}/"
