"""Files of a meeting, its minutes, what of it becomes public, and calendars."""

from __future__ import annotations

import hashlib

from django.db.models import Max
from django.utils.translation import gettext as _

from panah.foundation.door.service import Moment, Outcome, Refused, handles
from panah.hub.meetings import rules, seats
from panah.hub.meetings.actions.holding import doer, meeting_of, words_to
from panah.hub.meetings.acts import (
    AddPaper,
    DecideOnPaper,
    KeepMinutes,
    MakeFeed,
    PublishStatement,
    RevokeFeed,
    WithdrawPaper,
)
from panah.hub.meetings.models import AgendaItem, FeedKey, Meeting, Minutes, Paper, Paragraph


@handles(AddPaper)
def add_paper(action: AddPaper, moment: Moment) -> Outcome:
    row, content = meeting_of(action.meeting), bytes(action.content)
    if not content or len(content) > rules.MOST_BYTES:
        raise Refused(
            _("The file has %(size)s bytes. Allowed are 1 to %(most)s.")
            % {"size": len(content), "most": rules.MOST_BYTES},
            code="size",
            field="content",
        )
    form = rules.form_of(content)
    if form is None:
        raise Refused(
            _(
                "The file is no PDF, DOCX or ODT, is damaged, or holds a program. Save it as one of these and send it again."
            ),
            code="form",
            field="content",
        )
    if action.item and not AgendaItem.objects.filter(pk=action.item, meeting=row, withdrawn_at=None).exists():
        raise Refused(_("The item does not stand on the agenda of this meeting."), code="strange_item", field="item")
    digest = hashlib.sha256(content).hexdigest()
    if Paper.objects.filter(meeting=row, digest=digest, withdrawn_at=None).exists():
        raise Refused(_("The same file is among the papers already."), code="same_file", field="content")
    reader = seats.reader_of(moment.officer)
    Paper.objects.create(
        id=action.paper,
        meeting=row,
        item_id=action.item,
        participant="" if reader.leads else reader.participant,
        title=action.title,
        tongue=action.tongue,
        form=form,
        content=content,
        size=len(content),
        digest=digest,
        given_at=moment.recorded_at,
        given_by=doer(moment),
    )
    return Outcome(
        result={"paper": str(action.paper), "digest": digest},
        facts={"digest": digest, "form": form, "size": len(content)},
        notices=words_to(row, "meetings.paper", moment),
    )


@handles(DecideOnPaper)
def decide_on_paper(action: DecideOnPaper, moment: Moment) -> Outcome:
    Paper.objects.filter(pk=action.paper).update(public=action.readers == "everybody")
    return Outcome()


@handles(WithdrawPaper)
def withdraw_paper(action: WithdrawPaper, moment: Moment) -> Outcome:
    Paper.objects.filter(pk=action.paper).update(withdrawn_at=moment.recorded_at, why=action.reason, public=False)
    return Outcome()


@handles(KeepMinutes)
def keep_minutes(action: KeepMinutes, moment: Moment) -> Outcome:
    row = meeting_of(action.meeting)
    if not (action.text_en or action.text_ru):
        raise Refused(_("Write the minutes in English or in Russian."), code="no_text", field="text_en")
    number = (Minutes.objects.filter(meeting=row).aggregate(last=Max("number"))["last"] or 0) + 1
    Minutes.objects.create(
        meeting=row,
        number=number,
        text_en=action.text_en,
        text_ru=action.text_ru,
        kept_at=moment.recorded_at,
        kept_by=doer(moment),
    )
    return Outcome(result={"number": number}, facts={"number": number})


@handles(PublishStatement)
def publish_statement(action: PublishStatement, moment: Moment) -> Outcome:
    row = meeting_of(action.meeting)
    standing = Paragraph.objects.filter(meeting=row)
    if standing.filter(standing="draft").exists():
        raise Refused(
            _("Some paragraphs are not agreed yet. Agree on them or leave them out first."), code="drafts_left"
        )
    if not standing.filter(standing="agreed").exists():
        raise Refused(_("No paragraph is agreed yet."), code="nothing_agreed")
    if not row.public:
        raise Refused(_("That this meeting takes place is not public. Change that first."), code="not_public")
    if row.statement_at is None:
        Meeting.objects.filter(pk=row.pk).update(statement_at=moment.recorded_at)
    return Outcome(notices=words_to(row, "meetings.statement", moment) if row.statement_at is None else ())


@handles(MakeFeed)
def make_feed(action: MakeFeed, moment: Moment) -> Outcome:
    FeedKey.objects.filter(officer_id=doer(moment), revoked_at=None).update(revoked_at=moment.recorded_at)
    FeedKey.objects.create(
        id=action.feed, officer_id=doer(moment), digest=action.feed_digest, made_at=moment.recorded_at
    )
    return Outcome()


@handles(RevokeFeed)
def revoke_feed(action: RevokeFeed, moment: Moment) -> Outcome:
    FeedKey.objects.filter(pk=action.feed, revoked_at=None).update(revoked_at=moment.recorded_at)
    return Outcome()
