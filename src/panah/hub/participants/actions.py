"""Loading the record, seats of accounts, and the secretariat's acts. The only writer of this room."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from panah.foundation.access.models import Officer
from panah.foundation.access.roles import title_of
from panah.foundation.door.service import Moment, NotFound, Outcome, Refused, handles
from panah.foundation.notices.service import Word
from panah.hub.loadings.service import note, refuse_wrong
from panah.hub.participants import acts, models, record
from panah.hub.participants.days import said
from panah.hub.participants.models import Office, Participant, Seat, Sourced
from panah.hub.participants.record import SHEETS
from panah.hub.participants.rules import SEATS
from panah.hub.participants.sheets import digest_of, row_digest


@handles(acts.LoadParticipants)
def load_participants(action: acts.LoadParticipants, moment: Moment) -> Outcome:
    folder = Path(action.folder)
    found = digest_of(folder, SHEETS)
    standing = action.unchanged(found)
    if standing is not None:
        return standing
    readings = record.readings(folder)
    refuse_wrong(record.problems(readings))
    rows = changed = 0
    for name, sheet in SHEETS.items():
        rows += len(readings[name].rows)
        changed += _replace(sheet, tuple(readings[name]), moment)
    return note(action, found, moment, rows=rows, changed=changed)


def _replace(sheet: record.Sheet, rows: tuple[record.SourcedRow, ...], moment: Moment) -> int:
    """Supersede what the sheet says otherwise now, and keep what it says anew. Rows made here stand,
    whatever the sheet says of the same key."""
    table: Any = sheet.table
    standing = list(table.objects.filter(superseded_at=None).exclude(digest=""))
    known = {(one.key, one.digest) for one in standing}
    ours = set(table.objects.filter(digest="", superseded_at=None).values_list("key", flat=True))
    said = {str(getattr(row, "key")): row for row in rows}  # noqa: B009 - a property of one kind, a field of the others
    new = [(key, row) for key, row in said.items() if (key, row_digest(row)) not in known and key not in ours]
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


@handles(acts.SeatOfficer)
def seat_officer(action: acts.SeatOfficer, moment: Moment) -> Outcome:
    officer = Officer.objects.filter(pk=action.officer, is_active=True).first()
    if officer is None:
        raise NotFound("There is no such account, or it is closed.")
    if action.by == action.officer:
        raise Refused(
            _("Nobody gives a seat to themselves. Ask another administrator."), code="own_seat", field="officer"
        )
    participant = _participant(action.participant)
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


def _one_participant(action: acts.SeatOfficer) -> None:
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


@handles(acts.EndSeat)
def end_seat(action: acts.EndSeat, moment: Moment) -> Outcome:
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


@handles(acts.AskForSeat)
def ask_for_seat(action: acts.AskForSeat, moment: Moment) -> Outcome:
    if not Officer.objects.filter(pk=action.officer, is_active=True).exists():
        raise NotFound("There is no such account, or it is closed.")
    _participant(action.participant)
    word = {"participant": action.participant, "office": action.office}
    link = f"/participants/seats/?officer={action.officer}&participant={action.participant}&office={action.office}"
    return Outcome(notices=(Word("participants.seat_asked", role="administrator", facts=word, link=link),))


@handles(acts.AddParticipant)
def add_participant(action: acts.AddParticipant, moment: Moment) -> Outcome:
    if Participant.objects.filter(key=action.participant).exists():
        raise Refused(_("There is a participant with this code already."), code="known", field="participant")
    if action.kind == "state" and len(action.participant) != 3:
        raise Refused(
            _("A state has the three letters of ISO 3166-1 as its code, for example KAZ."),
            code="no_state",
            field="participant",
        )
    said_of = {"kind": action.kind, "title_en": action.title_en, "title_ru": action.title_ru}
    _keep(Participant, action.participant, action, moment, **said_of)
    return Outcome()


@handles(acts.SayRole)
def say_role(action: acts.SayRole, moment: Moment) -> Outcome:
    _participant(action.participant)
    _in_order(action.begins, action.ends)
    fields = action.model_dump(include={"participant", "role", "begins", "ends", "as_of"})
    _keep(models.HeldRole, action.row.hex, action, moment, **fields)
    return Outcome()


@handles(acts.EndRole)
def end_role(action: acts.EndRole, moment: Moment) -> Outcome:
    row: Any = _standing(models.HeldRole, action.key)
    if row.ends:
        raise Refused(_("This row has an end already. Put another row beside it."), code="ended", field="ends")
    _in_order(row.begins, action.ends)
    _supersede(row, moment)
    fields = {name: getattr(row, name) for name in ("participant", "role", "begins", "as_of")}
    _keep(models.HeldRole, row.key, action, moment, **fields, ends=action.ends)
    return Outcome(facts={"participant": row.participant, "role": row.role})


@handles(acts.SayChair)
def say_chair(action: acts.SayChair, moment: Moment) -> Outcome:
    if _participant(action.participant).kind != "state":
        raise Refused(_("Only a state holds the chair."), code="no_state", field="participant")
    _in_order(action.begins, action.ends)
    fields = action.model_dump(include={"participant", "begins", "ends"})
    _keep(models.Chair, action.row.hex, action, moment, **fields)
    return Outcome()


@handles(acts.AddContact)
def add_contact(action: acts.AddContact, moment: Moment) -> Outcome:
    if not action.participant and not action.body:
        raise Refused(
            _("Say of which participant or body of the Process this office is."), code="of_nobody", field="participant"
        )
    if action.participant:
        _participant(action.participant)
    if action.body and not models.Body.objects.filter(key=action.body, superseded_at=None).exists():
        raise Refused(_("There is no such body of the Process."), code="no_body", field="body")
    fields = action.model_dump(
        include={"participant", "body", "kind", "office_en", "office_ru", "mailbox", "country", "begins"}
    )
    _keep(models.Contact, action.row.hex, action, moment, **fields)
    return Outcome()


@handles(acts.EndContact)
def end_contact(action: acts.EndContact, moment: Moment) -> Outcome:
    row: Any = _standing(models.Contact, action.key)
    if row.ends:
        raise Refused(_("This contact has ended already."), code="ended")
    _supersede(row, moment)
    kept = {field.name: getattr(row, field.name) for field in row._meta.concrete_fields if field.name != "id"}
    kept |= {"digest": "", "made_at": moment.recorded_at, "made_by": action.by, "superseded_at": None}
    models.Contact.objects.create(**kept | {"ends": moment.recorded_at.date().isoformat()})
    return Outcome()


@handles(acts.TellOfEnd)
def tell_of_end(action: acts.TellOfEnd, moment: Moment) -> Outcome:
    row: Any = _standing(models.Chair, action.key)
    word = {"participant": row.participant, "ends": action.ends}
    return Outcome(
        notices=(Word("participants.chair_ends", role="secretariat", facts=word, link="/participants/chairs/"),)
    )


def _participant(code: str) -> Participant:
    found = Participant.objects.filter(key=code, superseded_at=None).first()
    if found is None:
        raise Refused(
            _("%(code)s takes no part in the Process. Choose one of its participants.") % {"code": code},
            code="unknown_participant",
            field="participant",
        )
    return found


def _standing(table: type[Sourced], key: str) -> Sourced:
    rows: Any = table
    found: Sourced | None = rows.objects.select_for_update().filter(key=key, superseded_at=None).first()
    if found is None:
        raise NotFound("There is no such row, or another one took its place.")
    return found


def _supersede(row: Any, moment: Moment) -> None:
    type(row).objects.filter(pk=row.pk).update(superseded_at=moment.recorded_at)


def _in_order(begins: str, ends: str) -> None:
    first, last = said(begins), said(ends)
    if first and last and last.latest < first.earliest:
        raise Refused(_("The end lies before the beginning. Change one of the two."), code="ends_first", field="ends")


def _keep(table: Any, key: str, action: acts._Kept, moment: Moment, **fields: Any) -> None:
    """A row made here: it has no digest, by which loading the record leaves it alone."""
    source = action.model_dump(
        include={"source", "source_url", "source_date", "verified", "basis", "note_en", "note_ru"}
    )
    table.objects.create(key=key, made_at=moment.recorded_at, made_by=action.by, **source, **fields)
