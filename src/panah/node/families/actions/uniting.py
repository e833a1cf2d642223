"""Verified links, and the way from being apart to being together."""

from __future__ import annotations

from uuid import UUID

from panah.foundation.access.models import Officer
from panah.foundation.door.service import Harm, Moment, NotFound, Outcome, Refused, StoppedForOne, handles
from panah.node.families import people, rules
from panah.node.families.models import FamilyLink, FollowUp, Member, Request, Reunification
from panah.node.families.permissions import serves
from panah.node.families.sealing import seal
from panah.node.families.uniting_acts import (
    BringTogether,
    CloseReunification,
    EndLink,
    KeepFollowUp,
    KeepLink,
    Plan,
    Prepare,
    SetPlace,
    parted,
)
from panah.node.reception import service as reception
from panah.node.registration import service as registration
from panah.node.safeguards import service as safeguards


@handles(KeepLink)
def keep_link(action: KeepLink, moment: Moment) -> Outcome:
    other = registration.file_by_id(action.other).pk
    near = other in people.known_to_be_family(action.file) or serves(_officer(moment), other)
    if not near or other == action.file or people.withheld(action.file, other):
        raise Refused(
            "This person did not come with the other, is not with your body, and no agreed match joins the two.",
            code="not_near",
            field="other",
        )
    if "dna" in action.verified and not (action.consent_to_dna and len(set(action.verified)) > 1):
        raise Refused(
            "Genes are compared last, beside what papers or words say, and only when both agree in writing.",
            code="dna_last",
            field="verified",
        )
    if any(other in (link.file, link.other) for link in people.links_of(action.file)):
        raise Refused("The two are linked already.", code="linked_already", field="other")
    FamilyLink.objects.create(
        id=action.link,
        file=action.file,
        other=other,
        relation=action.relation,
        verified=sorted(set(action.verified)),
        sealed=seal(action.file, how=action.how),
        at=moment.recorded_at,
        by=action.by,
    )
    return Outcome()


@handles(EndLink)
def end_link(action: EndLink, moment: Moment) -> Outcome:
    row = action.row
    _no_hold(tuple({row.file, row.other} - {action.file}))
    FamilyLink.objects.filter(pk=row.pk).update(ended_at=moment.recorded_at, ending=seal(row.file, why=action.why))
    return Outcome()


@handles(Plan)
def plan(action: Plan, moment: Moment) -> Outcome:
    officer, first = _officer(moment), registration.file_in_turn(action.file)
    request = _request_of(action)
    known = {file: people.known_to_be_family(file) for file in action.files}
    for file in action.files:
        others = set(action.files) - {file}
        if not any(other in known[file] or file in known[other] for other in others):
            raise Refused(
                "One of them is not known to be of this family: did not come with it, and no verified link or agreed match joins them.",
                code="not_family",
                field="others",
            )
        if any(people.withheld(file, other) for other in others):
            raise Refused("One of them does not wish it. Nobody is brought together so.", code="not_wished")
        if Member.objects.filter(file=file, reunification__closed_at=None).exists():
            raise Refused("One of them is on the way together already.", code="planned_already", field="others")
    _centre(action.where, action.centre)
    if parted(action.files, action.centre):
        _no_hold(action.files[1:])
    row = Reunification.objects.create(
        id=action.reunification,
        number=f"{first.number}-F{Member.objects.filter(file=first.pk).count() + 1}",
        request=request,
        body=officer.body,
        where=action.where,
        centre=action.centre if action.where == "centre" else None,
        day=action.day,
        sealed=seal(first.pk, plan=action.plan),
        at=moment.recorded_at,
        by=action.by,
    )
    Member.objects.bulk_create(Member(reunification=row, file=file) for file in action.files)
    return Outcome(result={"reunification": str(row.pk), "number": row.number}, facts={"number": row.number})


def _request_of(action: Plan) -> Request | None:
    """The request from which it comes: one of the person's own, of which both sides agreed."""
    if action.request is None:
        return None
    row = Request.objects.filter(pk=action.request, file=action.file, closed_at=None).first()
    if row is None or not any(people.is_agreed(match) for match in row.matches.filter(file__in=action.others)):
        raise NotFound("There is no such request.")
    return row


@handles(Prepare)
def prepare(action: Prepare, moment: Moment) -> Outcome:
    row = _open(action.row)
    member = row.members.filter(file=action.file).first()
    if member is None:
        raise NotFound("There is no such member.")
    if not action.in_private:
        raise Refused("Each of them is heard alone. Ask again in private.", code="not_private", field="in_private")
    child = people.is_child(action.file)
    if action.says == "yes" and child and (action.interests != "in_interest" or not action.guardian):
        raise Refused(
            "For a child a yes counts only with the guardian there and after an assessment that it is in the child's best interests.",
            code="interests_first",
            field="interests",
        )
    Member.objects.filter(pk=member.pk).update(
        says=action.says,
        interests=action.interests if child else "",
        guardian=action.guardian,
        sealed=seal(action.file, remark=action.remark),
        at=moment.recorded_at,
    )
    return Outcome()


