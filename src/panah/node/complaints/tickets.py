"""What the complainer holds: the ticket inside an open form, the receipt's number and its secret code.

The ticket carries the ids of the act and the number and code to come, sealed under a key of the installation. The code
stands nowhere else until the form comes back, and then only its HMAC is kept. The same form sent twice is one complaint.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from panah.foundation.keys import crypto
from panah.foundation.keys.service import installation_key

LONGEST_OPEN = timedelta(hours=12)
_KEY = "complaints"
_CONTEXT = b"complaint ticket"
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKS_LIKE = str.maketrans("ILO", "110")


@dataclass(frozen=True)
class Ticket:
    """Random ids, with no time in them (UUIDv4); the number and the code of 80 bits; when the page was opened."""

    action: UUID
    complaint: UUID
    number: str
    code: str
    opened_at: datetime

    def sealed(self) -> str:
        """The ticket as text for a form."""
        said = {
            "action": str(self.action),
            "complaint": str(self.complaint),
            "number": self.number,
            "code": self.code,
            "opened_at": self.opened_at.isoformat(),
        }
        content = crypto.seal(installation_key(_KEY), json.dumps(said).encode(), _CONTEXT)
        return base64.urlsafe_b64encode(content).decode()


def new(now: datetime) -> Ticket:
    return Ticket(uuid4(), uuid4(), _grouped(8), _grouped(16), now)


def opened(text: str, now: datetime) -> Ticket | None:
    """The ticket of a form that came back; None for one that is not ours or was open for too long."""
    try:
        said = json.loads(crypto.unseal(installation_key(_KEY), base64.urlsafe_b64decode(text.encode()), _CONTEXT))
    except (crypto.CannotOpen, ValueError):
        return None
    at = datetime.fromisoformat(said["opened_at"])
    if not timedelta(0) <= now - at <= LONGEST_OPEN:
        return None
    return Ticket(UUID(said["action"]), UUID(said["complaint"]), said["number"], said["code"], at)


def digest(number: str, code: str) -> str:
    """What is kept of a code, as hex: its HMAC under a key that is not in the database, bound to its number."""
    text = f"{plain(number)}:{plain(code)}"
    return hmac.new(installation_key(_KEY), text.encode(), hashlib.sha256).hexdigest()


def plain(typed: str) -> str:
    """A number or code as it was typed, without blanks and hyphens, letters that look alike made one."""
    return "".join(letter for letter in typed.upper() if letter.isalnum()).translate(_LOOKS_LIKE)


def number_of(typed: str) -> str:
    """The number as it is kept."""
    return _in_groups(plain(typed))


def _grouped(length: int) -> str:
    return _in_groups("".join(secrets.choice(_LETTERS) for _ in range(length)))


def _in_groups(letters: str) -> str:
    return "-".join(letters[at : at + 4] for at in range(0, len(letters), 4))
