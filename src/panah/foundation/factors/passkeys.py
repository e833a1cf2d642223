"""Passkeys (W3C Web Authentication), by python-fido2. Nothing is kept here: the challenge stays in the session of who is asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    UserVerificationRequirement,
)

State = dict[str, Any]


class NotProven(Exception):
    """What the browser sent does not prove that the passkey is at hand."""


@dataclass(frozen=True)
class Proof:
    """Which credential was proven, and its counter; 0 where the key does not count."""

    credential: bytes
    counter: int


def enrolment(
    host: str, officer: bytes, username: str, name: str, known: Iterable[bytes]
) -> tuple[dict[str, Any], State]:
    """What the browser is asked in order to make a passkey, and the state to keep until it answers."""
    user = PublicKeyCredentialUserEntity(id=officer, name=username, display_name=name)
    options, state = _server(host).register_begin(
        user, [AttestedCredentialData(one) for one in known], user_verification=UserVerificationRequirement.PREFERRED
    )
    return dict(options), dict(state)


def enrolled(host: str, state: State, answer: Mapping[str, Any]) -> tuple[bytes, bytes]:
    """The credential to keep, and its id. Raises NotProven."""
    try:
        data = _server(host).register_complete(state, answer).credential_data
    except Exception as error:  # the library raises many kinds for what a stranger may send
        raise NotProven(str(error)) from error
    if data is None:
        raise NotProven("The answer holds no credential.")
    return bytes(data), data.credential_id


def question(host: str, known: Iterable[bytes]) -> tuple[dict[str, Any], State]:
    """What the browser is asked in order to prove a passkey, and the state to keep until it answers."""
    options, state = _server(host).authenticate_begin([AttestedCredentialData(one) for one in known])
    return dict(options), dict(state)


def proven(host: str, state: State, answer: Mapping[str, Any], known: Iterable[bytes]) -> Proof:
    """Which of the credentials was proven. Raises NotProven."""
    try:
        said = AuthenticationResponse.from_dict(answer)
        data = _server(host).authenticate_complete(state, [AttestedCredentialData(one) for one in known], said)
        return Proof(data.credential_id, said.response.authenticator_data.counter)
    except Exception as error:  # as above
        raise NotProven(str(error)) from error


def _server(host: str) -> Fido2Server:
    return Fido2Server(PublicKeyCredentialRpEntity(id=host, name="Panah"))
