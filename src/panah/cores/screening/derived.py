"""Facts that rules read beside the answers: age, nationality, papers, entry and money, each from named fields.

A derived fact is True, False or None (unknown), or a number. It is true only on what was said or shown; what is not
known stays unknown. For each the fields on which it rests are listed, so that a finding can name the answers behind
it and the questions that are still open.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from panah.cores.screening.fields import OPEN_ANSWERS
from panah.cores.screening.record import BirthDate, Document

ADULT_AGE: Final = 18
"""Convention on the Rights of the Child, article 1; where majority is reached earlier the pack's state still screens so."""

NOT_A_NATIONALITY: Final = frozenset({"XXA", "XXB", "XXX"})
NATIONAL_TRAVEL_PAPERS: Final = frozenset({"passport", "id_card", "return_certificate"})
NATIONALITY_PAPERS: Final = frozenset({"passport", "id_card", "return_certificate"})
OUT_OF_HAND: Final = frozenset({"lost", "withheld_by_other", "suspected_forged"})
STAY_PAPERS: Final = ("visa", "residence_permit")
IRREGULAR_MODES: Final = frozenset({"irregular", "intercepted"})


@dataclass(frozen=True)
class Case:
    """What derived facts are made from: the record's answers, the pack's state (ISO alpha-3) and the interview's day.

    Without a day no age follows from a birth date.
    """

    answers: Mapping[str, Any]
    country: str
    on: date | None

    def get(self, key: str) -> Any:
        found = self.answers.get(key)
        return None if found in OPEN_ANSWERS else found


@dataclass(frozen=True)
class DerivedFact:
    """A named fact with its kind (`truth` or `number`), the fields that it reads and how it is made."""

    name: str
    kind: str
    fields: tuple[str, ...]
    make: Callable[[Case], Any]


def age_on(born: date, on: date) -> int:
    """Completed years of life on a day; negative before birth."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _age_by_birth(case: Case) -> int | None:
    born: BirthDate | None = case.get("person.birth_date")
    return None if born is None or case.on is None else age_on(born.latest, case.on)


def _age(case: Case) -> int | None:
    by_birth = _age_by_birth(case)
    if by_birth is not None:
        return by_birth
    estimate: int | None = case.get("person.age_estimate")
    return estimate


def _child(case: Case) -> bool | None:
    """Any sign of an age below 18 counts, a disputed age too; an age that nobody asked leaves it open.

    Where no age is recorded at all, an answer to a question that is asked of children only speaks for a child.
    """
    if case.get("person.age_disputed") == "yes":
        return True
    ages = [age for age in (_age_by_birth(case), case.get("person.age_estimate")) if age is not None]
    if ages:
        return min(ages) < ADULT_AGE
    return True if case.get("child.accompanied_by") is not None else None


def _own_national(case: Case) -> bool | None:
    citizenships = case.get("person.citizenships")
    if citizenships is None:
        return None
    if case.country in citizenships:
        return True
    return None if "XXX" in citizenships else False


def _names_no_citizenship(case: Case) -> bool | None:
    citizenships = case.get("person.citizenships")
    return None if citizenships is None else all(code == "XXX" for code in citizenships)


def _documents(case: Case) -> tuple[Document, ...] | None:
    found: tuple[Document, ...] | None = case.get("documents")
    return found


def _any_document(test: Callable[[Document, Case], bool]) -> Callable[[Case], bool | None]:
    def make(case: Case) -> bool | None:
        documents = _documents(case)
        return None if documents is None else any(test(document, case) for document in documents)

    return make


def _only_soviet(case: Case) -> bool | None:
    """A Soviet passport and no paper in hand that shows the nationality of a state."""
    documents = _documents(case)
    if documents is None:
        return None
    if not any(document.type == "ussr_passport" for document in documents):
        return False
    return not any(
        document.type in NATIONALITY_PAPERS and document.status not in ("lost", "suspected_forged")
        for document in documents
    )


def _no_identity_paper(case: Case) -> bool | None:
    """No paper in hand that says who the person is: none at all, or all lost, taken away or doubted.

    A visa or another paper alone leaves it open, for it was put into something.
    """
    documents = _documents(case)
    if documents is None:
        return None
    identity = [document for document in documents if document.type not in ("visa", "other", None)]
    if documents and not identity:
        return None
    return all(document.status in OUT_OF_HAND for document in identity)


def _papers_in_order(case: Case) -> bool | None:
    """A valid passport, identity card or return certificate, a valid paper of stay where one is shown, nothing doubted."""
    documents = _documents(case)
    if documents is None:
        return None
    if any(document.status in ("withheld_by_other", "suspected_forged") for document in documents):
        return False
    if not any(document.type in NATIONAL_TRAVEL_PAPERS and document.status == "valid" for document in documents):
        return False
    for kind in STAY_PAPERS:
        shown = [document for document in documents if document.type == kind]
        if shown and not any(document.status == "valid" for document in shown):
            return False
    return True


def _entered_irregularly(case: Case) -> bool | None:
    """Between border points, intercepted, or on a paper that is suspected of being forged."""
    mode = case.get("entry.mode")
    if mode in IRREGULAR_MODES:
        return True
    if mode == "returned_by_other_state":
        return False
    documents = _documents(case)
    forged = documents is not None and any(document.status == "suspected_forged" for document in documents)
    return True if forged else None if mode is None else False


def _status_in(status: str, *, here: bool) -> Callable[[Case], bool | None]:
    def make(case: Case) -> bool | None:
        found = case.get("protection.status_elsewhere.status")
        if found is None:
            return None
        return bool(found == status) and (case.get("protection.status_elsewhere.country") == case.country) is here

    return make


def _entry_ban_abroad(case: Case) -> bool | None:
    country = case.get("labour.entry_ban_by")
    return None if country is None else country != case.country


def _earns_wage(case: Case) -> bool | None:
    wage = case.get("labour.monthly_wage_usd")
    return None if wage is None else wage > 0


def _paid_for_recruitment(case: Case) -> bool | None:
    cost = case.get("labour.recruitment_cost_usd")
    return None if cost is None else cost > 0


def _recruitment_costs_a_month(case: Case) -> bool | None:
    """Recruitment cost of one month's wage or more (SDG indicator 10.7.1 measures cost in wages; the limit is ours)."""
    cost, wage = case.get("labour.recruitment_cost_usd"), case.get("labour.monthly_wage_usd")
    if cost is None or wage is None:
        return None
    return bool(cost > 0 and wage > 0 and cost >= wage)


