"""`panah envelope`, as a body outside uses it: no database, no settings."""

import json
import stat
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from panah.cli.envelope import app
from panah.cores.exchange import sealing, submission
from tests.unit.cores.exchange.test_exchange_sealing import NODE_KEY, OFFICE, SEALED, letter, public

RUN = CliRunner()


@pytest.fixture
def desk(tmp_path):
    """The office's folder: its keys, and an envelope that came."""
    (tmp_path / "keys.txt").write_text(sealing.identity_text(OFFICE), encoding="utf-8")
    (tmp_path / "came.age").write_bytes(SEALED)
    return tmp_path


def run(*arguments):
    return RUN.invoke(app, [str(argument) for argument in arguments])


def test_keys_are_made_once_for_their_owner_only_and_never_overwritten(tmp_path):
    file = tmp_path / "keys.txt"
    first = run("key", file)
    kept = file.read_bytes()
    again = run("key", file)
    assert first.stdout == again.stdout
    assert file.read_bytes() == kept
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert sealing.read_identity(kept.decode()).public.fingerprint in first.stdout
    assert "AGE-SECRET" not in first.output


def test_an_envelope_is_opened_with_its_sender_proven(desk):
    told = run("open", desk / "came.age", "--identity", desk / "keys.txt", "--sender", public(NODE_KEY))
    assert told.exit_code == 0
    assert "name: زهرا" in told.stdout
    assert "not proven" not in told.stderr


def test_without_the_senders_key_the_body_is_told_that_nothing_is_proven(desk):
    told = run("open", desk / "came.age", "--identity", desk / "keys.txt", "--json")
    assert json.loads(told.stdout)["number"] == letter().number
    assert "not proven" in told.stderr
    assert public(NODE_KEY) in told.stderr


@pytest.mark.parametrize("wrong", ["changed", "other keys", "other sender"])
def test_what_cannot_be_believed_is_refused_in_a_sentence(desk, wrong):
    arguments = ["open", desk / "came.age", "--identity", desk / "keys.txt"]
    if wrong == "changed":
        (desk / "came.age").write_bytes(SEALED[:-1] + bytes([SEALED[-1] ^ 1]))
    if wrong == "other keys":
        (desk / "keys.txt").write_text(sealing.identity_text(sealing.new_identity()), encoding="utf-8")
    if wrong == "other sender":
        arguments += ["--sender", public(bytes(32))]
    told = run(*arguments)
    assert told.exit_code == 1
    assert "زهرا" not in told.output
    assert type(told.exception).__module__.startswith("panah.")


def test_the_answer_is_signed_and_names_the_envelope_that_came(desk):
    told = run(
        "receipt", desk / "came.age", "--identity", desk / "keys.txt", "--answer", "declined", "--code", "INCOMPLETE", "--missing",
        "person.birth_date",
    )  # fmt: skip
    assert told.exit_code == 0
    signs_with = OFFICE.public.signs_with
    with open(told.stdout.strip(), "rb") as file:
        answer = sealing.read_answer(file.read(), {submission.key_id(signs_with): signs_with})
    assert (answer.letter, answer.said, answer.code) == (letter().id, "declined", "INCOMPLETE")
    assert answer.missing == ("person.birth_date",)
    assert answer.digest == submission.digest_of_bytes(SEALED)


@pytest.mark.parametrize(
    "said",
    [
        ["--answer", "maybe"],
        ["--answer", "declined"],
        ["--answer", "declined", "--code", "NOT_COMPETENT"],
        ["--answer", "accepted", "--code", "CAPACITY"],
        ["--answer", "done", "--code", "she went to her aunt"],
    ],
)
def test_an_answer_that_is_not_one_is_not_written(desk, said):
    told = run("receipt", desk / "came.age", "--identity", desk / "keys.txt", *said)
    assert told.exit_code == 1
    assert not list(desk.glob("answer-*"))


def test_the_command_starts_without_django(desk):
    program = (
        "import sys\nfrom panah.cli import main\ntry:\n    main(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        "assert 'django' not in sys.modules\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "envelope", "open", str(desk / "came.age"), "--identity", str(desk / "keys.txt")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "زهرا" in done.stdout
