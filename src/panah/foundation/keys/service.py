"""Keys of the installation (files in PANAH_HOME/keys, readable by their owner only) and of each person (wrapped, in the database).

Promise: what is sealed under a destroyed key can be read by nobody who holds only the database and its journal.
"""

from __future__ import annotations

from uuid import UUID

from django.conf import settings

from panah.foundation.clock import now
from panah.foundation.keys import crypto
from panah.foundation.keys.files import read_or_make
from panah.foundation.keys.models import SubjectKey


class KeyDestroyed(Exception):
    """The person's key was destroyed: what was sealed under it is erased."""


def installation_key(name: str) -> bytes:
    """The 32 secret bytes of this installation called `name`; made at first use and never overwritten."""
    return read_or_make(settings.PANAH_HOME / "keys", name)


def signing_public_key() -> bytes:
    """The raw Ed25519 public key with which others check what this installation signed."""
    return crypto.public_half(installation_key("signing"))


def sign(message: bytes) -> bytes:
    return crypto.sign(installation_key("signing"), message)


def seal_for(subject: UUID, plain: bytes) -> bytes:
    """Seal under the person's key, which is made at first use. Raises KeyDestroyed. Call inside a transaction."""
    return crypto.seal(_subject_key(subject, make=True), plain, subject.bytes)


def unseal_for(subject: UUID, sealed: bytes) -> bytes:
    """The plain bytes. Raises KeyDestroyed, or crypto.CannotOpen."""
    return crypto.unseal(_subject_key(subject, make=False), bytes(sealed), subject.bytes)


def destroy(subject: UUID) -> None:
    """Erase for ever what is sealed under the person's key. The row stays, so that no new key is made for the person."""
    SubjectKey.objects.update_or_create(
        subject=subject,
        defaults={"wrapped": None, "destroyed_at": now()},
        create_defaults={"wrapped": None, "destroyed_at": now(), "made_at": now()},
    )


def _subject_key(subject: UUID, *, make: bool) -> bytes:
    row = SubjectKey.objects.filter(subject=subject).first()
    if row is None:
        if not make:
            raise KeyDestroyed(f"There is no key for the file {subject}: nothing was sealed under it here.")
        key = crypto.new_key()
        wrapped = crypto.seal(installation_key("master"), key, subject.bytes)
        row, made = SubjectKey.objects.get_or_create(subject=subject, defaults={"wrapped": wrapped, "made_at": now()})
        if made:
            return key
    if row.wrapped is None:
        raise KeyDestroyed(
            f"The key of the file {subject} was destroyed on {row.destroyed_at:%Y-%m-%d}: its contents are erased."
        )
    return crypto.unseal(installation_key("master"), bytes(row.wrapped), subject.bytes)
