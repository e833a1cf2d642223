"""Apprehension, what was asked and told, transfers, the end. The only writer of this room."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext as _

from panah.foundation.access.models import Officer
from panah.foundation.door.service import Harm, Moment, NotFound, Outcome, Refused, StoppedForOne, handles
from panah.foundation.notices.service import Word
from panah.node.custody import fitness, joining, journey, rules, unity, words
from panah.node.custody.acts import Apprehend, Ask, Confirm, End, HandOn, Join, SayFitness, TakeBack, Tell
from panah.node.custody.models import Asking, Custody, Serial, Transfer
from panah.node.custody.permissions import WORKING, held_by
from panah.node.registration import service as registration
from panah.node.safeguards import service as safeguards
from panah.node.safeguards.service import HoldToPlace


@handles(Apprehend)
def apprehend(action: Apprehend, moment: Moment) -> Outcome:
    officer = _officer(moment)
    _check(action, moment)
    if action.file and Custody.objects.filter(file=action.file, ended_at=None).exists():
        raise Refused("This person is in custody already. Go on with that record.", code="in_custody", field="file")
    pack = registration.node_pack()
    limit = rules.limit(pack, action.happened_at)
    said = action.model_dump(
        include={
            "file", "unit", "where", "ground_source", "ground", "means", "means_how", "injuries", "injuries_what", "doctor",
            "property_taken", "property_receipt", "told_language", "child", "fear",
        }
    )  # fmt: skip
    row = Custody.objects.create(
        id=action.custody,
        number=_number(registration.local_day(moment.recorded_at)),
        body=officer.body,
        post=officer.post,
        taken_by=officer.body or officer.post,
        apprehended_at=action.happened_at,
        entered_at=moment.recorded_at,
        by=action.by,
        told=_each(action.told),
        wishes=_each(action.wishes),
        asked_at=moment.recorded_at if action.fear != "unknown" else None,
        limit_name=limit.name if limit else "",
        limit_due=limit.due if limit else None,
        **said,
    )
    _protect(row, moment)
    if row.file:
        joining.tell(row.file, moment)
    result = {"custody": str(row.pk), "number": row.number}
    return Outcome(result=result, facts={"number": row.number}, notices=_of_child(row, ""))


def _check(action: Apprehend, moment: Moment) -> None:
    if action.happened_at > moment.recorded_at:
        raise Refused("Nobody is taken in the future. Check the time.", code="future", field="happened_at")
    if action.ground_source and action.ground_source not in registration.node_pack().sources:
        raise Refused(
            "The pack has no such source. Choose one of it, or leave it empty and write the ground in your own words.",
            code="no_source",
            field="ground_source",
        )
    for given, needed, what in (
        (action.means == "yes", "means_how", "which force was used"),
        (action.injuries == "yes", "injuries_what", "which injuries were seen or told of"),
        (bool(action.property_taken), "property_receipt", "the number of the receipt for what was taken"),
        (bool(action.told), "told_language", "in which language the person was told"),
    ):
        if given and not getattr(action, needed):
            raise Refused(f"Say {what}.", code="say_it", field=needed)


@handles(Ask)
def ask(action: Ask, moment: Moment) -> Outcome:
    row, before = _open(action.row), action.row.child
    if action.told and not action.told_language:
        raise Refused("Say in which language the person was told.", code="say_it", field="told_language")
    # What was said before stays said: a later answer takes neither a fear nor a childhood away. That is for the lanes of those holds.
    row.fear = "yes" if row.fear == "yes" else action.fear
    row.child = row.child if row.child in rules.CHILDREN and action.child not in rules.CHILDREN else action.child
    row.told = _each((*row.told, *action.told))
    row.told_language = action.told_language or row.told_language
    row.wishes, row.asked_at = _each(action.wishes) or row.wishes, moment.recorded_at
    row.save(update_fields=["fear", "child", "told", "told_language", "wishes", "asked_at"])
    _protect(row, moment)
    return Outcome(facts={"number": row.number}, notices=_of_child(row, before))


@handles(Join)
def join(action: Join, moment: Moment) -> Outcome:
    row, person = action.row, registration.file_by_id(action.file)
    if row.file is not None:
        raise Refused("The person has a file already.", code="joined", field="number")
    if row.ended_at is None and Custody.objects.filter(file=person.pk, ended_at=None).exists():
        raise Refused("The person of this file is in custody under another number.", code="in_custody", field="number")
    row.file = person.pk
    row.save(update_fields=["file"])
    _protect(row, moment)
    joining.tell(person.pk, moment)
    return Outcome(facts={"number": row.number} | _from_to(row))


@handles(SayFitness)
def say_fitness(action: SayFitness, moment: Moment) -> Outcome:
    row, medical = _open(action.row), action.seen_by in fitness.MEDICS
    if action.result != "unknown" and not medical:
        raise Refused(
            _("Whether a person can travel is the word of somebody medical. Where none saw them it is not known."),
            code="no_medic",
            field="result",
        )
    if medical != (action.seen_at is not None):
        raise Refused(_("Say when somebody medical saw the person, and only then."), code="seen_at", field="seen_at")
    # Pages say the minute, programs the second.
    taken = row.apprehended_at.replace(second=0, microsecond=0)
    if action.seen_at is not None and not taken <= action.seen_at <= moment.recorded_at:
        raise Refused(
            _("Somebody medical saw the person after they were taken, and not in the future. Check the time."),
            code="time",
            field="seen_at",
        )
    if (action.result == "conditions") != bool(action.conditions):
        raise Refused(
            _("Name the conditions where the person can travel with conditions, and only there."),
            code="conditions",
            field="conditions",
        )
    if ("other" in action.conditions) != bool(action.conditions_more):
        raise Refused(
            _("Write the other condition, without a diagnosis, and tick that there is one."),
            code="conditions_more",
            field="conditions_more",
        )
    said = action.model_dump(include={*fitness.COMPLAINTS, "seen_by", "seen_at", "result", "conditions_more"})
    Asking.objects.create(
        id=action.asking,
        custody=row,
        asked_at=moment.recorded_at,
        by=action.by,
        conditions=_each(action.conditions),
        **said,
    )
    return Outcome(result={"asking": str(action.asking)}, facts={"number": row.number})


@handles(HandOn)
def hand_on(action: HandOn, moment: Moment) -> Outcome:
    row = _here(action.row)
    if not action.to_body and not action.to_post:
        raise Refused("Say which body or post receives the person.", code="no_receiver", field="to_body")
    if (action.to_body, action.to_post) in {(row.body, ""), (row.body, row.post)} or (
        not action.to_body and not row.body and action.to_post == row.post
    ):
        raise Refused("Your own body holds the person already. Choose another.", code="own_body", field="to_body")
    family = _companions(action, row, moment)
    made = []
    for each, transfer in ((row, action.transfer), *family):
        known = _may_travel(action, each, row, moment)
        made.append(
            Transfer(
                id=transfer, custody=each, from_body=each.body, from_post=each.post, to_body=action.to_body,
                to_post=action.to_post, to_where=action.to_where, purpose=action.purpose, remark=action.remark,
                apart_why=action.apart_why, fitness=known.result, seen_by=known.seen_by, seen_at=known.seen_at,
                conditions=list(known.conditions), conditions_more=known.more, handed_at=moment.recorded_at, handed_by=action.by,
            )
        )  # fmt: skip
    for one in made:
        one.save(force_insert=True)
    notices = tuple(
        word for one in made for word in _to(action.to_body, action.to_post, "custody.to_confirm", one.custody)
    )
    facts = {"number": row.number} | ({"with": [each.number for each, _id in family]} if family else {})
    return Outcome(result={"transfer": str(action.transfer)}, facts=facts, notices=notices)


def _may_travel(action: HandOn, each: Custody, first: Custody, moment: Moment) -> fitness.Fitness:
    """What is known of the fitness of one who is handed over; refused where they were not asked what has to be asked first."""
    of_family = {} if each.pk == first.pk else {"number": each.number}
    if action.purpose not in rules.BEFORE_ASKING and (each.asked_at is None or each.file is None):
        raise Refused(
            "The person was not registered, or nobody asked yet whether they are afraid to return. Ask first; until then a transfer is for "
            "registration, a doctor or child protection.",
            code="not_asked",
            field="companions" if of_family else "purpose",
        )
    to_health = journey.is_health_service(action.to_body, moment.recorded_at)
    to_safety = action.purpose in rules.BEFORE_ASKING
    known = journey.fitness_of(each, moment.recorded_at)
    _refuse_unfit(each, known, moment, to_health=to_health, to_safety=to_safety, of_family=bool(of_family))
    return known


def _refuse_unfit(
    row: Custody, known: fitness.Fitness, moment: Moment, *, to_health: bool = False, to_safety: bool = False,
    of_family: bool = False,
) -> None:  # fmt: skip
    held = moment.recorded_at - row.apprehended_at
    against = fitness.against(known, to_health=to_health, to_safety=to_safety, held=held)
    if against:
        sentence = words.of(words.AGAINST, against)
        raise Refused(
            f"{row.number}: {sentence}" if of_family else sentence,
            code=against,
            field="companions" if of_family else "",
        )


def _companions(action: HandOn, row: Custody, moment: Moment) -> list[tuple[Custody, UUID]]:
    """Those of the family who go along, held by the same hands; and no safeguard of theirs, or of those left behind, stands against it."""
    wanted = {each.custody: each.transfer for each in action.companions}
    if row.pk in wanted or len(wanted) != len(action.companions) or not unity.may_go_along(row, wanted):
        raise Refused(
            _(
                "Together are handed over members of one family whom the same body holds. Hand the others over one by one."
            ),
            code="not_together",
            field="companions",
        )
    found = held_by(_officer(moment)).select_for_update().filter(pk__in=wanted, ended_at=None).order_by("number")
    family = [_here(each) for each in found]
    if len(family) != len(wanted):
        raise NotFound("There is nobody in custody under this id.")
    for each in family:
        harm = unity.harm_of(each, action.to_body, action.to_post, action.moving)
        stop = safeguards.stop_for(each.file, harm) if harm and each.file else None
        if stop is not None:
            raise StoppedForOne(
                _("A safeguard stands against it for %(number)s. Nobody was handed over.") % {"number": each.number},
                stop,
                field="companions",
            )
    left = unity.staying(row, action.to_body, action.to_post, action.moving)
    _keep_together(left, action.apart_why)
    return [(each, wanted[each.pk]) for each in family]


def _keep_together(left: Iterable[Custody], why: str) -> None:
    """A hold of somebody who stays behind stands against the parting as one of those who leave does; and it is said why."""
    for each in left:
        stop = safeguards.stop_for(each.file, Harm.FAMILY_SPLIT) if each.file else None
        if stop is not None:
            raise StoppedForOne(
                _(
                    "A safeguard keeps %(number)s, who would stay behind, together with the family. Nobody was handed over."
                )
                % {"number": each.number},
                stop,
                field="companions",
            )
        if not why.strip():
            raise Refused(
                _(
                    "This parts a family: %(number)s would stay behind. Hand them over together, or give the reason in writing."
                )
                % {"number": each.number},
                code="apart_why",
                field="apart_why",
            )


@handles(Confirm)
def confirm(action: Confirm, moment: Moment) -> Outcome:
    row = action.row
    transfer = _underway(row)
    if transfer is None:
        raise Refused("Nobody is on the way to you.", code="no_transfer")
    if transfer.handed_by == action.by:
        raise Refused("Whoever hands a person over does not confirm it too. Another officer does.", code="same_officer")
    transfer.confirmed_at, transfer.confirmed_by, transfer.state = moment.recorded_at, action.by, action.state
    transfer.save(update_fields=["confirmed_at", "confirmed_by", "state"])
    officer = _officer(moment)
    row.body, row.post = transfer.to_body, transfer.to_post or officer.post
    row.save(update_fields=["body", "post"])
    return Outcome(facts={"number": row.number})


@handles(TakeBack)
def take_back(action: TakeBack, moment: Moment) -> Outcome:
    transfer = _underway(action.row)
    if transfer is None:
        raise Refused("The person is with you already.", code="no_transfer")
    transfer.taken_back_at, transfer.taken_back_why = moment.recorded_at, action.why
    transfer.save(update_fields=["taken_back_at", "taken_back_why"])
    return Outcome(facts={"number": action.row.number})


@handles(End)
def end(action: End, moment: Moment) -> Outcome:
    row = _open(action.row) if action.how == "died" else _here(action.row)
    if not row.apprehended_at <= action.happened_at <= moment.recorded_at:
        raise Refused(
            "Custody ends after it began, and not in the future. Check the time.", code="time", field="happened_at"
        )
    if action.how in rules.SAY_WHERE and not action.where:
        raise Refused("Say where the person went.", code="say_where", field="where")
    if action.how in rules.HARMS and row.asked_at is None:
        raise Refused(
            "Nobody asked the person yet whether they are afraid to return. Ask first.", code="not_asked", field="how"
        )
    if action.how in rules.HARMS:
        _refuse_unfit(row, journey.fitness_of(row, moment.recorded_at), moment)
        _refuse_split(row)
    row.ended_at, row.ended_how, row.ended_by = action.happened_at, action.how, action.by
    row.ended_where, row.ended_with = action.where, action.left_with
    row.save(update_fields=["ended_at", "ended_how", "ended_by", "ended_where", "ended_with"])
    words = _overseers("custody.died", row) if action.how == "died" else ()
    return Outcome(facts={"number": row.number} | _from_to(row), notices=words)


def _refuse_split(row: Custody) -> None:
    """Nobody is detained, turned away or handed to another state away from family held here, where a safeguard keeps any of them together."""
    here = unity.held_here(row)
    for one in (*here, *([row] if here else [])):
        stop = safeguards.stop_for(one.file, Harm.FAMILY_SPLIT) if one.file else None
        if stop is not None:
            raise StoppedForOne(
                _("Family of this person is held here too, and a safeguard keeps them together."),
                stop,
                code="family",
                field="how",
            )


@handles(Tell)
def tell(action: Tell, moment: Moment) -> Outcome:
    row = Custody.objects.select_for_update().filter(pk=action.custody, ended_at=None).first()
    if row is None:
        raise Refused("The person is not in custody any more.", code="ended")
    if action.of == "over_time":
        if row.limit_told or row.limit_due is None or row.limit_due > moment.recorded_at:
            raise Refused("There is nothing to tell.", code="not_due")
        row.limit_told = True
        row.save(update_fields=["limit_told"])
        return Outcome(facts={"number": row.number}, notices=_overseers("custody.over_time", row))
    transfer = _underway(row)
    if transfer is None or transfer.told or transfer.handed_at + rules.TO_CONFIRM > moment.recorded_at:
        raise Refused("There is nothing to tell.", code="not_due")
    transfer.told = True
    transfer.save(update_fields=["told"])
    code = "custody.unconfirmed"
    both = (*_to(transfer.to_body, transfer.to_post, code, row), *_to(row.body, row.post, code, row))
    receiving = (*_to(transfer.to_body, transfer.to_post, code, row, ("supervisor",)), *_overseers(code, row))
    return Outcome(facts={"number": row.number}, notices=(*both, *receiving))


def _number(day: date) -> str:
    """The next number of the day. The row stays locked to the end of the transaction, so none is given twice or lost."""
    serial = Serial.objects.filter(day=day)
    if not serial.update(last=F("last") + 1):
        Serial.objects.get_or_create(day=day)
        serial.update(last=F("last") + 1)
    return f"CU-{day:%y%m%d}-{serial.get().last:04}"


def _officer(moment: Moment) -> Officer:
    if moment.officer is None:
        raise Refused("An officer does this, not the installation by itself.", code="no_author")
    return moment.officer


def _each(codes: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(codes))


def _open(row: Custody) -> Custody:
    if row.ended_at is not None:
        raise Refused("The person is not in custody any more.", code="ended")
    return row


def _underway(row: Custody) -> Transfer | None:
    return _open(row).transfers.select_for_update().filter(confirmed_at=None, taken_back_at=None).first()


def _here(row: Custody) -> Custody:
    """Still in custody, and with nobody else."""
    if _underway(row) is not None:
        raise Refused(
            "The person is on the way to another body, which did not confirm yet. It confirms, or you take the transfer back.",
            code="underway",
        )
    return row


def _protect(row: Custody, moment: Moment) -> None:
    """What the answers say holds at once, as soon as there is a file."""
    if row.file is None:
        return
    why = f"Said in custody {row.number}: afraid to return: {row.fear}; child: {row.child}."
    reason: dict[str, Any] = {"rule": "officer", "by": str(moment.officer.pk if moment.officer else ""), "reason": why}
    found = [HoldToPlace(code, (reason,)) for code in rules.holds(row.fear, row.child)]
    if found:
        safeguards.place_holds(row.file, found, moment)


def _from_to(row: Custody) -> dict[str, str]:
    until = {"until": row.ended_at.isoformat()} if row.ended_at else {}
    return {"since": row.apprehended_at.isoformat()} | until


def _facts(row: Custody) -> dict[str, str]:
    return {"number": row.number, "body": row.body, "post": row.post}


def _to(body: str, post: str, code: str, row: Custody, roles: Iterable[str] = WORKING) -> tuple[Word, ...]:
    """Word to the officers who may act there, each by themselves: others of the same body need not know."""
    there = {"body": body} if body else {"body": "", "post": post}
    people = Officer.objects.filter(is_active=True, grants__role__in=list(roles), grants__withdrawn_at=None, **there)
    link = f"/custody/{row.pk}/"
    found = people.order_by("pk").values_list("pk", flat=True).distinct()
    return tuple(Word(code, officer=one, facts=_facts(row), link=link) for one in found)


def _overseers(code: str, row: Custody) -> tuple[Word, ...]:
    """The same word to the supervisors of the body, the monitors of places of detention and the ombudsman."""
    link, facts = f"/custody/{row.pk}/", _facts(row)
    watching = tuple(Word(code, role=role, facts=facts, link=link) for role in ("ombudsman", "detention_monitor"))
    return (*_to(row.body, row.post, code, row, ("supervisor",)), *watching)


def _of_child(row: Custody, before: str) -> tuple[Word, ...]:
    """A child in custody is told to child protection at once, and to those who oversee. Once."""
    if row.child not in rules.CHILDREN or before in rules.CHILDREN:
        return ()
    return (Word("custody.child", role="child_officer", facts=_facts(row)), *_overseers("custody.child", row))
