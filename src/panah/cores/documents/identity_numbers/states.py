"""The numbers of the ten states: shape, check digit where one is published, and what the digits hint at.

What was read in a source is cited. What is from memory or from a weak source is told in a problem of the answer with
the code `unverified_rule`, and never makes a number wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from stdnum.exceptions import ValidationError
from stdnum.pk import cnic
from stdnum.tr import tckimlik

from panah.cores.documents.identity_numbers.number import (
    IdentityNumber,
    Sex,
    as_date,
    misshapen,
    normalised,
    only_digits,
    with_check_digit,
)

_KAZAKH_NOT_BOUND: Final = "Since 26 August 2013 the number is not bound to the date of birth"


def _sex_of(odd_is_male: str) -> Sex | None:
    if odd_is_male == "0":
        return None
    return "male" if odd_is_male in "13579" else "female"


def kazakh_check_digit(number: str) -> str | None:
    """The twelfth digit for the first eleven; None where none exists and the number is never issued.

    The sum of digit times place, modulo 11; where that is 10, again with the places shifted by two (python package
    idnumbers 1.22.0, kaz).
    """
    digits = [int(digit) for digit in number[:11]]
    for shift in (0, 2):
        rest = sum(digit * ((place + shift) % 11 + 1) for place, digit in enumerate(digits)) % 11
        if rest < 10:
            return str(rest)
    return None


def _kazakhstan(number: str) -> IdentityNumber:
    """IIN of persons, BIN of businesses (YYMM, then 4, 5 or 6)."""
    is_business = len(number) == 12 and number[4:5] in {"4", "5", "6"}
    kind = "KZ-BIN" if is_business else "KZ-IIN"
    if not only_digits(number) or len(number) != 12:
        return misshapen("KAZ", number, kind, "12 digits")
    found = IdentityNumber("KAZ", number, kind, None)
    if is_business:
        found = found.noting("not_a_person", "This is the number of a business (BIN), not of a person (IIN).")
    else:
        century = {"1": 1800, "2": 1800, "3": 1900, "4": 1900, "5": 2000, "6": 2000}.get(number[6])
        if century is None:
            found = found.noting(
                "no_century",
                f"Digit 7 is {number[6]}; 1 to 6 give sex and century. Sex and date of birth are therefore not hinted at.",
            )
        else:
            born = as_date(century + int(number[:2]), int(number[2:4]), int(number[4:6]))
            found = replace(found, sex=_sex_of(number[6]), birth_date=born)
            if born is None:
                found = found.noting(
                    "birth_part_is_no_date",
                    f"The first six digits are no date. {_KAZAKH_NOT_BOUND}, so this is no error.",
                )
    expected = kazakh_check_digit(number)
    if expected is None:
        sentence = "No check digit exists for the first eleven digits; such a number is never issued."
        return replace(found, valid=False).noting("check_digit_wrong", sentence)
    return with_check_digit(found, expected, 12)


def _kyrgyzstan(number: str) -> IdentityNumber:
    """PIN: 1 for a woman or 2 for a man, DDMMYYYY, five digits (public code lists). No check digit is published.

    Civil registry offices give it to foreigners and stateless persons too (grs.gov.kg).
    """
    if not only_digits(number) or len(number) != 14:
        return misshapen("KGZ", number, "KG-PIN", "14 digits")
    found = IdentityNumber("KGZ", number, "KG-PIN", None)
    sex: Sex | None = {"1": "female", "2": "male"}.get(number[0])  # type: ignore[assignment]
    born = as_date(int(number[5:9]), int(number[3:5]), int(number[1:3]))
    found = replace(found, sex=sex, birth_date=born)
    if sex is None:
        found = replace(found, valid=False).noting(
            "shape", f"Digit 1 is {number[0]}; a PIN of a person begins with 1 (woman) or 2 (man)."
        )
    if born is None:
        found = replace(found, valid=False).noting(
            "shape", f"Digits 2 to 9 are {number[1:9]}, which is no date DDMMYYYY."
        )
    return found


def uzbek_check_digit(number: str) -> str:
    """The fourteenth digit for the first thirteen: weights 7, 3, 1 repeating, modulo 10."""
    return str(sum(int(digit) * (7, 3, 1)[place % 3] for place, digit in enumerate(number[:13])) % 10)


def _uzbekistan(number: str) -> IdentityNumber:
    """PINFL (JShShIR): sex and century, DDMMYY, area, serial, check digit (acts 66871691375 and 59325426554)."""
    if not only_digits(number) or len(number) != 14:
        return misshapen("UZB", number, "UZ-PINFL", "14 digits")
    found = IdentityNumber("UZB", number, "UZ-PINFL", None)
    century = {"1": 1800, "2": 1800, "3": 1900, "4": 1900, "5": 2000, "6": 2000}.get(number[0])
    if century is not None:
        born = as_date(century + int(number[5:7]), int(number[3:5]), int(number[1:3]))
        found = replace(found, sex=_sex_of(number[0]), birth_date=born)
    found = with_check_digit(found, uzbek_check_digit(number), 14)
    if found.birth_date is None:
        found = replace(found, valid=False).noting(
            "shape", f"Digits 1 to 7 are {number[:7]}; allowed are 1 to 6 and then a date DDMMYY."
        )
    return found


def _tajikistan(number: str) -> IdentityNumber:
    """INN (РМА) of taxpayers: nine digits, from memory and weak."""
    if not only_digits(number) or len(number) != 9:
        return misshapen("TJK", number, "TJ-INN", "9 digits")
    sentence = "Only the nine digits of a taxpayer's number were tested. The rule is from memory and was not verified."
    return IdentityNumber("TJK", number, "TJ-INN", None).noting("unverified_rule", sentence)


def _turkmenistan(number: str) -> IdentityNumber:
    """Series and number of a passport: no personal number with a public rule is known."""
    if not number or not all(character.isalnum() for character in number):
        return misshapen("TKM", number, "TM-PASSPORT", "letters and digits")
    sentence = "No public rule for a personal number is known; the number was taken as series and number of a passport."
    return IdentityNumber("TKM", number, "TM-PASSPORT", None).noting("unverified_rule", sentence)


def _afghanistan(number: str) -> IdentityNumber:
    """Tazkira: thirteen digits on the electronic one (from memory); volume, page and number on paper."""
    if not number or not all(character.isalnum() for character in number) or not any(map(str.isdigit, number)):
        return misshapen("AFG", number, "AF-TAZKIRA", "13 digits, or on paper volume, page and registration number")
    found = IdentityNumber("AFG", number, "AF-TAZKIRA", None)
    if only_digits(number) and len(number) == 13:
        return found
    sentence = (
        "An electronic tazkira has 13 digits (from memory, not verified); this is another number, perhaps of a paper "
        "tazkira, which no rule can test. Note volume, page and registration number apart."
    )
    return found.noting("unverified_rule", sentence)


def iranian_check_digit(number: str) -> str:
    """The tenth digit for the first nine: the sum of digit times (10 … 2), modulo 11 (idnumbers 1.22.0, irn)."""
    rest = sum(int(digit) * (10 - place) for place, digit in enumerate(number[:9])) % 11
    return str(rest if rest < 2 else 11 - rest)


def _iran(number: str) -> IdentityNumber:
    """National code: ten digits; leading zeros that a spreadsheet has eaten are put back."""
    padded = number.zfill(10) if only_digits(number) and len(number) in {8, 9} else number
    if not only_digits(padded) or len(padded) != 10:
        return misshapen("IRN", number, "IR-NID", "10 digits (8 and 9 are filled with zeros from the left)")
    found = IdentityNumber("IRN", padded, "IR-NID", None)
    if padded != number:
        found = found.noting("zeros_added", f"The number had {len(number)} digits; zeros were added on the left.")
    if len(set(padded)) == 1:
        return replace(found, valid=False).noting("shape", "All ten digits are the same; such a number is not issued.")
    return with_check_digit(found, iranian_check_digit(padded), 10)


def _pakistan(number: str) -> IdentityNumber:
    """CNIC and NICOP: 13 digits; the first tells the province, the last is odd for men (python-stdnum, pk.cnic).

    There is no check digit. A Proof of Registration card of an Afghan refugee has another number.
    """
    if not only_digits(number) or len(number) != 13:
        return misshapen("PAK", number, "PK-CNIC", "13 digits")
    gender = cnic.get_gender(number)
    sex: Sex | None = {"M": "male", "F": "female"}.get(gender or "")  # type: ignore[assignment]
    found = IdentityNumber("PAK", number, "PK-CNIC", None, sex=sex)
    if cnic.get_province(number) is None:
        found = found.noting(
            "unknown_area", f"Digit 1 is {number[0]}; 1 to 7 are the areas known. The number was not refused."
        )
    return found


def _azerbaijan(number: str) -> IdentityNumber:
    """FIN: seven letters and digits, never O (avtokasko.az, tin-check.com); one source says never I either.

    An O is therefore read as a zero, and said so.
    """
    as_read = number.replace("O", "0")
    if len(as_read) != 7 or not as_read.isascii() or not as_read.isalnum():
        return misshapen("AZE", number, "AZ-FIN", "7 letters A to Z and digits")
    found = IdentityNumber("AZE", as_read, "AZ-FIN", None)
    if as_read != number:
        found = found.noting("repaired", "The letter O was read as the digit 0, because a FIN never has an O.")
    if "I" in as_read:
        found = found.noting("unverified_rule", "One source says that a FIN never has the letter I; perhaps it is a 1.")
    return found


def _turkiye(number: str) -> IdentityNumber:
    """T.C. identity number: eleven digits, two of them check digits (python-stdnum, tr.tckimlik)."""
    if not only_digits(number) or len(number) != 11 or number.startswith("0"):
        return misshapen("TUR", number, "TR-TCKN", "11 digits, the first of them not 0")
    found = IdentityNumber("TUR", number, "TR-TCKN", None)
    if number.startswith("99"):
        sentence = "The number begins with 99, as those of foreigners do (from memory, not verified)."
        found = found.noting("unverified_rule", sentence)
    try:
        tckimlik.validate(number)
    except ValidationError:
        expected = tckimlik.calc_check_digits(number)
        sentence = (
            f"Digits 10 and 11 are {number[-2:]}; computed they are {expected}. Compare the number with the document. "
            "A wrong check digit never refuses a person."
        )
        return replace(found, valid=False).noting("check_digit_wrong", sentence)
    return replace(found, valid=True)


_CHECKS: Final[dict[str, Callable[[str], IdentityNumber]]] = {
    "AFG": _afghanistan,
    "AZE": _azerbaijan,
    "IRN": _iran,
    "KAZ": _kazakhstan,
    "KGZ": _kyrgyzstan,
    "PAK": _pakistan,
    "TJK": _tajikistan,
    "TKM": _turkmenistan,
    "TUR": _turkiye,
    "UZB": _uzbekistan,
}

COUNTRIES: Final = tuple(_CHECKS)
"""ISO 3166-1 alpha-3 of the states whose numbers are known."""


def check_identity_number(country: str, number: str) -> IdentityNumber:
    """Check one number by the rules of `country` (ISO 3166-1 alpha-3, one of COUNTRIES).

    Never raises for a number, whatever it is. Raises KeyError for a country that is not in COUNTRIES.
    """
    return _CHECKS[country](normalised(number))
