"""From a reading to the fields of a registration, in the words of contracts/screening.md."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from panah.cores.documents.codes import ORGANISATIONS, OTHER_REFUGEE, country
from panah.cores.documents.names import PLACEHOLDERS

if TYPE_CHECKING:
    from panah.cores.documents.reading import Reading

STATUS_OF_CODE: Final = {"XXA": "stateless", "XXB": "refugee", "XXC": "refugee"}


def document_type(reading: Reading) -> str:
    """`passport`, `id_card`, `travel_document_1951`, `travel_document_1954`, `ussr_passport`, `visa` or `other`.

    A card whose holder is a national of another state than the issuer is `other`: it may be a residence permit, and
    the zone does not say.
    """
    code, issuer, nationality = reading.type or "", reading.issuer or "", reading.nationality or ""
    if code.startswith("V"):
        return "visa"
    if issuer == "SUN":
        return "ussr_passport"
    if code.startswith("P"):
        if reading.document_class == "refugee_1951":
            return "travel_document_1951"
        if reading.document_class == "stateless_1954":
            return "travel_document_1954"
        return "passport" if reading.document_class == "national" and code not in {"PU", "PL"} else "other"
    if code[:1] in {"I", "A", "C"} and code != "AC":
        own = not nationality or nationality == issuer or country(nationality) == country(issuer)
        return "id_card" if own or nationality in STATUS_OF_CODE else "other"
    return "other"


def status_elsewhere(reading: Reading) -> dict[str, str] | None:
    """The status that the document shows the issuer to have recognised: `country` and `status`, or None."""
    issuer = country(reading.issuer or "")
    if issuer is None or reading.type is None or reading.type.startswith("V"):
        return None
    if reading.document_class == "refugee_1951" or reading.nationality == OTHER_REFUGEE:
        return {"country": issuer, "status": "refugee"}
    if reading.document_class == "stateless_1954":
        return {"country": issuer, "status": "stateless"}
    return None


def _citizenships(reading: Reading) -> list[str]:
    code = reading.nationality or ""
    if not code and reading.document_class == "national":
        code = reading.issuer or ""
    if not code or code in ORGANISATIONS:
        return []
    found = country(code)
    return [found] if found else []


def _validity(reading: Reading) -> str | None:
    last = reading.expiry.last_day
    if last is None:
        return None
    return "expired" if last < reading.on else "valid"


def registration_of(reading: Reading) -> dict[str, object]:
    """Plain values for a registration form, each a proposal that an officer confirms.

    - `names`: `primary`, `secondary`, `single` (a whole name of one part: ask for no surname), `truncated`. What
      stands for a missing name (FNU, LNU, XXX) is left out.
    - `birth_date` (ISO, to the precision known, or None) and `birth_date_precision`.
    - `sex`: `female`, `male`, `unknown`.
    - `citizenships`: ISO 3166-1 alpha-3, XXA, XXB or XXX; empty where the zone names none. `nationality_code` is the
      code as printed.
    - `document`: `type`, `issuer` (a country or None), `issuer_code`, `number`, `status` (`valid`, `expired`, None),
      `expiry`.
    - `status_elsewhere`: `country` and `status` where the document shows one, else None.
    - `class`, `valid` and `problems` as in the reading.
    """
    parts = [None if part in PLACEHOLDERS else part for part in (reading.names.primary, reading.names.secondary)]
    return {
        "names": {
            "primary": parts[0],
            "secondary": parts[1],
            "single": sum(part is not None for part in parts) == 1,
            "truncated": reading.names.truncated,
        },
        "birth_date": reading.birth_date.value,
        "birth_date_precision": reading.birth_date.precision,
        "sex": reading.sex if reading.sex in {"female", "male"} else "unknown",
        "citizenships": _citizenships(reading),
        "nationality_code": reading.nationality,
        "document": {
            "type": document_type(reading),
            "issuer": country(reading.issuer or ""),
            "issuer_code": reading.issuer,
            "number": reading.number,
            "status": _validity(reading),
            "expiry": reading.expiry.value,
        },
        "status_elsewhere": status_elsewhere(reading),
        "class": reading.document_class,
        "valid": reading.valid,
        "problems": [problem.as_json() for problem in reading.problems],
    }
