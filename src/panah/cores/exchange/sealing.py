"""Letters signed and sealed for one body outside the system, and its signed answers. Bytes and keys in, values out; no file, no clock.

An envelope is age(JWS(letter)): signed by the node (Ed25519, as submissions are), then sealed for the body's X25519 key, in the binary
form. Whoever finds the file learns its size. The letter names the key for which it was sealed, so that a body cannot hand it on as if it had been
sent to another.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass

import pyrage
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from panah.cores.exchange import submission
from panah.cores.exchange.referral import Answer, Letter
from panah.cores.exchange.submission import BadMessage, text_of_key

LETTER_TYPE = "panah-referral+jws"
ANSWER_TYPE = "panah-referral-answer+jws"
MOST_BYTES = 1024 * 1024
"""No envelope may be longer. One with every answer of an interview takes about a twentieth of it."""
MOST_ANSWER_BYTES = 16 * 1024
_SIGNING_LINE = "# panah-signing-key: "


@dataclass(frozen=True)
class PublicKeys:
    """What a body outside tells of itself: for which key is sealed, and with which key it signs."""

    seals_for: str
    signs_with: str

    @property
    def fingerprint(self) -> str:
        """Forty digits in groups of five, to be read over the telephone; both keys are in it."""
        return fingerprint_of(self.seals_for, self.signs_with)


@dataclass(frozen=True)
class Identity:
    """The secret half: an age identity and the 32 bytes of an Ed25519 key."""

    opens: str
    signs: bytes

    @property
    def public(self) -> PublicKeys:
        seals_for = str(pyrage.x25519.Identity.from_str(self.opens).to_public())
        signs_with = Ed25519PrivateKey.from_private_bytes(self.signs).public_key().public_bytes_raw()
        return PublicKeys(seals_for, text_of_key(signs_with))


class BadKeys(ValueError):
    """A file or text of keys that cannot be used; the sentence says why."""


def new_identity() -> Identity:
    """Fresh keys of a body."""
    return Identity(str(pyrage.x25519.Identity.generate()), Ed25519PrivateKey.generate().private_bytes_raw())


def identity_text(identity: Identity) -> str:
    """The identity as a file that age itself reads too: what is ours stands in comments."""
    public = identity.public
    return (
        "# Secret keys of a body that receives referrals. Whoever has this file reads them and answers in its name.\n"
        f"# public key: {public.seals_for}\n# public signing key: {public.signs_with}\n"
        f"{_SIGNING_LINE}{text_of_key(identity.signs)}\n{identity.opens}\n"
    )


def read_identity(text: str) -> Identity:
    """The identity of such a file. Raises BadKeys."""
    opens = [line.strip() for line in text.splitlines() if line.startswith("AGE-SECRET-KEY-1")]
    signs = [line.removeprefix(_SIGNING_LINE).strip() for line in text.splitlines() if line.startswith(_SIGNING_LINE)]
    if len(opens) != 1 or len(signs) != 1:
        raise BadKeys(
            f"The file has {len(opens)} age identities and {len(signs)} signing keys; it must have one of each. "
            "Give the file that `panah envelope key` made."
        )
    try:
        raw = base64.urlsafe_b64decode(signs[0] + "=")
        identity = Identity(opens[0], raw)
        identity.public  # noqa: B018 - asked for, so that a broken key is refused here
    except (ValueError, pyrage.IdentityError) as error:
        raise BadKeys("A key of the file is broken. Take the file from its copy, or make new keys.") from error
    return identity


def check_public(seals_for: str, signs_with: str) -> PublicKeys:
    """The two public keys of a body, when both are keys. Raises BadKeys."""
    try:
        pyrage.x25519.Recipient.from_str(seals_for)
    except pyrage.RecipientError as error:
        raise BadKeys(
            "This is no key that can be sealed for. It begins with `age1`, and `panah envelope key` prints it."
        ) from error
    try:
        submission.key_id(signs_with)
    except ValueError as error:
        raise BadKeys(
            "This is no signing key. It has 43 letters and digits, and `panah envelope key` prints it."
        ) from error
    return PublicKeys(seals_for, signs_with)


def fingerprint_of(seals_for: str, signs_with: str) -> str:
    """Forty digits over both public keys (132 bits of SHA-256)."""
    digest = hashlib.sha256(f"panah-outside-keys/1\n{seals_for}\n{signs_with}".encode()).digest()
    digits = str(int.from_bytes(digest) % 10**40).zfill(40)
    return " ".join(digits[at : at + 5] for at in range(0, 40, 5))


def seal(letter: Letter, signing_key: bytes) -> bytes:
    """The letter as a file for the body that it names. Raises BadKeys, and BadMessage for one that does not keep to the shape."""
    check_public(letter.recipient_key, letter.sender_key)
    signed = submission.sign(letter, LETTER_TYPE, signing_key)
    submission.unchecked(signed, Letter)
    sealed: bytes = pyrage.encrypt(signed, [pyrage.x25519.Recipient.from_str(letter.recipient_key)])
    return sealed


def open_letter(content: bytes, identity: Identity, sender: str = "") -> Letter:
    """The letter of an envelope, when it was sealed for this identity, is whole and says nothing but what is agreed. Raises BadMessage.

    With `sender`, the public key that the node told over another way, only what that node signed is opened. Without it the signature shows
    that the letter is whole, and not who wrote it: compare `letter.sender_key` by telephone.
    """
    if len(content) > MOST_BYTES:
        raise BadMessage("too_long", f"The file has {len(content)} bytes. Allowed are {MOST_BYTES}.")
    try:
        signed = pyrage.decrypt(content, [pyrage.x25519.Identity.from_str(identity.opens)])
    except pyrage.DecryptError as error:
        raise BadMessage(
            "not_for_us",
            "The file does not open: it was sealed for other keys than these, or it was changed on its way.",
        ) from error
    named = submission.key_named_in(signed)
    key = sender or submission.unchecked(signed, Letter).sender_key
    letter = submission.read_signed(signed, {submission.key_id(key): key} if key else {}, LETTER_TYPE, Letter)
    if letter.sender_key != key or submission.key_id(letter.sender_key) != named:
        raise BadMessage("wrong_sender", "The letter names another sender than the one that signed it.")
    if letter.recipient_key != identity.public.seals_for:
        raise BadMessage("not_for_us", "The letter was written to another body and handed on.")
    if letter.packet.referral != letter.referral:
        raise BadMessage("wrong_shape", "The packet belongs to another referral than the letter.")
    return letter


def sign_answer(answer: Answer, identity: Identity) -> bytes:
    """The answer as it travels."""
    return submission.sign(answer, ANSWER_TYPE, identity.signs)


def read_answer(content: bytes, keys: dict[str, str]) -> Answer:
    """The answer, when it is signed with one of the keys (by key id). Raises BadMessage."""
    if len(content) > MOST_ANSWER_BYTES:
        raise BadMessage("too_long", f"The answer has {len(content)} bytes. Allowed are {MOST_ANSWER_BYTES}.")
    return submission.read_signed(content.strip(), keys, ANSWER_TYPE, Answer)


def claimed(content: bytes) -> Answer | None:
    """What a signed answer claims to be about, before anything is checked; None where it is none."""
    try:
        return submission.unchecked(content[:MOST_ANSWER_BYTES].strip(), Answer)
    except BadMessage:
        return None
