"""What becomes of a text: support, reservations, agreement, and silence."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from panah.foundation.door.service import Moment, NotFound, Outcome, Refused, handles
from panah.foundation.notices.service import Word
from panah.hub.meetings import seats
from panah.hub.meetings.actions.drafting import drafting, open_proposal, refuse_under_silence, standing_draft
from panah.hub.meetings.actions.holding import doer, words_to, words_to_leads
from panah.hub.meetings.drafting_acts import Agree, EndSilence, LiftStand, OpenSilence, StopSilence, TakeStand
from panah.hub.meetings.models import Paragraph, Silence, SilenceLine, Stand, Turn

SHORTEST_SILENCE = timedelta(hours=24)


@handles(TakeStand)
def take_stand(action: TakeStand, moment: Moment) -> Outcome:
    if action.kind == "reserve" and len(action.reason) < 10:
        raise Refused(_("Say in a sentence why the state reserves its position."), code="no_reason", field="reason")
    reader = seats.reader_of(moment.officer)
    on: dict[str, UUID | int | None] = {}
    paragraph = None
    if action.paragraph:
        paragraph = standing_draft(action.paragraph, action.on_version)
        on = {"paragraph_id": paragraph.pk, "version": paragraph.version}
    elif action.proposal:
        on = {"proposal_id": open_proposal(action.proposal).pk}
    Stand.objects.filter(participant=reader.participant, ended_at=None, **on).update(ended_at=moment.recorded_at)
    broken = _break_silence(paragraph, reader.participant, moment) if action.kind == "reserve" and paragraph else False
    Stand.objects.create(
        id=action.stand,
        participant=reader.participant,
        kind=action.kind,
        reason=action.reason,
        taken_at=moment.recorded_at,
        taken_by=doer(moment),
        **on,
    )
    facts = {"participant": reader.participant, "broken": broken}
    return Outcome(facts=facts, notices=_told(action, paragraph, reader.participant, moment))


def _told(action: TakeStand, row: Paragraph | None, participant: str, moment: Moment) -> tuple[Word, ...]:
    """Everybody learns of a reservation on the text itself."""
    if action.kind != "reserve" or row is None:
        return ()
    said = {"participant": participant, "number": str(row.number)}
    told = words_to(row.meeting, "meetings.reserved", moment, only=("member",), **said)
    return (*told, *words_to_leads(row.meeting, "meetings.reserved", **said))


def _break_silence(row: Paragraph, participant: str, moment: Moment) -> bool:
    lines = SilenceLine.objects.select_for_update().filter(paragraph=row, silence__ended_at=None, broken_at=None)
    line = lines.select_related("silence").first() if lines.exists() else None
    if line is None:
        return False
    if moment.recorded_at >= line.silence.until:
        raise Refused(
            _(
                "The silence ended at %(until)s (UTC), and the paragraph is agreed. Ask the secretariat to open it again."
            )
            % {"until": f"{line.silence.until:%Y-%m-%d %H:%M}"},
            code="too_late",
        )
    SilenceLine.objects.filter(pk=line.pk).update(broken_at=moment.recorded_at, broken_for=participant)
    return True


@handles(LiftStand)
def lift(action: LiftStand, moment: Moment) -> Outcome:
    row = Stand.objects.select_related("paragraph", "proposal").filter(pk=action.stand, ended_at=None).first()
    if row is None:
        raise NotFound("There is no such support or reservation.")
    text = row.paragraph or row.proposal
    if text is not None:
        drafting(text.meeting_id)
    Stand.objects.filter(pk=row.pk).update(ended_at=moment.recorded_at)
    return Outcome(facts={"participant": row.participant})


@handles(Agree)
def agree(action: Agree, moment: Moment) -> Outcome:
    row = standing_draft(action.paragraph, action.on_version)
    refuse_under_silence(row)
    reserving = Stand.objects.filter(paragraph=row, version=row.version, kind="reserve", ended_at=None)
    codes = sorted(reserving.values_list("participant", flat=True))
    if codes:
        raise Refused(
            _("These reserve their position on this wording: %(codes)s. It is agreed when nobody does.")
            % {"codes": ", ".join(codes)},
            code="reserved",
        )
    if row.proposals.filter(standing="open").exclude(wish="insert").exists():
        raise Refused(
            _("Proposals on this paragraph are open. Take them into the text or decline them first."),
            code="open_proposals",
        )
    _agreed(row, action.how, moment, action.by)
    return Outcome(facts={"number": row.number, "version": row.version})


def _agreed(row: Paragraph, how: str, moment: Moment, by: UUID | None) -> None:
    Turn.objects.create(paragraph=row, kind="agreed", how=how, version=row.version, at=moment.recorded_at, by=by)
    Paragraph.objects.filter(pk=row.pk).update(standing="agreed", agreed_at=moment.recorded_at, agreed_how=how)


@handles(OpenSilence)
def open_silence(action: OpenSilence, moment: Moment) -> Outcome:
    meeting = drafting(action.meeting)
    if action.until < moment.recorded_at + SHORTEST_SILENCE:
        raise Refused(_("A silence lasts a day at least. Choose a later moment."), code="too_short", field="until")
    wanted = list(Paragraph.objects.filter(pk__in=action.paragraphs, meeting=meeting))
    if len(wanted) != len(set(action.paragraphs)):
        raise NotFound("There is no such paragraph.")
    for row in wanted:
        standing_draft(row.pk, row.version)
        refuse_under_silence(row)
        if Stand.objects.filter(paragraph=row, version=row.version, kind="reserve", ended_at=None).exists():
            raise Refused(
                _("A state reserves its position on paragraph %(number)s. Find other wording first.")
                % {"number": row.number},
                code="reserved",
                field="paragraphs",
            )
    silence = Silence.objects.create(
        id=action.silence, meeting=meeting, opened_at=moment.recorded_at, opened_by=doer(moment), until=action.until
    )
    SilenceLine.objects.bulk_create(SilenceLine(silence=silence, paragraph=row, version=row.version) for row in wanted)
    until = f"{action.until:%Y-%m-%d %H:%M}"
    return Outcome(notices=words_to(meeting, "meetings.silence", moment, only=("member",), until=until))


def _silence_of(identifier: UUID) -> Silence:
    found = Silence.objects.filter(pk=identifier).first()
    if found is None:
        raise NotFound("There is no such silence.")
    drafting(found.meeting_id)
    found = Silence.objects.get(pk=identifier)
    if found.ended_at is not None:
        raise Refused(_("The silence has ended already."), code="ended")
    return found


@handles(StopSilence)
def stop(action: StopSilence, moment: Moment) -> Outcome:
    row = _silence_of(action.silence)
    if moment.recorded_at >= row.until:
        raise Refused(_("The silence has ended already."), code="ended")
    Silence.objects.filter(pk=row.pk).update(ended_at=moment.recorded_at, stopped_because=action.reason)
    return Outcome()


@handles(EndSilence)
def end(action: EndSilence, moment: Moment) -> Outcome:
    row = _silence_of(action.silence)
    if moment.recorded_at < row.until:
        raise Refused(_("The silence has not ended yet."), code="too_early")
    Silence.objects.filter(pk=row.pk).update(ended_at=moment.recorded_at)
    agreed = []
    for line in row.lines.filter(broken_at=None).select_related("paragraph"):
        if line.paragraph.standing == "draft" and line.paragraph.version == line.version:
            _agreed(line.paragraph, "silence", moment, None)
            agreed.append(line.paragraph.number)
    return Outcome(result={"agreed": agreed}, facts={"agreed": agreed})
