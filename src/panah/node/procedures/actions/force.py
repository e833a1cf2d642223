"""What the acts about force do: asking again, the detention register, telling those who oversee. A writer beside actions.py."""

from __future__ import annotations

from calendar import monthrange
from datetime import datetime
from uuid import UUID

from panah.cores.lawbook.calendars import calendar_of
from panah.foundation.door.service import Moment, Outcome, Refused, handles
from panah.foundation.notices.service import Word
from panah.node.procedures import actions, rules, terms
from panah.node.procedures.force_acts import AskAgain, OrderDetention, ReviewDetention, TellOfDetention
from panah.node.procedures.models import AskedAgain, Detention, Proceeding
from panah.node.registration import service as registration
from panah.node.safeguards import service as safeguards
from panah.node.safeguards.service import HoldToPlace


@handles(AskAgain)
def ask_again(action: AskAgain, moment: Moment) -> Outcome:
    row = actions.open_one(action.row)
    if row.procedure not in rules.COERCIVE:
        raise Refused("These questions are asked before steps of force.", code="no_force")
    if action.by is None:
        raise Refused("An officer asks, with an interpreter where one is needed.", code="no_author")
    answers = {key: getattr(action, key) for key in rules.ASKED_AGAIN}
    AskedAgain.objects.create(
        id=action.asked, step=row.steps.get(ended_at=None), answers=answers, language=action.language,
        interpreter=action.interpreter, asked_at=moment.recorded_at, by=action.by,
    )  # fmt: skip
    holds = rules.holds_of_answers(answers)
    words: tuple[Word, ...] = ()
    if holds:
        yes = ", ".join(key for key in rules.ASKED_AGAIN if answers[key] == "yes")
        reason = {"rule": "officer", "by": str(action.by), "reason": f"Asked again in {row.number}, yes to: {yes}."}
        safeguards.place_holds(row.file, [HoldToPlace(code, (reason,)) for code in holds], moment)
        facts = {"number": row.number, "fear": answers["fear"]}
        words = _overseers("procedures.answered_yes", row, facts)
    return Outcome(
        result={"holds": list(holds)}, facts=actions.facts_of_act(row) | {"holds": list(holds)}, notices=words
    )


@handles(OrderDetention)
def order_detention(action: OrderDetention, moment: Moment) -> Outcome:
    row = actions.open_one(action.row)
    if row.procedure != "detention":
        raise Refused("Only a procedure of detention keeps grounds of detention.", code="no_detention")
    if Detention.objects.filter(proceeding=row).exists():
        raise Refused("The grounds are written down already. A review says whether they still hold.", code="kept")
    missing = [one for one in rules.ALTERNATIVES if not action.alternatives.get(one)]
    strange = sorted(set(action.alternatives) - set(rules.ALTERNATIVES))
    if missing or strange:
        raise Refused(
            f"Say of each alternative why it is not enough. Missing: {', '.join(missing) or 'none'}; not known: "
            f"{', '.join(strange) or 'none'}.",
            code="alternatives",
            field="alternatives",
        )
    if not row.facts.filter(code="detention_start").exists():
        began = actions.since_taken(row, action.happened_at)
        actions.keep_fact(row, "detention_start", began, moment.recorded_at, action.by)
        actions.reckon_again(row)
    held = Detention.objects.create(
        proceeding=row,
        legal_ground=action.legal_ground,
        assessment=action.assessment,
        alternatives=action.alternatives,
        place=action.where,
        ordered_at=action.happened_at,
        by=action.by,
    )
    _set_dates(held)
    return Outcome(facts=actions.facts_of_act(row))