def _has_relatives_named(case: Case) -> bool | None:
    countries = case.get("family.relatives_in")
    return None if countries is None else bool(countries)


_AGE: Final = ("person.birth_date", "person.age_estimate")
_STATUS: Final = ("protection.status_elsewhere.status", "protection.status_elsewhere.country")

DERIVED: Final[tuple[DerivedFact, ...]] = (
    DerivedFact("person.age", "number", _AGE, _age),
    DerivedFact("child", "truth", ("person.age_disputed", *_AGE), _child),
    DerivedFact("own_national", "truth", ("person.citizenships",), _own_national),
    DerivedFact("names_no_citizenship", "truth", ("person.citizenships",), _names_no_citizenship),
    DerivedFact(
        "papers.refugee_elsewhere",
        "truth",
        ("documents",),
        _any_document(lambda paper, case: paper.type == "travel_document_1951" and paper.issuer != case.country),
    ),
    DerivedFact(
        "papers.refugee_here",
        "truth",
        ("documents",),
        _any_document(lambda paper, case: paper.type == "travel_document_1951" and paper.issuer == case.country),
    ),
    DerivedFact(
        "papers.stateless",
        "truth",
        ("documents",),
        _any_document(lambda paper, _: paper.type == "travel_document_1954"),
    ),
    DerivedFact("papers.only_soviet", "truth", ("documents",), _only_soviet),
    DerivedFact(
        "papers.withheld", "truth", ("documents",), _any_document(lambda paper, _: paper.status == "withheld_by_other")
    ),
    DerivedFact(
        "papers.suspected_forged",
        "truth",
        ("documents",),
        _any_document(lambda paper, _: paper.status == "suspected_forged"),
    ),
    DerivedFact(
        "papers.national_out_of_hand",
        "truth",
        ("documents",),
        _any_document(
            lambda paper, _: paper.type in NATIONAL_TRAVEL_PAPERS and paper.status in ("lost", "withheld_by_other")
        ),
    ),
    DerivedFact("papers.none_in_hand", "truth", ("documents",), _no_identity_paper),
    DerivedFact("papers.in_order", "truth", ("documents",), _papers_in_order),
    DerivedFact("entered_irregularly", "truth", ("entry.mode", "documents"), _entered_irregularly),
    DerivedFact("refugee_status_elsewhere", "truth", _STATUS, _status_in("refugee", here=False)),
    DerivedFact("refugee_status_here", "truth", _STATUS, _status_in("refugee", here=True)),
    DerivedFact("entry_ban_abroad", "truth", ("labour.entry_ban_by",), _entry_ban_abroad),
    DerivedFact("earns_wage", "truth", ("labour.monthly_wage_usd",), _earns_wage),
    DerivedFact("paid_for_recruitment", "truth", ("labour.recruitment_cost_usd",), _paid_for_recruitment),
    DerivedFact(
        "recruitment_costs_a_month",
        "truth",
        ("labour.recruitment_cost_usd", "labour.monthly_wage_usd"),
        _recruitment_costs_a_month,
    ),
    DerivedFact("names_relatives", "truth", ("family.relatives_in",), _has_relatives_named),
)

DERIVED_BY_NAME: Final[Mapping[str, DerivedFact]] = MappingProxyType({fact.name: fact for fact in DERIVED})


def deciding_fields(name: str, case: Case) -> tuple[str, ...]:
    """The answered fields that a derived fact rests on in this case, the fewest that decide it first.

    For `child` only what speaks for a child; for everything else the answered fields that the fact reads.
    """
    if name == "child":
        return _signs_of_childhood(case)
    return tuple(field for field in DERIVED_BY_NAME[name].fields if case.get(field) is not None)


def _signs_of_childhood(case: Case) -> tuple[str, ...]:
    signs = []
    if case.get("person.age_disputed") == "yes":
        signs.append("person.age_disputed")
    by_birth, estimate = _age_by_birth(case), case.get("person.age_estimate")
    if by_birth is not None and by_birth < ADULT_AGE:
        signs.append("person.birth_date")
    if estimate is not None and estimate < ADULT_AGE:
        signs.append("person.age_estimate")
    if by_birth is None and estimate is None and not signs and case.get("child.accompanied_by") is not None:
        signs.append("child.accompanied_by")
    return tuple(signs) or tuple(field for field in _AGE if case.get(field) is not None)
