"""The interview record's fields, defined once: key, type and allowed values (contract for screening).

Parsing, the JSON Schema, the question bank's checks and any generated form all read this table, so that none of them
can drift from the others. Order is the order of the contract, and of every list of answers that the core gives out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from panah.cores.documents.codes import STATES

Kind = Literal[
    "yes_no",
    "choice",
    "choices",
    "country",
    "countries",
    "whole",
    "number",
    "birth_date",
    "languages",
    "text",
    "documents",
]

YES_NO: Final = ("yes", "no", "unknown", "refused")
OPEN_ANSWERS: Final = frozenset({"unknown", "refused"})
"""Answers that leave a question open. They are never read as no."""

COUNTRIES: Final = STATES | {"XXA", "XXB", "XXX"}
"""ISO 3166-1 alpha-3 with XXA (stateless person), XXB (1951 Convention refugee) and XXX (unspecified)."""

PACKS: Final = ("kaz", "kgz", "tjk", "tkm", "uzb", "afg", "irn", "pak", "aze", "tur")
INVENTED_PACKS: Final = ("xx",)
"""Packs of invented countries, for tutorials and tests; accepted in records and not named to users."""

ENTRY_MODES: Final = (
    "border_point",
    "irregular",
    "intercepted",
    "airport_transit",
    "in_country",
    "returned_by_other_state",
)
SEXES: Final = ("female", "male", "other", "unknown")
DOCUMENT_TYPES: Final = (
    "passport",
    "id_card",
    "travel_document_1951",
    "travel_document_1954",
    "ussr_passport",
    "birth_certificate",
    "residence_permit",
    "visa",
    "return_certificate",
    "other",
)
DOCUMENT_STATUSES: Final = ("valid", "expired", "lost", "withheld_by_other", "suspected_forged")
PURPOSES: Final = (
    "protection",
    "family",
    "work",
    "study",
    "transit",
    "return_home",
    "visit",
    "medical",
    "trade",
    "other",
)
REASONS_FOR_LEAVING: Final = (
    "persecution",
    "armed_conflict",
    "general_violence",
    "disaster",
    "environment",
    "family",
    "work",
    "study",
    "debt",
    "removed_by_state",
    "other",
)
FEAR_GROUNDS: Final = (
    "race",
    "religion",
    "nationality",
    "social_group",
    "political_opinion",
    "gender",
    "torture",
    "death_penalty",
    "armed_conflict",
    "conscription",
    "trafficker_reprisal",
    "other",
)
STATUSES_ELSEWHERE: Final = ("refugee", "asylum_seeker", "temporary_protection", "refused", "stateless")
COMPANIONS: Final = (
    "parent",
    "legal_guardian",
    "customary_caregiver",
    "adult_relative",
    "unrelated_adult",
    "nobody",
)


@dataclass(frozen=True)
class Field:
    """One key of the record.

    `key` is its path with dots; `allowed` the values of a choice; `least` and `most` bound a number, both included;
    `section` is the object it lies in, empty at the top.
    """

    key: str
    kind: Kind
    allowed: tuple[str, ...] = ()
    least: int = 0
    most: int | None = None

    @property
    def section(self) -> str:
        return self.key.rpartition(".")[0]

    @property
    def name(self) -> str:
        return self.key.rpartition(".")[2]


def _yes_no(section: str, names: str) -> tuple[Field, ...]:
    return tuple(Field(f"{section}.{name}", "yes_no", YES_NO) for name in names.split())


FIELDS: Final[tuple[Field, ...]] = (
    Field("entry.mode", "choice", ENTRY_MODES),
    Field("entry.from", "country"),
    Field("entry.route", "countries"),
    *_yes_no("entry", "stay_expired"),
    Field("person.sex", "choice", SEXES),
    Field("person.birth_date", "birth_date"),
    Field("person.age_estimate", "whole", most=130),
    *_yes_no("person", "age_disputed"),
    Field("person.citizenships", "countries"),
    Field("person.birth_country", "country"),
    Field("person.residence_country", "country"),
    *_yes_no("person", "ethnic_return"),
    Field("person.languages", "languages"),
    Field("documents", "documents"),
    Field("purpose", "choices", PURPOSES),
    Field("protection.left_because", "choices", REASONS_FOR_LEAVING),
    *_yes_no("protection", "fears_return"),
    Field("protection.fear_grounds", "choices", FEAR_GROUNDS),
    *_yes_no("protection", "asked_asylum"),
    Field("protection.status_elsewhere.country", "country"),
    Field("protection.status_elsewhere.status", "choice", STATUSES_ELSEWHERE),
    *_yes_no("protection", "refused_here_before new_facts"),
    *_yes_no("nationality", "recognised_by_any_state has_proof lost_or_refused birth_registered"),
    *_yes_no("travel", "paid_facilitator owes_debt_for_journey abandoned_or_endangered"),
    Field("travel.companions", "whole", most=100_000),
    *_yes_no(
        "exploitation",
        "deceived_about_work recruited_as_child documents_withheld cannot_leave movement_controlled confined violence "
        "threats threats_to_family wages_withheld no_or_little_pay excessive_hours debt_bondage forced_sex "
        "forced_marriage forced_begging forced_crime organ_removal companion_answers_for_them coached_answers "
        "lives_at_workplace recruitment_fee_abusive free_to_leave",
    ),
    Field("child.accompanied_by", "choice", COMPANIONS),
    Field("child.wants_to_join_family_in", "country"),
    *_yes_no(
        "health",
        "emergency chronic_condition treatment_interrupted infectious_suspected pregnant disability mental_distress "
        "suicide_risk substance_dependence",
    ),
    Field("health.pregnancy_weeks", "whole", most=45),
    *_yes_no(
        "needs",
        "torture_survivor sexual_violence_survivor gender_violence_risk single_parent alone_older lgbti no_shelter "
        "no_food illiterate no_common_language",
    ),
    *_yes_no("labour", "has_contract has_permit wages_unpaid recruiter_used recruiter_licensed injured_at_work"),
    Field("labour.recruitment_cost_usd", "number"),
    Field("labour.monthly_wage_usd", "number"),
    Field("labour.occupation", "text"),
    Field("labour.entry_ban_by", "country"),
    *_yes_no("labour", "qualification_unrecognised"),
    *_yes_no("return", "wants_to_return has_means embassy_contacted stranded"),
    *_yes_no("family", "separated_on_route wants_tracing"),
    Field("family.relatives_in", "countries"),
    *_yes_no(
        "security",
        "alert_match alert_confirmed armed_group_member serious_crime_admitted weapons_found imminent_danger",
    ),
    *_yes_no("consent", "understands share_unhcr share_iom share_partner contact_consulate"),
)

FIELD: Final[Mapping[str, Field]] = MappingProxyType({field.key: field for field in FIELDS})
POSITION: Final[Mapping[str, int]] = MappingProxyType({field.key: at for at, field in enumerate(FIELDS)})

TOP_KEYS: Final = ("id", "pack", "date", "place", "notes")
"""Keys of the record itself that no rule reads as an answer; `notes` no rule reads at all."""

DOCUMENT_KEYS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {"type": DOCUMENT_TYPES, "issuer": (), "number": (), "status": DOCUMENT_STATUSES}
)
"""Keys of one document, with the values of those that have a list."""


def sections() -> Mapping[str, tuple[str, ...]]:
    """For the record ("") and each object in it, the keys that it may have, in order."""
    found: dict[str, list[str]] = {"": list(TOP_KEYS)}
    for field in FIELDS:
        path = field.key.split(".")
        for depth in range(len(path)):
            keys = found.setdefault(".".join(path[:depth]), [])
            if path[depth] not in keys:
                keys.append(path[depth])
    return MappingProxyType({name: tuple(keys) for name, keys in found.items()})
