"""Loading the record, seats of accounts, and the secretariat's acts. The only writer of this room."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

from django.utils.translation import gettext as _
from pydantic import StringConstraints

from panah.foundation.access.models import Officer
from panah.foundation.access.roles import title_of
from panah.foundation.door.service import Action, Moment, NotFound, Outcome, Refused, handles
from panah.foundation.notices.service import Word
from panah.hub.participants import record
from panah.hub.participants.models import Load, Office, Participant, Seat
from panah.hub.participants.record import SHEETS
from panah.hub.participants.rules import SEATS
from panah.hub.participants.sheets import digest_of, row_digest

Reason = Annotated[str, StringConstraints(min_length=10, max_length=1000)]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
OfficeCode = Literal["national_coordinator", "senior_official", "chair_delegate", "support_unit", "observer"]


class LoadParticipants(Action):
    """Take in the sheets of a folder. `folder_digest` is what they were when they were checked. A row that says what it said before
    stays; a changed row supersedes the one before; a row that is gone from the sheets stands no more and stays readable."""

    code: ClassVar[str] = "participants.load"
    needs: ClassVar[str] = "participants.load"
    open_fields: ClassVar[frozenset[str]] = frozenset({"folder_digest"})
    by_installation: ClassVar[bool] = True

    folder: str
    folder_digest: Digest


class SeatOfficer(Action):
    """Tie an account to an office of a participant from a day on. An account acts for one participant at a time."""

    code: ClassVar[str] = "participants.seat_officer"
    needs: ClassVar[str] = "participants.seat"
    open_fields: ClassVar[frozenset[str]] = frozenset({"seat", "officer", "participant", "office", "begins"})
    by_installation: ClassVar[bool] = True

    seat: UUID
    officer: UUID
    participant: str
    office: OfficeCode
    begins: date


class EndSeat(Action):
    """The seat stands no more from the day of the act on. What was done from it stays."""

    code: ClassVar[str] = "participants.end_seat"
    needs: ClassVar[str] = "participants.seat"
    open_fields: ClassVar[frozenset[str]] = frozenset({"seat", "reason"})
    by_installation: ClassVar[bool] = True

    seat: UUID
    reason: Reason


@handles(LoadParticipants)
def load_participants(action: LoadParticipants, moment: Moment) -> Outcome:
    folder = Path(action.folder)
    found = digest_of(folder, SHEETS)
    if found != action.folder_digest:
        raise Refused(
            f"The sheets in {folder} are not those that were checked: somebody changed them in between. Load them again.",
            code="sheets_changed",
        )
    last = Load.objects.order_by("-id").first()
    if last is not None and last.digest == found:
        return Outcome(result={"rows": last.rows, "changed": 0, "new": False})
    readings = record.readings(folder)
    wrong = record.problems(readings)
    if wrong:
        raise Refused(" ".join(wrong[:5]), code="sheets_wrong")
    rows = changed = 0
    for name, sheet in SHEETS.items():
        rows += len(readings[name].rows)
        changed += _replace(sheet, tuple(readings[name]), moment)
    Load.objects.create(digest=found, loaded_at=moment.recorded_at, rows=rows, changed=changed)
    return Outcome(result={"rows": rows, "changed": changed, "new": True}, facts={"rows": rows, "changed": changed})


def _replace(sheet: record.Sheet, rows: tuple[record.SourcedRow, ...], moment: Moment) -> int:
    """Supersede what the sheet says otherwise now, and keep what it says anew. Rows made here are not touched, nor is what was
    superseded here brought back by a sheet that says the same as before."""
    table: Any = sheet.table
    known = set(table.objects.exclude(digest="").values_list("key", "digest"))
    said = {str(getattr(row, "key")): row for row in rows}  # noqa: B009 - a property of one kind, a field of the others
    new = [(key, row) for key, row in said.items() if (key, row_digest(row)) not in known]
    standing = table.objects.filter(superseded_at=None).exclude(digest="")
    gone = [one.pk for one in standing if one.key not in said]
    table.objects.filter(pk__in=gone).update(superseded_at=moment.recorded_at)
    table.objects.filter(key__in=[key for key, _row in new], superseded_at=None).update(
        superseded_at=moment.recorded_at
    )
    table.objects.bulk_create(
        [
            table(
                **row.model_dump(exclude={"code", "verified"}) | {"key": key, "verified": row.verified == "yes"},
                digest=row_digest(row),
                made_at=moment.recorded_at,
            )
            for key, row in new
        ],
        batch_size=200,
    )
    return len(new) + len(gone)


@handles(SeatOfficer)
def seat_officer(action: SeatOfficer, moment: Moment) -> Outcome:
    officer = Officer.objects.filter(pk=action.officer, is_active=True).first()
    if officer is None:
        raise NotFound("There is no such account, or it is closed.")
    if action.by == action.officer:
        raise Refused(
            _("Nobody gives a seat to themselves. Ask another administrator."), code="own_seat", field="officer"
        )
    participant = Participant.objects.filter(key=action.participant, superseded_at=None).first()
    if participant is None:
        raise Refused(
            _("%(code)s takes no part in the Process. Choose one of its participants.") % {"code": action.participant},
            code="unknown_participant",
            field="participant",
        )
    role, kinds = SEATS[action.office]
    office = str(Office(action.office).label)
    if participant.kind not in kinds:
        raise Refused(
            _("The office “%(office)s” is not one of this participant. Choose another office.") % {"office": office},
            code="wrong_office",
            field="office",
        )
    if role not in officer.roles:
        raise Refused(
            _("The office “%(office)s” needs an account with the role “%(role)s”. Give it the role first.")
            % {"office": office, "role": title_of(role)},
            code="role_missing",
            field="officer",
        )
    _one_participant(action)
    Seat.objects.create(
        id=action.seat,
        officer=officer,
        participant=action.participant,
        office=action.office,
        begins=action.begins,
        made_at=moment.recorded_at,
        made_by=action.by,
    )
    word = {"participant": action.participant, "office": action.office}
    return Outcome(
        result={"seat": str(action.seat)},
        notices=(
            Word("participants.seated", officer=officer.pk, facts=word, link=f"/participants/{action.participant}/"),
        ),
    )


def _one_participant(action: SeatOfficer) -> None:
    """No account acts for two participants on one day, nor holds one office twice."""
    for seat in Seat.objects.select_for_update().filter(officer=action.officer, ends=None):
        if seat.participant != action.participant:
            raise Refused(
                _("This account acts for %(code)s. It can act for one participant only: end that seat first.")
                % {"code": seat.participant},
                code="acts_for_another",
                field="participant",
            )
        if seat.office == action.office:
            raise Refused(_("This account holds the office already."), code="seated", field="office")
    if (
        Seat.objects.filter(officer=action.officer, ends__gt=action.begins)
        .exclude(participant=action.participant)
        .exists()
    ):
        raise Refused(
            _("On that day the account still acted for another participant. Choose a later day."),
            code="acts_for_another",
            field="begins",
        )


@handles(EndSeat)
def end_seat(action: EndSeat, moment: Moment) -> Outcome:
    seat = Seat.objects.select_for_update().filter(pk=action.seat).first()
    if seat is None:
        raise NotFound("There is no such seat.")
    if action.by == seat.officer_id:
        raise Refused(_("Nobody ends a seat of their own. Ask another administrator."), code="own_seat")
    if seat.ends is not None:
        raise Refused(_("The seat has ended already."), code="ended")
    Seat.objects.filter(pk=seat.pk).update(
        ends=max(seat.begins, moment.recorded_at.date()),
        ended_at=moment.recorded_at,
        ended_by=action.by,
        ended_because=action.reason,
    )
    word = {"participant": seat.participant, "office": seat.office}
    return Outcome(
        facts={"officer": str(seat.officer_id), **word},
        notices=(Word("participants.unseated", officer=seat.officer_id, facts=word),),
    )
