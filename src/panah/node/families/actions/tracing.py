"""Who is sought, what was tried, what is proposed, decided and said to it, and wishes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from uuid6 import uuid7

from panah.foundation.access.models import Officer
from panah.foundation.access.service import may
from panah.foundation.door.service import Moment, NotFound, Outcome, Refused, handles
from panah.foundation.languages import of_tag
from panah.foundation.notices.service import Word
from panah.node.families import matching, people, rules
from panah.node.families.acts import (
    AskOutside,
    CloseRequest,
    DecideMatch,
    EndWish,
    HandOver,
    KeepAnswer,
    KeepWish,
    Look,
    LookAgain,
    NoteAttempt,
    OpenRequest,
    ReportSilence,
    SetSharing,
)
from panah.node.families.models import Answer, Attempt, Decision, Match, Request, SoughtKey, Wish
from panah.node.families.permissions import WORKING, serves
from panah.node.families.sealing import seal, unseal
from panah.node.families.uniting_acts import file_of
from panah.node.referrals import service as referrals
from panah.node.registration import service as registration


@handles(OpenRequest)
def open_request(action: OpenRequest, moment: Moment) -> Outcome:
    officer, file = _officer(moment), registration.file_in_turn(action.file)
    if file.closed_at is not None:
        raise Refused(f"The file {file.number} is closed. Nobody is sought for a closed file.", code="closed")
    _years(action.year_from, action.year_to)
    _to_come(action.next_on, moment)
    child = people.is_child(file.pk)
    _interests(child, action.interests)
    who = rules.traits(action.names, action.fathers, action.sex, action.year_from, action.year_to)
    if people.forbids_looking(file.pk, who):
        raise Refused(
            "The person wishes that this one is not looked for. The wish stands until the person takes it back.",
            code="wished_not",
            field="names",
        )
    row = Request.objects.create(
        id=action.request,
        number=f"{file.number}-T{Request.objects.filter(file=file.pk).count() + 1}",
        file=file.pk,
        relation=action.relation,
        child=child,
        interests=action.interests if child else "",
        agrees=action.agrees,
        shares=dict(action.shares),
        sealed=seal(
            file.pk,
            names=list(action.names),
            fathers=list(action.fathers),
            sex=action.sex,
            year_from=action.year_from,
            year_to=action.year_to,
            last_place=action.last_place,
            last_day=action.last_day,
            marks=action.marks,
        ),
        body=officer.body,
        place=officer.post,
        tracer=officer.pk,
        opened_at=moment.recorded_at,
        opened_by=action.by,
        next_on=action.next_on,
    )
    SoughtKey.objects.bulk_create(SoughtKey(request=row, key=key) for key in sorted(people.keys_of(who)))
    return Outcome(result={"request": str(row.pk), "number": row.number}, facts={"number": row.number})


@handles(NoteAttempt)
def note_attempt(action: NoteAttempt, moment: Moment) -> Outcome:
    row = _open(action.row)
    _to_come(action.next_on, moment)
    _attempt(row, action.attempt, action.kind, action.what, action.by, moment)
    Request.objects.filter(pk=row.pk).update(next_on=action.next_on)
    return Outcome()


@handles(SetSharing)
def set_sharing(action: SetSharing, moment: Moment) -> Outcome:
    row = _open(action.row)
    _interests(row.child, action.interests)
    interests = action.interests if row.child else ""
    Request.objects.filter(pk=row.pk).update(agrees=action.agrees, shares=dict(action.shares), interests=interests)
    return Outcome()


@handles(HandOver)
def hand_over(action: HandOver, moment: Moment) -> Outcome:
    row = _open(action.row)
    taker = Officer.objects.filter(username=action.to.lower(), is_active=True, body=row.body).first()
    if taker is None or taker.roles.isdisjoint(WORKING) or not may(taker, "families.work", row):
        raise Refused(
            "Nobody of this user name works on tracing in your body. Give the user name of a colleague who does.",
            code="no_such_officer",
            field="to",
        )
    Request.objects.filter(pk=row.pk).update(tracer=taker.pk)
    facts = {"number": row.number}
    return Outcome(notices=(Word("families.handed_over", officer=taker.pk, facts=facts, link=_link(row)),))


@handles(CloseRequest)
def close_request(action: CloseRequest, moment: Moment) -> Outcome:
    row = _open(action.row)
    if action.outcome in rules.TELLING and row.tracer != action.by:
        raise NotFound("There is no such outcome for this officer.")
    if action.outcome != "closed_by_wish" and not row.attempts.exists():
        raise Refused(
            "Nothing that was tried is written down. Note first what was done to find the person.", code="nothing_tried"
        )
    if action.outcome == "reunited" and not row.reunifications.exclude(together_on=None).exists():
        raise Refused(
            "Nobody was brought together by this request yet. Keep the day on the reunification first.",
            code="not_together",
            field="outcome",
        )
    Request.objects.filter(pk=row.pk).update(
        closed_at=moment.recorded_at, outcome=action.outcome, closing=seal(row.file, remark=action.remark)
    )
    return Outcome()


@handles(AskOutside)
def ask_outside(action: AskOutside, moment: Moment) -> Outcome:
    row = _open(action.row)
    _to_come(action.next_on, moment)
    if row.shares.get(action.to) != "yes":
        raise Refused(
            "The person did not agree that the request goes to this kind of body. Ask the person, and keep the answer first.",
            code="consent_needed",
            field="to",
        )
    _interests_first(row.child, row.interests, guardian=True)
    running = [one for one in referrals.of_file(row.file).filter(to=action.to) if one.status in ("sent", "accepted")]
    sent = (
        Outcome()
        if running
        else referrals.send_within(
            referrals.SendReferral(
                id=action.id, by=action.by, place=action.place, happened_at=action.happened_at, referral=action.referral,
                file=row.file, to=action.to, consent_given=True,
            ),
            moment,
        )
    )  # fmt: skip
    referral = running[0].pk if running else action.referral
    _attempt(row, action.attempt, "outside", action.what, action.by, moment, referral)
    Request.objects.filter(pk=row.pk).update(next_on=action.next_on)
    return Outcome(result=sent.result, facts=sent.facts, notices=sent.notices)


@handles(Look)
def look(action: Look, moment: Moment) -> Outcome:
    _compare([_open(action.row)], moment)
    return Outcome()


@handles(LookAgain)
def look_again(action: LookAgain, moment: Moment) -> Outcome:
    rows = matching.waiting(moment.recorded_at)[: action.most]
    found = list(Request.objects.select_for_update().filter(pk__in=[row.pk for row in rows]).order_by("pk"))
    if not found:
        raise Refused("Every open request was compared today.", code="not_due")
    told = _compare(found, moment)
    return Outcome(facts={"requests": len(found)}, notices=told)


def _compare(rows: Iterable[Request], moment: Moment) -> tuple[Word, ...]:
    """Keep what is newly proposed. The only one who hears of it is the tracing officer."""
    told = []
    for row in rows:
        tracer = Officer.objects.filter(pk=row.tracer, is_active=True).first()
        known = set(row.matches.values_list("file", flat=True))
        new = [one for one in matching.proposals(row, tracer.roles if tracer else ()) if one.file not in known]
        Match.objects.bulk_create(
            Match(id=uuid7(), request=row, file=one.file, score=one.score, reasons=one.reasons, at=moment.recorded_at)
            for one in new
        )
        Request.objects.filter(pk=row.pk).update(looked_at=moment.recorded_at)
        if new and tracer:
            facts = {"number": row.number}
            told.append(Word("families.proposed", officer=tracer.pk, facts=facts, link=_link(row)))
    return tuple(told)


@handles(ReportSilence)
def report_silence(action: ReportSilence, moment: Moment) -> Outcome:
    row = Request.objects.select_for_update().filter(pk=action.request, closed_at=None).first()
    if row is None or row.next_on >= registration.local_day(moment.recorded_at) or row.warned_for == row.next_on:
        raise Refused("No word of silence is due.", code="not_due")
    Request.objects.filter(pk=row.pk).update(warned_for=row.next_on)
    facts = {"number": row.number}
    words = (
        Word("families.silent", body=row.body, role="supervisor", facts=facts, link=_link(row)),
        Word("families.silent", officer=row.tracer, facts=facts, link=_link(row)),
    )
    return Outcome(notices=words)


@handles(DecideMatch)
def decide_match(action: DecideMatch, moment: Moment) -> Outcome:
    _open(action.row.request)
    if action.row.standing == action.standing:
        raise Refused("The proposal stands so already.", code="stands_already", field="standing")
    Decision.objects.create(
        match=action.row,
        standing=action.standing,
        sealed=seal(action.row.request.file, reason=action.reason),
        at=moment.recorded_at,
        by=action.by,
    )
    Match.objects.filter(pk=action.row.pk).update(standing=action.standing)
    return Outcome()


@handles(KeepAnswer)
def keep_answer(action: KeepAnswer, moment: Moment) -> Outcome:
    match, file = action.row, action.subject()
    if match.standing != "confirmed":
        raise Refused("Nobody is asked before the proposal is confirmed.", code="not_confirmed")
    if not action.in_private:
        raise Refused(
            "The person is asked alone, with nobody of the family and no stranger near. Ask again in private.",
            code="not_private",
            field="in_private",
        )
    if action.says == "yes":
        _interests_first(people.is_child(file), action.interests, guardian=action.guardian)
    Answer.objects.create(
        id=action.answer,
        match=match,
        side=action.side,
        says=action.says,
        may_tell=sorted(set(action.may_tell)) if action.says == "yes" else [],
        interests=action.interests,
        guardian=action.guardian,
        sealed=seal(file, message=action.message),
        at=moment.recorded_at,
        by=action.by,
    )
    fresh = Match.objects.select_related("request").get(pk=match.pk)
    if not people.is_agreed(fresh):
        return Outcome()
    facts = {"number": match.request.number}
    return Outcome(notices=(Word("families.agreed", body=match.request.body, facts=facts, link=_link(match.request)),))


@handles(KeepWish)
def keep_wish(action: KeepWish, moment: Moment) -> Outcome:
    _years(action.year_from, action.year_to)
    other = _meant(action, _officer(moment))
    if not (action.everybody or other or action.names):
        raise Refused(
            "Say whom the wish means: everybody, a number of a file, or a name.", code="nobody_meant", field="names"
        )
    Wish.objects.create(
        id=action.wish,
        file=action.file,
        kind=action.kind,
        everybody=action.everybody,
        other=other,
        sealed=seal(
            action.file, names=list(action.names), year_from=action.year_from, year_to=action.year_to, why=action.why
        ),
        at=moment.recorded_at,
        by=action.by,
    )
    return Outcome()


def _meant(action: KeepWish, officer: Officer) -> UUID | None:
    """The file that the wish names. Only one of who came with the person, or on whom the officer works: else a number would tell who is here."""
    if not action.other_number:
        return None
    other = file_of(action.other_number)
    if other and other.pk != action.file and (other.pk in people.came_with(action.file) or serves(officer, other.pk)):
        return other.pk
    raise Refused(
        "Nobody of this number came with the person or is with your body. Give the name instead.",
        code="no_such_person",
        field="other_number",
    )


@handles(EndWish)
def end_wish(action: EndWish, moment: Moment) -> Outcome:
    if not action.in_private:
        raise Refused(
            "A wish is taken back in private only. Ask the person alone.", code="not_private", field="in_private"
        )
    if not action.informed:
        raise Refused(
            "Tell the person first what follows: from then on they may be looked for, and others told of them.",
            code="not_informed",
            field="informed",
        )
    own = registration.file_by_id(action.file).language
    if own and of_tag(own) != of_tag(action.language):
        raise Refused(
            f"The language of the person is {own}. Hear them in it, with an interpreter if need be.", code="not_their_language",
            field="language",
        )  # fmt: skip
    said = {"words": action.words, "language": action.language, "interpreter": action.interpreter}
    return _heard(action.row, said, _officer(moment), moment)


def _heard(row: Wish, said: dict[str, str], officer: Officer, moment: Moment) -> Outcome:
    """Ended where an interpreter stands for what was said, or two officers do; else it stands until a second one heard it."""
    if row.ending_heard_by == officer.pk and not said["interpreter"]:
        raise Refused(
            "You heard it already. A second officer hears the person too, or an interpreter whom you name is there.",
            code="second_officer",
        )
    before = unseal(row.file, row.ending).get("heard", []) if row.ending else []
    kept: dict[str, Any] = {"ending": seal(row.file, heard=[*before, {**said, "by": str(officer.pk)}])}
    ends = bool(said["interpreter"]) or row.ending_heard_by is not None
    if not ends:
        kept |= {"ending_heard_at": moment.recorded_at, "ending_heard_by": officer.pk}
    Wish.objects.filter(pk=row.pk).update(**kept, **({"ended_at": moment.recorded_at} if ends else {}))
    return Outcome(result={"ended": ends})


def _attempt(
    row: Request, pk: UUID, kind: str, what: str, by: UUID | None, moment: Moment, referral: Any = None
) -> None:
    Attempt.objects.create(
        id=pk, request=row, kind=kind, referral=referral, sealed=seal(row.file, what=what), at=moment.recorded_at, by=by
    )


def _officer(moment: Moment) -> Officer:
    if moment.officer is None:
        raise Refused("This act needs an officer.", code="no_officer")
    return moment.officer


def _open(row: Request) -> Request:
    if row.closed_at is not None:
        raise Refused(f"The request {row.number} is closed. Open a new one to go on.", code="closed")
    return row


def _to_come(day: date, moment: Moment) -> None:
    if day < registration.local_day(moment.recorded_at):
        raise Refused("The day of the next step lies in the past. Give a day to come.", code="past", field="next_on")


def _years(first: int | None, last: int | None) -> None:
    if first and last and first > last:
        raise Refused(
            f"The first year of birth ({first}) is after the last one ({last}). Exchange the two.",
            code="wrong_years",
            field="year_from",
        )


def _interests(child: bool, interests: str) -> None:
    if child and not interests:
        raise Refused(
            "The person is a child or treated so. Say where the assessment of best interests stands.",
            code="interests_needed",
            field="interests",
        )


def _interests_first(child: bool, interests: str, *, guardian: bool) -> None:
    """For a child nothing goes out and no yes counts without best interests and a guardian (general comment 6; standards/children)."""
    if child and (interests != "in_interest" or not guardian):
        raise Refused(
            "For a child a yes counts only with the guardian there and after an assessment that it is in the child's best interests.",
            code="interests_first",
            field="interests",
        )


def _link(row: Request) -> str:
    return f"/families/requests/{row.pk}/"
