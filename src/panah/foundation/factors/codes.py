"""One-time codes, pure: codes by time (RFC 6238: SHA-1, six digits, thirty seconds) and recovery codes."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from datetime import datetime
from urllib.parse import quote

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

STEP = 30
DRIFT = 1
"""Steps by which the telephone's clock may be wrong, to either side."""

DIGITS = 6
RECOVERY_CODES = 10
# Without the letters and digits that look alike on paper.
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"


def new_secret() -> bytes:
    """160 random bits, as RFC 4226 recommends."""
    return secrets.token_bytes(20)


def in_letters(secret: bytes) -> str:
    """The secret as an authenticator takes it typed: Base32."""
    return base64.b32encode(secret).decode()


def address(secret: bytes, officer: str, installation: str) -> str:
    """What the square code says: an `otpauth:` address."""
    issuer = quote(f"Panah {installation}")
    return f"otpauth://totp/{issuer}:{quote(officer)}?secret={in_letters(secret)}&issuer={issuer}&digits={DIGITS}&period={STEP}"


def code_at(secret: bytes, moment: datetime) -> str:
    """The code that an authenticator shows at a moment."""
    return _code(secret, int(moment.timestamp()) // STEP)


def step_of(secret: bytes, said: str, moment: datetime, after: int) -> int | None:
    """The time step whose code was said: this one or one beside it, and later than `after`; None when it is none of them."""
    now = int(moment.timestamp()) // STEP
    found = None
    for step in range(now - DRIFT, now + DRIFT + 1):
        if hmac.compare_digest(_code(secret, step).encode(), said.encode()) and step > after:
            found = step
    return found


def new_recovery_codes() -> tuple[str, ...]:
    """Ten fresh codes of about 59 bits each, to be shown once and never kept."""
    return tuple(
        "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3)) for _ in range(RECOVERY_CODES)
    )


def digest(code: str, key: bytes) -> bytes:
    """What is kept of a recovery code: its HMAC under a key that is not in the database. Case, blanks and hyphens do not count."""
    plain = "".join(code.lower().replace("-", "").split())
    return hmac.new(key, plain.encode(), hashlib.sha256).digest()


def _code(secret: bytes, step: int) -> str:
    # enforce_key_length off: secrets of the tests of RFC 6238 are as long as ours; the check is of no use here.
    return TOTP(secret, DIGITS, SHA1(), STEP, enforce_key_length=False).generate(step * STEP).decode()  # noqa: S303
