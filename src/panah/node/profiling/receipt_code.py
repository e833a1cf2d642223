"""The opaque number of a receipt: a person's file hidden under the installation's key, with a check letter.

The number is the file's id put through one block of AES-256 under a key of this purpose alone, in Crockford's base 32 (no I, L, O, U), and
one check letter (ISO 7064, mod 37, 36). Without the key it says nothing, not even when or where it was made; nothing has to be stored.
See docs/decisions/0048.
"""

from __future__ import annotations

from uuid import UUID

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from stdnum.iso7064 import mod_37_36

from panah.foundation.keys.service import installation_key

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKS_LIKE = str.maketrans("ILO", "110")
_LENGTH = 26


def code_of_file(file_id: UUID) -> str:
    """27 letters and digits in groups, for example `0ABCD-…`."""
    number = int.from_bytes(_cipher().encryptor().update(file_id.bytes))
    digits = "".join(_ALPHABET[(number >> shift) & 31] for shift in range(5 * (_LENGTH - 1), -1, -5))
    whole = digits + mod_37_36.calc_check_digit(digits)
    return "-".join(whole[at : at + 9] for at in range(0, len(whole), 9))


def file_of_code(code: str) -> UUID | None:
    """The id hidden in a receipt's number as it was typed or scanned; None where the number is not one of ours."""
    plain = "".join(letter for letter in code.upper() if letter.isalnum()).translate(_LOOKS_LIKE)
    if len(plain) != _LENGTH + 1 or any(letter not in _ALPHABET for letter in plain[:-1]):
        return None
    # The check letter's own alphabet has I, L and O, so it is compared as it was read.
    if mod_37_36.calc_check_digit(plain[:-1]).translate(_LOOKS_LIKE) != plain[-1]:
        return None
    number = 0
    for letter in plain[:-1]:
        number = number << 5 | _ALPHABET.index(letter)
    if number >> 128:
        return None
    found = UUID(bytes=_cipher().decryptor().update(number.to_bytes(16)))
    return found if found.version == 7 else None


def _cipher() -> Cipher[modes.ECB]:
    # One block, always a different one, since no two files share an id: the mode adds nothing and ECB is a plain permutation.
    return Cipher(algorithms.AES256(installation_key("receipts")), modes.ECB())  # noqa: S305
