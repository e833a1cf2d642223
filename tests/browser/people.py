"""Invented people of the journeys: what their papers say and what they answer. None of them lives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from panah.cores.documents.compose import Fields, compose

Answers = Mapping[str, Any]


@dataclass(frozen=True)
class Traveller:
    """A person with a passport and a story. `answers` are by the keys of contracts/screening.md."""

    family: str
    given: str
    citizenship: str
    birth_date: str
    sex: str
    number: str
    language: str
    answers: Answers

    @property
    def zone(self) -> tuple[str, ...]:
        """The two lines of the passport."""
        return compose(
            Fields(
                format="TD3",
                type="P",
                issuer=self.citizenship,
                number=self.number,
                nationality=self.citizenship,
                primary=self.family,
                secondary=self.given,
                birth_date=self.birth_date,
                sex=self.sex,  # type: ignore[arg-type]
                expiry="2031-04-01",
            )
        )

    def registration(self) -> dict[str, Any]:
        """The same person as a program registers them."""
        return {
            "language": self.language,
            "names": [
                {"text": f"{self.given} {self.family}"},
                {"text": self.family, "kind": "family"},
                {"text": self.given, "kind": "given"},
            ],
            "sex": self.sex,
            "birth": {"date": self.birth_date},
            "citizenships": [self.citizenship],
            "documents": [{"type": "passport", "issuer": self.citizenship, "number": self.number, "status": "valid"}],
            "entry": {"mode": "border_point", "from_country": "KGZ"},
        }

    def record(self) -> dict[str, Any]:
        """The answers as an interview record."""
        nested: dict[str, Any] = {}
        for key, value in self.answers.items():
            *sections, name = key.split(".")
            place = nested
            for section in sections:
                place = place.setdefault(section, {})
            place[name] = value
        return nested


_AFRAID: Answers = {
    "consent.understands": "yes",
    "entry.mode": "border_point",
    "entry.from": "KGZ",
    "purpose": ["protection"],
    "protection.left_because": ["persecution"],
    "protection.fears_return": "yes",
    "protection.fear_grounds": ["religion", "gender"],
    "protection.asked_asylum": "yes",
    "exploitation.free_to_leave": "yes",
    "consent.share_unhcr": "yes",
    "consent.share_partner": "yes",
    "needs.no_shelter": "yes",
}

ZAHRA = Traveller("Rahimi", "Zahra", "AFG", "1994-05-03", "female", "P00482913", "fa", _AFRAID)
ZAHRA_AGAIN = Traveller("Rahimy", "Zahra", "AFG", "1994-05-03", "female", "P00517728", "fa", _AFRAID)
LEYLA = Traveller("Nazari", "Leyla", "AFG", "1989-11-20", "female", "P00610044", "fa", _AFRAID)
MERDAN = Traveller("Orazow", "Merdan", "TKM", "1991-02-14", "male", "A1204417", "tk", _AFRAID)
FARRUKH = Traveller(
    "Nazarov",
    "Farrukh",
    "TJK",
    "1987-08-09",
    "male",
    "401882736",
    "tg",
    {
        "consent.understands": "yes",
        "entry.mode": "border_point",
        "entry.from": "KGZ",
        "purpose": ["work"],
        "protection.left_because": ["work"],
        "protection.fears_return": "no",
        "protection.asked_asylum": "no",
        "labour.has_contract": "yes",
        "labour.has_permit": "yes",
        "exploitation.free_to_leave": "yes",
    },
)
