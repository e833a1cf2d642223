"""What the acts of this room do. Its only writer."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from panah.foundation.access.models import Officer
from panah.foundation.door.service import Moment, NotFound, Outcome, Refused, handles
from panah.foundation.notices.service import Word
from panah.hub.loadings.service import note, refuse_wrong
from panah.hub.participants import service as participants
from panah.hub.practices import acts, models, record
from panah.hub.practices.models import HelpOffer, HelpRequest, HelpStep, Practice, Trained
from panah.hub.practices.rules import EDITABLE, OFFER_STEPS, REQUEST_STEPS, folded, kept_count, spaced

_OF_RECORD = UUID("6d1f2a5e-8c57-5e0e-9d3b-0a7d0f5b9c11")
"""From it and the key of a row of the record follows the id of its entry, on every installation the same."""
_LISTS = ("ten_points", "agenda", "states")


@handles(acts.LoadPractices)
def load_practices(action: acts.LoadPractices, moment: Moment) -> Outcome:
    folder = Path(action.folder)
    found = participants.digest_of(folder, record.SHEETS)
    standing = action.unchanged(found)
    if standing is not None:
        return standing
    readings = record.readings(folder)
    refuse_wrong(record.problems(readings))
    rows = changed = 0
    for name, sheet in record.SHEETS.items():
        rows += len(readings[name].rows)
        changed += _replace(sheet, tuple(readings[name]), moment)
    return note(action, found, moment, rows=rows, changed=changed)


def _replace(sheet: record.Sheet, rows: tuple[record.ToldRow, ...], moment: Moment) -> int:
    """Supersede what the sheet says otherwise now. Entries of which a participant wrote a version here are left alone."""
    table: Any = sheet.table
    standing = list(table.objects.filter(superseded_at=None).exclude(digest=""))
    known = {(one.key, one.digest) for one in standing}
    ours = set(table.objects.filter(digest="", superseded_at=None).values_list("entry", flat=True))
    said = {row.key: row for row in rows}
    new = [
        row
        for row in rows
        if (row.key, participants.row_digest(row)) not in known and uuid5(_OF_RECORD, row.key) not in ours
    ]
    gone = [one.pk for one in standing if one.key not in said]
    table.objects.filter(pk__in=gone).update(superseded_at=moment.recorded_at)
    for row in new:
        earlier = table.objects.filter(entry=uuid5(_OF_RECORD, row.key))
        revision = earlier.count() + 1
        earlier.filter(superseded_at=None).update(superseded_at=moment.recorded_at)
        table.objects.create(**_of_sheet(row, revision, moment))
    return len(new) + len(gone)


def _of_sheet(row: record.ToldRow, revision: int, moment: Moment) -> dict[str, Any]:
    fields = row.model_dump()
    fields |= {name: spaced(fields[name].split()) for name in _LISTS}
    fields |= {"verified": row.verified == "yes", "translation_checked": row.translation_checked == "yes"}
    for amount in ("cost_amount", "budget_amount"):
        if amount in fields:
            fields[amount] = Decimal(fields[amount]) if fields[amount] else None
    if isinstance(row, record.PracticeRow):
        fields |= {"standing": Practice.Standing.PUBLISHED, "revision": revision, "decided_at": moment.recorded_at}
    made = {"made_at": moment.recorded_at, "digest": participants.row_digest(row), "words": _words(fields)}
    return fields | made | {"entry": uuid5(_OF_RECORD, row.key)}


_TEXTS = (
    "title_en", "title_ru", "what_en", "what_ru", "result_en", "result_ru", "run_by", "organisation", "district", "town",
)  # fmt: skip


def _words(fields: dict[str, Any]) -> str:
    return folded(*(str(fields.get(name, "")) for name in _TEXTS))


def _fields(action: acts._Told, moment: Moment) -> dict[str, Any]:
    """The columns of what was told, whole and possible."""
    _known(action.participant, *action.states)
    for field in ("title", "what"):
        if not getattr(action, f"{field}_{action.original}").strip():
            raise Refused(
                _("Title and text must be there in the language in which it was written."),
                code="empty",
                field=f"{field}_{action.original}",
            )
    begins, ends = participants.said(action.begins), participants.said(action.ends)
    if begins and ends and ends.latest < begins.earliest:
        raise Refused(_("The end lies before the beginning. Change one of the two."), code="ends_first", field="ends")
    fields = action.model_dump(exclude={"id", "by", "place", "happened_at", "version"})
    fields |= {name: spaced(fields[name]) for name in _LISTS}
    made = {"id": action.version, "made_at": moment.recorded_at, "made_by": action.by, "words": _words(fields)}
    return fields | made


def _known(*codes: str) -> None:
    names = {one.code for one in participants.participants()}
    for code in codes:
        if code not in names:
            raise Refused(
                _("%(code)s takes no part in the Process. Choose one of its participants.") % {"code": code},
                code="unknown_participant",
                field="participant",
            )


@handles(acts.WritePractice)
def write_practice(action: acts.WritePractice, moment: Moment) -> Outcome:
    if action.result == "known" and not (action.result_en or action.result_ru):
        raise Refused(
            _("Say what the result was, or that it is unknown."), code="empty", field=f"result_{action.original}"
        )
    _money(action.cost_amount, action.cost_currency, "cost_currency")
    versions = Practice.objects.select_for_update().filter(entry=action.entry).order_by("-revision")
    last = versions.first()
    if last is not None:
        _own(last.participant, action.participant)
        if last.standing == Practice.Standing.SUBMITTED:
            raise Refused(
                _("This practice waits for the secretariat. It can be changed when it was answered."), code="waits"
            )
        if last.standing in EDITABLE:
            Practice.objects.filter(pk=last.pk).update(superseded_at=moment.recorded_at)
    fields = _fields(action, moment)
    revision = last.revision + 1 if last else 1
    Practice.objects.create(**fields, revision=revision, standing=Practice.Standing.DRAFT)
    return Outcome(result={"practice": str(action.version), "revision": revision})


def _own(before: str, now: str) -> None:
    """What belongs to a participant is changed by that one alone. Others learn nothing of it."""
    if before != now:
        raise NotFound("There is no such entry.")


def _practice(identifier: UUID, *standings: str) -> Practice:
    found = Practice.objects.select_for_update().filter(pk=identifier, superseded_at=None).first()
    if found is None:
        raise NotFound("There is no such practice, or another version took its place.")
    if found.standing not in standings:
        raise Refused(
            _("The practice is not one on which this can be done now: %(standing)s.")
            % {"standing": Practice.Standing(found.standing).label},
            code="wrong_standing",
        )
    return found


def _link(practice: Practice) -> str:
    return f"/practices/{practice.pk}/"


@handles(acts.SubmitPractice)
def submit_practice(action: acts.SubmitPractice, moment: Moment) -> Outcome:
    found = _practice(action.practice, *EDITABLE)
    Practice.objects.filter(pk=found.pk).update(
        standing=Practice.Standing.SUBMITTED, submitted_at=moment.recorded_at, submitted_by=action.by
    )
    word = {"participant": found.participant}
    return Outcome(notices=(Word("practices.submitted", role="secretariat", facts=word, link=_link(found)),))


@handles(acts.PublishPractice)
def publish_practice(action: acts.PublishPractice, moment: Moment) -> Outcome:
    found = _practice(action.practice, Practice.Standing.SUBMITTED)
    if action.by in (found.made_by, found.submitted_by):
        raise Refused(
            _("Nobody publishes what they wrote or handed in themselves. Another one of the secretariat does it."),
            code="own_practice",
        )
    before = Practice.objects.filter(
        entry=found.entry, standing=Practice.Standing.PUBLISHED, superseded_at=None
    ).exclude(pk=found.pk)
    before.update(superseded_at=moment.recorded_at)
    _decide(found, Practice.Standing.PUBLISHED, "", action.by, moment)
    return Outcome(facts={"participant": found.participant}, notices=_to_author(found, "practices.published"))


@handles(acts.SendBackPractice)
def send_back_practice(action: acts.SendBackPractice, moment: Moment) -> Outcome:
    found = _practice(action.practice, Practice.Standing.SUBMITTED)
    _decide(found, Practice.Standing.SENT_BACK, action.reason, action.by, moment)
    return Outcome(facts={"participant": found.participant}, notices=_to_author(found, "practices.sent_back"))


@handles(acts.WithdrawPractice)
def withdraw_practice(action: acts.WithdrawPractice, moment: Moment) -> Outcome:
    found = _practice(action.practice, Practice.Standing.PUBLISHED)
    # Who decided that it be published stays in the journal; the row says who took it back.
    _decide(found, Practice.Standing.WITHDRAWN, action.reason, action.by, moment)
    return Outcome(facts={"participant": found.participant})


def _decide(practice: Practice, standing: str, reason: str, by: UUID | None, moment: Moment) -> None:
    Practice.objects.filter(pk=practice.pk).update(
        standing=standing, decided_at=moment.recorded_at, decided_by=by, decided_because=reason
    )


def _to_author(practice: Practice, code: str) -> tuple[Word, ...]:
    if practice.submitted_by is None:
        return ()
    word = {"participant": practice.participant}
    return (Word(code, officer=practice.submitted_by, facts=word, link=_link(practice)),)


@handles(acts.CheckTranslation)
def check_translation(action: acts.CheckTranslation, moment: Moment) -> Outcome:
    found = _practice(action.practice, Practice.Standing.PUBLISHED)
    if found.made_by == action.by:
        raise Refused(_("Nobody checks a translation of their own. Another one does it."), code="own_practice")
    if not all(getattr(found, f"{field}_{language}") for field in ("title", "what") for language in ("en", "ru")):
        raise Refused(
            _("There is no translation to check. Title and text must be there in both languages."), code="none"
        )
    Practice.objects.filter(pk=found.pk).update(translation_checked=True)
    return Outcome(facts={"participant": found.participant})


@handles(acts.AskHelp)
def ask_help(action: acts.AskHelp, moment: Moment) -> Outcome:
    _known(action.participant)
    fields = action.model_dump(include={"participant", "theme", "title", "text", "needed_by"})
    request = HelpRequest.objects.create(
        id=action.request, ten_points=spaced(action.ten_points), agenda=spaced(action.agenda), made_at=moment.recorded_at,
        made_by=_maker(action.by), **fields,
    )  # fmt: skip
    _step("asked", action, moment, participant=action.participant, request=request)
    word = Word(
        "practices.asked", role="secretariat", facts={"participant": action.participant}, link=f"/support/{request.pk}/"
    )
    return Outcome(result={"request": str(request.pk)}, notices=(word,))


@handles(acts.OfferHelp)
def offer_help(action: acts.OfferHelp, moment: Moment) -> Outcome:
    _known(action.participant)
    request = _request(action.request) if action.request else None
    if request is not None and request.standing not in ("open", "matched"):
        raise Refused(_("This request is closed. Make an offer for whoever needs it instead."), code="closed")
    if request is not None and request.participant == action.participant:
        raise Refused(_("A state does not answer its own request."), code="own_request")
    fields = action.model_dump(include={"participant", "theme", "title", "text", "until"})
    offer = HelpOffer.objects.create(
        id=action.offer, request=request, made_at=moment.recorded_at, made_by=_maker(action.by), **fields
    )
    _step("offered", action, moment, participant=action.participant, request=request, offer=offer)
    words = _to_state(request, "practices.offered", action.participant) if request else ()
    return Outcome(result={"offer": str(offer.pk)}, notices=words)


@handles(acts.AnswerOffer)
def answer_offer(action: acts.AnswerOffer, moment: Moment) -> Outcome:
    offer = _moved(action.offer, action.answer_code)
    if offer.request is not None and offer.request.participant != action.participant:
        raise NotFound("There is no such offer.")
    if offer.participant == action.participant:
        raise Refused(_("Nobody answers an offer of their own."), code="own_offer")
    if offer.until is not None and offer.until < moment.recorded_at.date() and action.answer_code == "accepted":
        raise Refused(
            _("The offer was open until a day that has passed. Ask whether it still stands."), code="too_late"
        )
    if offer.request is None and action.answer_code == "declined":
        raise Refused(_("An offer for whoever needs it is not declined. Leave it to others."), code="standing_offer")
    if offer.request is not None and action.answer_code == "accepted":
        HelpRequest.objects.filter(pk=offer.request.pk).update(standing=HelpRequest.Standing.MATCHED)
    _step(
        action.answer_code,
        action,
        moment,
        participant=action.participant,
        request=offer.request,
        offer=offer,
        text=action.text,
    )
    word = Word(
        "practices.answered",
        officer=offer.made_by,
        facts={"participant": action.participant},
        link=f"/support/offers/{offer.pk}/",
    )
    return Outcome(notices=(word,))


@handles(acts.CloseOffer)
def close_offer(action: acts.CloseOffer, moment: Moment) -> Outcome:
    offer = _moved(action.offer, action.how)
    request = offer.request
    _step(action.how, action, moment, participant=offer.participant, request=request, offer=offer, text=action.text)
    if request is not None and request.standing == "matched" and action.how == "withdrawn":
        others = request.offers.filter(standing__in=("accepted", "carried_out")).exists()
        HelpRequest.objects.filter(pk=request.pk).update(standing="matched" if others else "open")
    return Outcome(facts={"participant": offer.participant})


@handles(acts.CloseRequest)
def close_request(action: acts.CloseRequest, moment: Moment) -> Outcome:
    request = _request(action.request)
    before, after = REQUEST_STEPS[action.how]
    if request.standing not in before:
        raise Refused(_("This request is closed already."), code="closed")
    HelpRequest.objects.filter(pk=request.pk).update(standing=after)
    _step(action.how, action, moment, participant=request.participant, request=request, text=action.text)
    return Outcome(facts={"participant": request.participant})


def _moved(identifier: UUID, step: str) -> HelpOffer:
    """The offer, moved by the step. Raises Refused where it is not one that can be."""
    offer: HelpOffer | None = (
        HelpOffer.objects.select_for_update(of=("self",)).select_related("request").filter(pk=identifier).first()
    )
    if offer is None:
        raise NotFound("There is no such offer.")
    before, after = OFFER_STEPS[step]
    if offer.standing not in before:
        raise Refused(
            _("This cannot be done with the offer now: %(standing)s.")
            % {"standing": HelpOffer.Standing(offer.standing).label},
            code="wrong_standing",
        )
    HelpOffer.objects.filter(pk=offer.pk).update(standing=after)
    return offer


def _request(identifier: UUID) -> HelpRequest:
    found = HelpRequest.objects.select_for_update().filter(pk=identifier).first()
    if found is None:
        raise NotFound("There is no such request.")
    return found


def _step(kind: str, action: Any, moment: Moment, **more: Any) -> None:
    HelpStep.objects.create(kind=kind, at=moment.recorded_at, by=_maker(action.by), **more)


def _maker(by: UUID | None) -> UUID:
    assert by is not None  # noqa: S101 - the door has an officer: these acts are not the installation's
    return by


def _to_state(request: HelpRequest, code: str, who: str) -> tuple[Word, ...]:
    """Word to the coordinators of the state that asked."""
    coordinators = participants.officers_of(request.participant, "national_coordinator", participants.today())
    return tuple(
        Word(code, officer=one, facts={"participant": who}, link=f"/support/{request.pk}/") for one in coordinators
    )


@handles(acts.KeepProject)
def keep_project(action: acts.KeepProject, moment: Moment) -> Outcome:
    _money(action.budget_amount, action.budget_currency, "budget_currency")
    if action.budget_amount is not None and not action.budget_source:
        raise Refused(_("Say where the amount stands."), code="empty", field="budget_source")
    return _kept(models.Project, action, moment)


@handles(acts.KeepCourse)
def keep_course(action: acts.KeepCourse, moment: Moment) -> Outcome:
    return _kept(models.Course, action, moment)


@handles(acts.KeepActivity)
def keep_activity(action: acts.KeepActivity, moment: Moment) -> Outcome:
    return _kept(models.Activity, action, moment)


def _kept(table: Any, action: acts._Told, moment: Moment) -> Outcome:
    """The entry as it is said now; the version before stays, superseded."""
    before = table.objects.select_for_update().filter(entry=action.entry, superseded_at=None).first()
    if before is not None:
        if not _of_secretariat(moment.officer):
            _own(before.participant, action.participant)
        table.objects.filter(pk=before.pk).update(superseded_at=moment.recorded_at)
    table.objects.create(**_fields(action, moment), key=before.key if before else "")
    return Outcome(result={"entry": str(action.entry)})


def _of_secretariat(officer: Officer | None) -> bool:
    return officer is not None and "secretariat" in officer.roles


def _money(amount: Decimal | None, currency: str, field: str) -> None:
    if amount is not None and not currency:
        raise Refused(_("Give the currency of the amount, for example USD or KZT."), code="empty", field=field)


@handles(acts.CountTrained)
def count_trained(action: acts.CountTrained, moment: Moment) -> Outcome:
    course = models.Course.objects.select_for_update().filter(entry=action.course, superseded_at=None).first()
    if course is None:
        raise NotFound("There is no such course.")
    if not _of_secretariat(moment.officer):
        _own(course.participant, action.participant)
    standing = Trained.objects.filter(course=action.course, function=action.function, superseded_at=None)
    standing.update(superseded_at=moment.recorded_at)
    for group in Trained.Group.values:
        kept = kept_count(getattr(action, group))
        if kept is not None:
            Trained.objects.create(
                course=action.course, function=action.function, group=group, count=kept[0], few=kept[1],
                made_at=moment.recorded_at, made_by=action.by,
            )  # fmt: skip
    return Outcome()


@handles(acts.TellOfDue)
def tell_of_due(action: acts.TellOfDue, moment: Moment) -> Outcome:
    if action.kind == "practice_waits":
        practice = _practice(action.of, Practice.Standing.SUBMITTED)
        word = {"participant": practice.participant}
        return Outcome(
            notices=(Word("practices.practice_waits", role="secretariat", facts=word, link=_link(practice)),)
        )
    if action.kind == "request_due":
        request = _request(action.of)
        word = {"participant": request.participant}
        mine = _to_state(request, "practices.request_due", request.participant)
        theirs = Word("practices.request_due", role="secretariat", facts=word, link=f"/support/{request.pk}/")
        return Outcome(notices=(*mine, theirs))
    offer = HelpOffer.objects.select_related("request").filter(pk=action.of).first()
    if offer is None or offer.request is None:
        raise NotFound("There is no such offer.")
    return Outcome(notices=_to_state(offer.request, "practices.offer_waits", offer.participant))