@handles(ReviewDetention)
def review_detention(action: ReviewDetention, moment: Moment) -> Outcome:
    row = action.row
    held = Detention.objects.select_for_update().filter(proceeding=row).first()
    if held is None:
        raise Refused("No grounds of detention are written down; there is nothing to review.", code="no_grounds")
    if held.released_at is not None:
        raise Refused("The person was released already.", code="released")
    if action.result == "released":
        Detention.objects.filter(pk=held.pk).update(released_at=action.happened_at)
        return Outcome(facts=actions.facts_of_act(row) | {"result": "released"})
    if held.maximum_due is not None and moment.recorded_at >= held.maximum_due:
        raise Refused(
            "The longest time that the law allows is over. The person must be released; no review can keep them.",
            code="maximum",
        )
    actions.keep_fact(row, "detention_review", action.happened_at, moment.recorded_at, action.by)
    actions.reckon_again(row)
    held.reviewed_at = action.happened_at
    held.save(update_fields=["reviewed_at"])
    _set_dates(held)
    return Outcome(facts=actions.facts_of_act(row) | {"result": "kept"})


@handles(TellOfDetention)
def tell_of_detention(action: TellOfDetention, moment: Moment) -> Outcome:
    held = Detention.objects.select_for_update().select_related("proceeding").filter(pk=action.detention).first()
    if held is None or held.released_at is not None:
        raise Refused("The person is not held any more.", code="released")
    row, codes = held.proceeding, []
    if held.maximum_due is not None and held.maximum_due <= moment.recorded_at and not held.maximum_told:
        held.maximum_told = True
        codes.append("procedures.must_be_released")
    if held.review_due is not None and held.review_due <= moment.recorded_at and held.missed_told != held.review_due:
        held.missed_told = held.review_due
        codes.append("procedures.review_missed")
    if not codes:
        raise Refused("Nothing was missed.", code="not_due")
    held.save(update_fields=["maximum_told", "missed_told"])
    basis = {"procedures.must_be_released": held.maximum_basis, "procedures.review_missed": held.review_basis}
    words: list[Word] = []
    for code in codes:
        facts = {"number": row.number, "basis": basis[code]}
        words += [*actions.to_lane(code, row, facts), *_overseers(code, row, facts)]
    return Outcome(facts=actions.facts_of_act(row) | {"missed": codes}, notices=tuple(words))


def begin_earlier(file: UUID, moment: Moment) -> None:
    """A custody of earlier hours came to the person's file: a detention that runs counts from there, and its terms are reckoned anew.
    In the transaction of the act that brought it."""
    for row in Proceeding.objects.filter(file=file, ended_at=None, procedure__in=sorted(rules.COERCIVE)):
        moved = False
        for code in ("detention_start", "apprehension"):
            known = row.facts.filter(code=code).order_by("pk").last()
            began = actions.since_taken(row, known.at) if known else None
            if known is not None and began is not None and began < known.at:
                actions.keep_fact(row, code, began, moment.recorded_at, moment.officer.pk if moment.officer else None)
                moved = True
        if moved:
            actions.reckon_again(row)
            for held in Detention.objects.select_for_update().filter(proceeding=row, released_at=None):
                _set_dates(held)


def _overseers(code: str, row: Proceeding, facts: dict[str, str]) -> tuple[Word, ...]:
    """The same word to the supervisor of the body and to the ombudsman."""
    link = actions.link(row)
    supervisor = Word(code, body=row.body, role="supervisor", facts=facts, link=link)
    return supervisor, Word(code, role="ombudsman", facts=facts, link=link)


def _set_dates(held: Detention) -> None:
    """When the next review must be and when the longest time is over, by the pack; None where no pack says."""
    row = held.proceeding
    pack, facts = registration.node_pack(), terms.facts_of(row)
    began = row.facts.filter(code="detention_start").latest("pk").at
    name = rules.review_term(began, held.reviewed_at, _month_after(began))
    review = rules.reckon(pack, calendar_of(pack), name, facts, ())
    longest = rules.reckon(pack, calendar_of(pack), "detention/maximum", facts, ())
    held.review_due = review.due if review else None
    held.maximum_due = longest.due if longest else None
    held.review_basis, held.maximum_basis = review.basis if review else "", longest.basis if longest else ""
    held.save(update_fields=["review_due", "maximum_due", "review_basis", "maximum_basis"])


def _month_after(moment: datetime) -> datetime:
    year, month = (moment.year + 1, 1) if moment.month == 12 else (moment.year, moment.month + 1)
    return moment.replace(year=year, month=month, day=min(moment.day, monthrange(year, month)[1]))
