"""Envelopes for bodies outside the system: who opens them, and that no changed byte passes."""

from datetime import UTC, datetime
from uuid import UUID

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from panah.cores.exchange import referral, sealing, sharing, submission
from panah.cores.exchange.submission import BadMessage

ID = UUID("0192f0c1-0000-7000-8000-000000000001")
OTHER_ID = UUID("0192f0c1-0000-7000-8000-000000000002")
NOW = datetime(2026, 11, 21, 18, tzinfo=UTC)
NODE_KEY = bytes(range(32))
OFFICE, OTHER = sealing.new_identity(), sealing.new_identity()


def public(raw):
    return submission.text_of_key(Ed25519PrivateKey.from_private_bytes(raw).public_key().public_bytes_raw())


def letter(**changes):
    item = referral.Item(data_class="identity_core", label="name", value="زهرا")
    content = {
        "id": ID,
        "referral": ID,
        "number": "ALA-261121-0001-R1",
        "state": "KAZ",
        "sender": "ALA",
        "sender_key": public(NODE_KEY),
        "recipient": "unhcr-office",
        "recipient_key": OFFICE.public.seals_for,
        "to": "unhcr",
        "urgency": "same_day",
        "consent": "given",
        "agreed": ("identity_core",),
        "made_at": NOW,
        "answer_by": NOW,
        "packet": referral.Packet(referral=ID, items=(item,)),
    }
    return referral.Letter(**(content | changes))


def answer(**changes):
    content = {
        "id": OTHER_ID, "letter": ID, "referral": ID, "digest": "0" * 64, "recipient": "unhcr-office", "said": "accepted", "made_at": NOW,
    }  # fmt: skip
    return referral.Answer(**(content | changes))


def keys_of(identity):
    signs_with = identity.public.signs_with
    return {submission.key_id(signs_with): signs_with}


SEALED = sealing.seal(letter(), NODE_KEY)
ANSWERED = sealing.sign_answer(answer(), OFFICE)


def test_the_body_opens_what_was_sealed_for_it_with_nothing_lost():
    assert sealing.open_letter(SEALED, OFFICE, public(NODE_KEY)) == letter()
    assert sealing.open_letter(SEALED, OFFICE) == letter()


def test_the_file_shows_nobody_else_a_word_of_what_is_inside():
    for word in ("زهرا".encode(), b"unhcr", b"ALA", b"KAZ", str(ID).encode(), b"identity_core"):
        assert word not in SEALED
    with pytest.raises(BadMessage) as refused:
        sealing.open_letter(SEALED, OTHER)
    assert refused.value.code == "not_for_us"


def each_byte_changed(content):
    for place in range(len(content)):
        for change in (1, 0x20, 0x40):
            changed = bytearray(content)
            changed[place] ^= change
            yield bytes(changed)


def test_an_envelope_with_any_byte_changed_does_not_open():
    for changed in each_byte_changed(SEALED):
        with pytest.raises(BadMessage):
            sealing.open_letter(changed, OFFICE, public(NODE_KEY))


@pytest.mark.parametrize(
    "changed",
    [SEALED[:-1], SEALED + b"\n", SEALED[:100], b"", b"no envelope"],
    ids=["one byte short", "one byte more", "the head alone", "nothing", "another file"],
)
def test_an_envelope_that_is_not_whole_does_not_open(changed):
    with pytest.raises(BadMessage):
        sealing.open_letter(changed, OFFICE)


def test_an_envelope_of_another_sender_is_refused_when_the_sender_is_known():
    with pytest.raises(BadMessage) as refused:
        sealing.open_letter(SEALED, OFFICE, public(bytes(32)))
    assert refused.value.code == "unknown_key"


def test_who_names_a_foreign_key_in_the_letter_is_refused():
    forged = sealing.seal(letter(sender_key=public(NODE_KEY)), bytes(32))
    with pytest.raises(BadMessage):
        sealing.open_letter(forged, OFFICE)


def test_a_letter_that_was_sealed_anew_for_another_body_is_refused():
    import pyrage

    signed = pyrage.decrypt(SEALED, [pyrage.x25519.Identity.from_str(OFFICE.opens)])
    handed_on = pyrage.encrypt(signed, [pyrage.x25519.Recipient.from_str(OTHER.public.seals_for)])
    with pytest.raises(BadMessage, match="handed on"):
        sealing.open_letter(handed_on, OTHER, public(NODE_KEY))


def test_a_packet_of_another_referral_is_refused():
    wrong = sealing.seal(letter(packet=referral.Packet(referral=OTHER_ID, items=())), NODE_KEY)
    with pytest.raises(BadMessage, match="another referral"):
        sealing.open_letter(wrong, OFFICE)


def test_an_answer_is_believed_only_of_its_own_key():
    assert sealing.read_answer(ANSWERED, keys_of(OFFICE)) == answer()
    with pytest.raises(BadMessage) as refused:
        sealing.read_answer(ANSWERED, keys_of(OTHER))
    assert refused.value.code == "unknown_key"


def test_an_answer_with_any_byte_changed_is_refused():
    for changed in each_byte_changed(ANSWERED):
        with pytest.raises(BadMessage):
            sealing.read_answer(changed, keys_of(OFFICE))


def test_an_answer_has_no_room_for_a_word_about_the_person():
    fields = {field.name for field in msgspec.structs.fields(referral.Answer)}
    assert fields == {
        "format", "id", "letter", "referral", "digest", "recipient", "said", "code", "competent", "missing", "made_at",
    }  # fmt: skip
    for field in ("code", "competent"):
        with pytest.raises(BadMessage):
            sealing.read_answer(sealing.sign_answer(answer(**{field: "Zahra Ahmadi"}), OFFICE), keys_of(OFFICE))


def test_keys_survive_their_file_and_age_reads_it_too():
    import pyrage

    text = sealing.identity_text(OFFICE)
    assert sealing.read_identity(text) == OFFICE
    (line,) = [line for line in text.splitlines() if not line.startswith("#")]
    assert str(pyrage.x25519.Identity.from_str(line).to_public()) == OFFICE.public.seals_for


@pytest.mark.parametrize("text", ["", "AGE-SECRET-KEY-1X", "# panah-signing-key: x\nAGE-SECRET-KEY-1X"])
def test_a_broken_file_of_keys_is_told(text):
    with pytest.raises(sealing.BadKeys):
        sealing.read_identity(text)


def test_the_fingerprint_changes_with_either_key():
    both = OFFICE.public
    others = {
        sealing.fingerprint_of(OTHER.public.seals_for, both.signs_with),
        sealing.fingerprint_of(both.seals_for, OTHER.public.signs_with),
    }
    assert both.fingerprint not in others
    assert [len(group) for group in both.fingerprint.split()] == [5] * 8


RECIPIENTS = sorted({recipient for _, recipient in sharing.matrix()})


@given(
    st.sampled_from(RECIPIENTS),
    st.sets(st.sampled_from(sharing.DATA_CLASSES)),
    st.sets(st.sampled_from(sorted(sharing.PROTECTED_PROFILES | {"labour_migrant"}))),
    st.booleans(),
    st.sets(st.sampled_from(sharing.DATA_CLASSES)),
    st.booleans(),
)
def test_what_is_never_shared_is_stopped_whatever_was_agreed(recipient, classes, profiles, child, agreed, returning):
    stopped = sharing.never_allowed(
        classes, recipient, profiles=profiles, child=child, agreed=agreed, voluntary_return=returning
    )
    for data_class in classes:
        row = sharing.matrix().get((data_class, recipient))
        if row is None or (row.answer == "N" and row.then == "N"):
            assert data_class in stopped
