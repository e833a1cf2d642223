"""All cryptography of the foundation: sealing under a key (AES-256-GCM, NIST SP 800-38D) and signing (Ed25519, RFC 8032)."""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
_NONCE_BYTES = 12


class CannotOpen(Exception):
    """The sealed bytes cannot be opened with this key: wrong key, other context, or changed bytes."""


def new_key() -> bytes:
    """A fresh key of 256 bits."""
    return AESGCM.generate_key(bit_length=8 * KEY_BYTES)


def seal(key: bytes, plain: bytes, context: bytes) -> bytes:
    """Encrypt and authenticate; `context` must be given again to open. Returns nonce and ciphertext in one value."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, context)


def unseal(key: bytes, sealed: bytes, context: bytes) -> bytes:
    """The plain bytes. Raises CannotOpen."""
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], context)
    except (InvalidTag, ValueError) as error:
        raise CannotOpen(
            "The sealed text cannot be opened: the key or the context is another, or it was changed."
        ) from error


def sign(private_key: bytes, message: bytes) -> bytes:
    """An Ed25519 signature of 64 bytes by the raw private key of 32 bytes."""
    return Ed25519PrivateKey.from_private_bytes(private_key).sign(message)


def signature_holds(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the signature is that of the owner of the raw public key of 32 bytes."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def public_half(private_key: bytes) -> bytes:
    """The raw public key that belongs to a raw private key."""
    return Ed25519PrivateKey.from_private_bytes(private_key).public_key().public_bytes_raw()
