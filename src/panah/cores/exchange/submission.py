"""What a node hands to the hub and what the hub answers: signed values, the same over the network, on a stick or by mail.

Both are JWS in compact form (RFC 7515) with Ed25519 (RFC 9864, 8037). The key is named by its thumbprint (RFC 7638). The body is
closed: an unknown field is an error, so that nothing about a person can travel in one.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Literal, TypeVar
from uuid import UUID

import msgspec
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey
from joserfc.jws import JWSRegistry

from panah.cores.disclosure import Problem, Proof

SUBMISSION_TYPE = "panah-submission+jws"
RECEIPT_TYPE = "panah-receipt+jws"
MOST_BYTES = 4 * 1024 * 1024
"""No message may be longer. The largest month of one state takes about a tenth of it."""

_ALGORITHM = "Ed25519"


class _Long(JWSRegistry):
    max_payload_length = MOST_BYTES


_REGISTRY = _Long(algorithms=[_ALGORITHM])

State = Annotated[str, msgspec.Meta(pattern="^[A-Z]{3}$")]
Hash = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]
Whole = Annotated[int, msgspec.Meta(ge=0, le=2**53)]


class BadMessage(ValueError):
    """The bytes are not a message that can be believed. `code` is stable."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


class Anchor(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Head of the sender's journal when it signed. Kept by others, it shows later whether the journal was rewritten."""

    seq: Whole
    hash: Hash


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One dataflow: its id and its figures as a text of the given media type."""

    flow: Annotated[str, msgspec.Meta(pattern="^[A-Za-z][A-Za-z0-9_-]{0,39}$")]
    media: Annotated[str, msgspec.Meta(max_length=100)]
    content: str


class Submission(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """All tables of one period of one state, in one revision, with the proof that they may be read by everybody.

    counted_at: when the people were counted. provisional: the period was not over then.
    """

    format: Literal["panah-submission/1"] = "panah-submission/1"
    id: UUID
    state: State
    period: Annotated[str, msgspec.Meta(pattern="^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$")]
    revision: Annotated[int, msgspec.Meta(ge=1, le=32000)]
    definitions: Annotated[str, msgspec.Meta(max_length=40)]
    counted_at: Moment
    made_at: Moment
    provisional: bool
    journal: Anchor
    parts: Annotated[tuple[Part, ...], msgspec.Meta(min_length=1, max_length=50)]
    proof: Proof


class Receipt(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The hub's answer: the id and the digest (SHA-256) of the message that it read, and everything that it found wrong in it."""

    format: Literal["panah-receipt/1"] = "panah-receipt/1"
    message: UUID
    digest: Hash
    accepted: bool
    problems: tuple[Problem, ...]
    received_at: Moment


Value = TypeVar("Value", bound=msgspec.Struct)


def digest_of_bytes(content: bytes) -> str:
    """SHA-256 of a message, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def text_of_key(public_key: bytes) -> str:
    """A raw Ed25519 public key as base64url without padding, the form in which it is shown and typed."""
    return base64.urlsafe_b64encode(public_key).rstrip(b"=").decode()


def key_id(public_key: str) -> str:
    """The thumbprint (RFC 7638) of a public key in base64url. Raises ValueError with a sentence."""
    return _public(public_key).thumbprint()


def sign_submission(submission: Submission, private_key: bytes) -> bytes:
    """The submission as it travels."""
    return sign(submission, SUBMISSION_TYPE, private_key)


def sign_receipt(receipt: Receipt, private_key: bytes) -> bytes:
    """The receipt as it travels."""
    return sign(receipt, RECEIPT_TYPE, private_key)


def key_named_in(content: bytes) -> str:
    """The id of the key with which a message claims to be signed. Nothing is checked yet. Raises BadMessage."""
    return _headers(content).get("kid", "")


def read_submission(content: bytes, keys: Mapping[str, str]) -> Submission:
    """The submission, when it is signed with one of the keys (by key id) and says nothing but what it may. Raises BadMessage."""
    return read_signed(content, keys, SUBMISSION_TYPE, Submission)


def read_receipt(content: bytes, keys: Mapping[str, str]) -> Receipt:
    """The receipt, when it is signed with one of the keys (by key id). Raises BadMessage."""
    return read_signed(content, keys, RECEIPT_TYPE, Receipt)


def sign(value: msgspec.Struct, kind: str, private_key: bytes) -> bytes:
    """A value as a signed message of this type."""
    key = OKPKey.import_key(_private(private_key))
    header = {"alg": _ALGORITHM, "kid": key.thumbprint(), "typ": kind}
    return jws.serialize_compact(header, _written(value), key, registry=_REGISTRY).encode()


def _written(value: msgspec.Struct) -> bytes:
    return msgspec.json.encode(value, order="deterministic")


def read_signed(content: bytes, keys: Mapping[str, str], kind: str, shape: type[Value]) -> Value:
    """The value of a signed message, when one of the keys (by key id) signed it and it says nothing but what it may. Raises BadMessage."""
    headers = _headers(content)
    if headers.get("typ") != kind or headers.get("alg") != _ALGORITHM:
        raise BadMessage(
            "wrong_type",
            f"The message says that it is {headers.get('typ')!r}, signed by {headers.get('alg')!r}. Expected is {kind!r} by {_ALGORITHM!r}.",
        )
    known = keys.get(headers.get("kid", ""))
    if known is None:
        raise BadMessage("unknown_key", "The message is signed with a key that is not known here, or no longer valid.")
    try:
        payload = jws.deserialize_compact(content, _public(known), registry=_REGISTRY).payload
    except (JoseError, ValueError) as error:
        raise BadMessage(
            "wrong_signature",
            "The signature does not belong to these bytes: they were changed, or signed with another key.",
        ) from error
    value = _shaped(payload, shape)
    if _written(value) != payload:
        raise BadMessage(
            "wrong_shape", "The message holds something beside what is agreed, or says it in another order."
        )
    return value


def unchecked(content: bytes, shape: type[Value]) -> Value:
    """What a message claims to say, before its signature is checked. Raises BadMessage."""
    _headers(content)
    return _shaped(_unpadded(content.strip().split(b".")[1]), shape)


def _shaped(payload: bytes, shape: type[Value]) -> Value:
    try:
        return msgspec.json.decode(payload, type=shape)
    except (msgspec.DecodeError, ValueError) as error:
        raise BadMessage("wrong_shape", f"The message does not have the shape that is agreed: {error}.") from error


def _unpadded(part: bytes) -> bytes:
    """The bytes of one part of a message. Only the one way of writing them is taken, so that no byte can be changed unseen."""
    try:
        raw = base64.urlsafe_b64decode(part + b"=" * (-len(part) % 4))
    except ValueError:
        raw = b""
    if base64.urlsafe_b64encode(raw).rstrip(b"=") != part:
        raise BadMessage("not_a_message", "This is not a signed message: a part of it is not written as base64url.")
    return raw


def _headers(content: bytes) -> dict[str, str]:
    if len(content) > MOST_BYTES:
        raise BadMessage("too_long", f"The message has {len(content)} bytes. Allowed are {MOST_BYTES}.")
    parts = content.strip().split(b".")
    try:
        if len(parts) != 3:
            raise ValueError("it has not three parts")
        head, _body, _signature = map(_unpadded, parts)
        headers = msgspec.json.decode(head, type=dict[str, str])
    except (msgspec.DecodeError, ValueError) as error:
        raise BadMessage("not_a_message", "This is not a signed message: a JWS in compact form is expected.") from error
    return headers


def _public(public_key: str) -> OKPKey:
    try:
        raw = base64.urlsafe_b64decode(public_key + "=" * (-len(public_key) % 4))
    except ValueError:
        raw = b""
    if len(raw) != 32:
        raise ValueError(
            "This is not a public key. Give the 43 letters and digits that `panah sender key` prints on the other side."
        )
    return OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "x": text_of_key(raw)})


def _private(raw: bytes) -> dict[str, str | list[str]]:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    public = Ed25519PrivateKey.from_private_bytes(raw).public_key().public_bytes_raw()
    return {"kty": "OKP", "crv": "Ed25519", "x": text_of_key(public), "d": text_of_key(raw)}