@handles(SetPlace)
def set_place(action: SetPlace, moment: Moment) -> Outcome:
    row = _not_together(_open(action.row))
    _centre(action.where, action.centre)
    if parted(action.files, action.centre):
        _no_hold(action.files[1:])
    Reunification.objects.filter(pk=row.pk).update(
        where=action.where, centre=action.centre if action.where == "centre" else None, day=action.day
    )
    return Outcome()


@handles(BringTogether)
def bring_together(action: BringTogether, moment: Moment) -> Outcome:
    row = _not_together(_open(action.row))
    if action.on > registration.local_day(moment.recorded_at):
        raise Refused("The day lies in the future. Keep it when they are together.", code="future", field="on")
    unsaid = [member for member in row.members.all() if member.says != "yes"]
    kept_apart = any(people.withheld(one, other) for one in action.files for other in action.files if one != other)
    if unsaid or kept_apart:
        raise Refused(
            "Not everybody has said yes when heard alone. Nobody is brought together against their word.", code="unsaid"
        )
    stays = people.centres_of(action.files)
    if row.where == "centre" and {stays.get(file) for file in action.files} != {row.centre}:
        raise Refused(
            "Not all of them have a place in this centre yet. Reception there gives it, and asks the safeguards.",
            code="no_place_yet",
        )
    Reunification.objects.filter(pk=row.pk).update(together_on=action.on)
    FollowUp.objects.bulk_create(
        FollowUp(reunification=row, months=months, due_on=rules.months_after(action.on, months))
        for months in rules.FOLLOW_UP_MONTHS
    )
    return Outcome()


@handles(KeepFollowUp)
def keep_follow_up(action: KeepFollowUp, moment: Moment) -> Outcome:
    _open(action.row)
    if action.visit.done_at is not None:
        raise Refused("This follow-up was kept already.", code="kept_already")
    if registration.local_day(moment.recorded_at) < action.visit.due_on:
        raise Refused(
            f"They are asked from {action.visit.due_on.isoformat()} on. Until then nobody knows how they are after that time.",
            code="too_early",
        )
    FollowUp.objects.filter(pk=action.visit.pk).update(
        done_at=moment.recorded_at, how=action.how, sealed=seal(action.files[0], remark=action.remark), by=action.by
    )
    return Outcome()


@handles(CloseReunification)
def close_reunification(action: CloseReunification, moment: Moment) -> Outcome:
    row = _open(action.row)
    if action.outcome == "reunited":
        if row.together_on is None:
            raise Refused("They are not together yet. Keep the day first.", code="not_together", field="outcome")
        if row.follow_ups.filter(done_at=None).exists():
            raise Refused(
                "They were not asked yet how they are. Keep the follow-ups after a month and after three first.",
                code="not_followed",
                field="outcome",
            )
        last = row.follow_ups.order_by("due_on", "pk").last()
        if last is None or last.how not in rules.TOGETHER:
            raise Refused(
                "When they were asked last they were not reached, or were apart again. That is how it ends: say so.",
                code="not_heard",
                field="outcome",
            )
    Reunification.objects.filter(pk=row.pk).update(
        closed_at=moment.recorded_at, outcome=action.outcome, closing=seal(action.files[0], remark=action.remark)
    )
    return Outcome()


def _no_hold(others: tuple[UUID, ...]) -> None:
    """The door asked about the first of them; the others are asked here."""
    for file in others:
        stop = safeguards.stop_for(file, Harm.FAMILY_SPLIT)
        if stop is not None:
            raise StoppedForOne(
                "A safeguard stands for one of them against parting the family. Let all of the family come along.",
                stop,
                code="held",
            )


def _centre(where: str, centre: UUID | None) -> None:
    if where == "centre" and centre not in reception.centre_titles():
        raise Refused(
            "Say in which centre they come together. Choose one of the list.", code="no_centre", field="centre"
        )


def _open(row: Reunification) -> Reunification:
    if row.closed_at is not None:
        raise Refused(f"{row.number} is closed.", code="closed")
    return row


def _not_together(row: Reunification) -> Reunification:
    if row.together_on is not None:
        raise Refused("They are together already.", code="together_already")
    return row


def _officer(moment: Moment) -> Officer:
    if moment.officer is None:
        raise Refused("This act needs an officer.", code="no_officer")
    return moment.officer
