"""What a recipient is shown of a person. Pure: an interview record and a recipient in, the minimal packet out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from panah.cores.exchange.sharing import DATA_CLASSES, may_share

# Which part of the interview record (contracts/screening.md) belongs to which class of data. What is not named here goes to nobody:
# security answers, consent answers and free notes among them.
CLASS_OF: Mapping[str, str] = {
    "person.sex": "identity_core",
    "person.birth_date": "identity_core",
    "person.age_estimate": "identity_core",
    "person.age_disputed": "identity_core",
    "person.citizenships": "identity_core",
    "person.birth_country": "identity_core",
    "person.residence_country": "identity_core",
    "person.languages": "identity_core",
    "documents": "identity_core",
    "child.accompanied_by": "identity_core",
    "nationality": "identity_core",
    "needs.no_common_language": "identity_core",
    "place": "location",
    "protection": "claim_content",
    "health": "health_and_violence",
    "needs.torture_survivor": "health_and_violence",
    "needs.sexual_violence_survivor": "health_and_violence",
    "needs.gender_violence_risk": "health_and_violence",
    "needs.lgbti": "health_and_violence",
    "exploitation": "trafficking_facts",
    "labour": "skills_and_work",
}


@dataclass(frozen=True)
class Item:
    """One answer that is shared: `label` is `name` or a key of contracts/screening.md, `value` as it stands in the record."""

    data_class: str
    label: str
    value: Any


@dataclass(frozen=True)
class Withheld:
    """A class of data that the recipient is not shown, and why: a code of `sharing.Decision`."""

    data_class: str
    reason: str


@dataclass(frozen=True)
class Packet:
    items: tuple[Item, ...]
    withheld: tuple[Withheld, ...]

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes of data that are inside."""
        return tuple(dict.fromkeys(item.data_class for item in self.items))

    def as_json(self) -> dict[str, list[dict[str, Any]]]:
        return {
            "items": [{"data_class": i.data_class, "label": i.label, "value": i.value} for i in self.items],
            "withheld": [{"data_class": w.data_class, "reason": w.reason} for w in self.withheld],
        }


def packet(
    record: Mapping[str, Any],
    name: str,
    recipient: str,
    *,
    profiles: Iterable[str],
    child: bool,
    consent: bool | None,
    agreed: Iterable[str] | None = None,
    only_agreed: bool = False,
) -> Packet:
    """The least that the recipient needs, by the sharing matrix. Unanswered parts are left out; they are not a no.

    With `agreed` the person's yes speaks for these classes of data and for no other. `only_agreed` keeps back also what would need no
    consent: for authorities of other states.
    """
    profiles = frozenset(profiles)
    yes = None if agreed is None else frozenset(agreed)
    wants_return = wishes_to_return(record)
    items: list[Item] = []
    withheld: list[Withheld] = []
    by_class: dict[str, list[tuple[str, Any]]] = {name_: [] for name_ in DATA_CLASSES} | {
        "identity_core": [("name", name)]
    }
    for key, value in _answered(record):
        by_class[CLASS_OF[key] if key in CLASS_OF else CLASS_OF[key.split(".")[0]]].append((key, value))
    for data_class, found in by_class.items():
        if not found:
            continue
        said = consent if yes is None else (consent is True and data_class in yes) or None
        decision = may_share(
            data_class, recipient, profiles=profiles, child=child, consent=said, voluntary_return=wants_return
        )
        if decision.allowed and only_agreed and said is not True:
            withheld.append(Withheld(data_class, "consent_needed"))
        elif decision.allowed:
            items.extend(Item(data_class, key, value) for key, value in found)
        else:
            withheld.append(Withheld(data_class, decision.code))
    return Packet(tuple(items), tuple(withheld))


def wishes_to_return(record: Mapping[str, Any]) -> bool:
    """The person said that they want to go back."""
    return bool(record.get("return", {}).get("wants_to_return") == "yes")


def _answered(part: Mapping[str, Any], within: str = "") -> Iterator[tuple[str, Any]]:
    """The parts of the record that have a class and an answer, by their keys with dots."""
    for name, value in part.items():
        key = f"{within}{name}"
        if isinstance(value, Mapping):
            yield from _answered(value, f"{key}.")
        elif (key in CLASS_OF or key.split(".")[0] in CLASS_OF) and value not in (None, "", [], "unknown"):
            yield key, value
