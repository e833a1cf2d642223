"""What may travel: the shapes of the envelopes and the matrix of what may be told to whom."""

import base64
import csv
import json
from datetime import UTC, datetime
from uuid import UUID

import jsonschema
import msgspec
import pytest
from exchange_tables import FLOWS, protected_table
from hypothesis import given
from hypothesis import strategies as st

from panah.cores.exchange import referral, sharing, submission
from panah.cores.exchange.envelopes import SCHEMAS, schema_file
from panah.cores.exchange.sharing import may_share
from panah.cores.exchange.structure import contracts_root, the_structure

ID = UUID("0192f0c1-0000-7000-8000-000000000001")
NOW = datetime(2026, 11, 21, 18, tzinfo=UTC)
KEY, OTHER_KEY = bytes(range(32)), bytes(range(1, 33))


def letter(**changes):
    content = {
        "id": ID,
        "referral": ID,
        "number": "ALA-261121-0001-R1",
        "state": "KAZ",
        "sender": "ALA",
        "sender_key": "A" * 43,
        "recipient": "unhcr-office",
        "recipient_key": "age1" + "q" * 58,
        "to": "unhcr",
        "urgency": "same_day",
        "consent": "given",
        "agreed": ("identity_core",),
        "made_at": NOW,
        "answer_by": NOW,
        "packet": referral.Packet(referral=ID, items=()),
    }
    return referral.Letter(**(content | changes))


def message(**changes):
    protected = protected_table("REFERRALS_BODY_OUTCOME")
    content = {
        "id": ID,
        "state": "KAZ",
        "period": "2026-11-21",
        "revision": 1,
        "definitions": the_structure().version,
        "counted_at": NOW,
        "made_at": NOW,
        "provisional": False,
        "journal": submission.Anchor(seq=12, hash="0" * 64),
        "parts": (submission.Part(flow="REFERRALS_BODY_OUTCOME", media="text/csv", content="a,b\n"),),
        "proof": protected.proof,
    }
    return submission.Submission(**(content | changes))


def keys(*raw):
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    public = [
        submission.text_of_key(Ed25519PrivateKey.from_private_bytes(k).public_key().public_bytes_raw()) for k in raw
    ]
    return {submission.key_id(text): text for text in public}


def checked(name, value):
    schema = json.loads((contracts_root() / "envelopes" / f"{name}.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(json.loads(msgspec.json.encode(value)))


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schemas_of_the_envelopes_are_not_stale(name):
    path = contracts_root() / "envelopes" / f"{name}.schema.json"
    assert path.read_text(encoding="utf-8") == schema_file(name), "run `panah sdmx contracts contracts`"


@pytest.mark.parametrize("name", SCHEMAS)
def test_no_envelope_has_room_for_what_is_not_agreed(name):
    """Every object is closed, so that nothing about a person can travel in a field of somebody's own."""
    schema = json.loads(schema_file(name))
    for shape in schema["$defs"].values():
        if shape.get("type") == "object" and shape["properties"]:
            assert shape["additionalProperties"] is False, shape["title"]


def test_each_envelope_passes_its_schema():
    checked("submission", message())
    checked("referral", letter())
    checked(
        "receipt",
        submission.Receipt(message=ID, digest="0" * 64, accepted=True, problems=(), received_at=NOW),
    )
    item = referral.Item(data_class="identity_core", label="person.sex", value="female")
    checked("referral-packet", referral.Packet(referral=ID, items=(item,)))
    answer = referral.Answer(
        id=ID, letter=ID, referral=ID, digest="0" * 64, recipient="unhcr-office", said="accepted", made_at=NOW
    )
    checked("referral-answer", answer)


@pytest.mark.parametrize("field", ["name", "person", "birth_date", "notes"])
def test_a_letter_with_something_of_the_person_beside_its_packet_is_refused(field):
    content = json.loads(msgspec.json.encode(letter())) | {field: "Zahra"}
    with pytest.raises(msgspec.ValidationError, match="unknown field"):
        msgspec.json.decode(json.dumps(content), type=referral.Letter)


@pytest.mark.parametrize("changes", [{"consent": "needed"}, {"urgency": "soon"}, {"recipient_key": "x"}])
def test_a_letter_without_consent_or_key_is_refused(changes):
    content = json.loads(msgspec.json.encode(letter())) | changes
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(json.dumps(content), type=referral.Letter)


def test_the_classes_of_a_packet_are_those_of_the_matrix():
    assert set(referral.DataClass.__args__) == set(sharing.DATA_CLASSES)


def test_a_signed_submission_is_read_back_with_nothing_lost():
    sent = message()
    assert submission.read_submission(submission.sign_submission(sent, KEY), keys(KEY)) == sent


def test_signing_again_gives_the_same_bytes_so_that_a_resend_is_known():
    assert submission.sign_submission(message(), KEY) == submission.sign_submission(message(), KEY)


@given(st.data())
def test_a_submission_that_was_changed_anywhere_is_refused(data):
    content = bytearray(submission.sign_submission(message(), KEY))
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= 1 << data.draw(st.integers(0, 6))
    with pytest.raises(submission.BadMessage):
        submission.read_submission(bytes(content), keys(KEY))


def test_a_submission_of_an_unknown_key_is_refused():
    with pytest.raises(submission.BadMessage) as refused:
        submission.read_submission(submission.sign_submission(message(), OTHER_KEY), keys(KEY))
    assert refused.value.code == "unknown_key"


def test_a_receipt_is_not_taken_for_a_submission():
    receipt = submission.Receipt(message=ID, digest="0" * 64, accepted=True, problems=(), received_at=NOW)
    signed = submission.sign_receipt(receipt, KEY)
    assert submission.read_receipt(signed, keys(KEY)) == receipt
    with pytest.raises(submission.BadMessage) as refused:
        submission.read_submission(signed, keys(KEY))
    assert refused.value.code == "wrong_type"


def test_a_signature_of_none_is_refused():
    head = base64.urlsafe_b64encode(b'{"alg":"none","kid":"x","typ":"panah-submission+jws"}').rstrip(b"=")
    with pytest.raises(submission.BadMessage):
        submission.read_submission(head + b".e30.", keys(KEY))


Y, C, N = "Y", "C", "N"
COLUMNS = (
    *("asylum_authority", "child_protection", "anti_trafficking_unit", "victim_assistance", "unhcr", "iom"),
    *("labour_authority", "own_consulate", "security_service", "regional_platform", "origin_state"),
)
# The table of the domain reference, 11.2, for an adult of no protected profile who does not return: typed from it, not from the file.
TABLE = {
    "identity_core": (Y, Y, C, C, C, C, C, C, Y, N, N),
    "claim_content": (Y, C, N, N, C, N, N, N, N, N, N),
    "health_and_violence": (C, C, C, C, C, C, N, N, N, N, N),
    "trafficking_facts": (C, C, C, C, C, C, N, N, N, N, N),
    "skills_and_work": (C, N, N, C, C, C, C, C, N, N, C),
    "location": (Y, Y, C, Y, C, C, N, N, N, N, N),
    "statistics": (Y, Y, Y, Y, Y, Y, Y, Y, Y, Y, Y),
}
CELLS = [
    (row, column, answer) for row, answers in TABLE.items() for column, answer in zip(COLUMNS, answers, strict=True)
]


@pytest.mark.parametrize(("data_class", "recipient", "answer"), CELLS)
def test_every_cell_of_the_matrix_is_answered_as_it_stands(data_class, recipient, answer):
    allowed = {
        consent: may_share(data_class, recipient, profiles=["labour_migrant"], child=False, consent=consent).allowed
        for consent in (True, False, None)
    }
    assert allowed == {True: answer != N, False: answer == Y, None: answer == Y}


@pytest.mark.parametrize("profile", sorted(sharing.PROTECTED_PROFILES))
@pytest.mark.parametrize("recipient", sorted(sharing.FIREWALLED))
@pytest.mark.parametrize("data_class", sharing.DATA_CLASSES)
def test_the_state_of_origin_gets_nothing_of_a_protected_person_whatever_holds(data_class, recipient, profile):
    for child in (True, False):
        for returning in (True, False):
            decision = may_share(
                data_class, recipient, profiles=[profile], child=child, consent=True, voluntary_return=returning
            )
            assert not decision.allowed


def test_papers_for_a_voluntary_return_need_the_persons_yes():
    def asked(consent):
        return may_share(
            "identity_core", "origin_state", profiles=[], child=False, consent=consent, voluntary_return=True
        ).code

    assert [asked(True), asked(False), asked(None)] == ["consent_given", "consent_needed", "consent_needed"]


def test_a_child_in_danger_is_not_kept_from_help_by_a_missing_form():
    def asked(child):
        return may_share("trafficking_facts", "child_protection", profiles=[], child=child, consent=None).code

    assert (asked(True), asked(False)) == ("allowed", "consent_needed")


@given(
    st.sampled_from(sharing.DATA_CLASSES),
    st.sampled_from(COLUMNS),
    st.sets(st.sampled_from(sorted(sharing.PROTECTED_PROFILES))),
    st.booleans(),
    st.sampled_from([True, False, None]),
)
def test_a_further_protected_profile_never_opens_anything(data_class, recipient, profiles, child, consent):
    plain = may_share(data_class, recipient, profiles=[], child=child, consent=consent)
    protected = may_share(data_class, recipient, profiles=profiles, child=child, consent=consent)
    assert plain.allowed or not protected.allowed


def test_every_row_of_the_matrix_says_what_it_rests_on():
    path = contracts_root() / "envelopes" / "sharing-matrix.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert all(row["basis"].startswith(("matrix", "design")) for row in rows)
    assert len(rows) == len(sharing.matrix())


@pytest.mark.parametrize(
    "line", ["a,b,M,,,x", "a,b,Y,sometimes,N,x", "identity_core,unhcr,Y,,,x\nidentity_core,unhcr,N,,,x"]
)
def test_a_matrix_with_a_slip_is_refused(tmp_path, line):
    path = tmp_path / "matrix.csv"
    path.write_text(f"data_class,recipient,answer,unless,then,basis\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match="line"):
        sharing.matrix(path)


def test_every_dataflow_has_its_place_in_the_structure():
    assert len(FLOWS) == len(set(FLOWS)) == 6
