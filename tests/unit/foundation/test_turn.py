"""Writers of one SQLite database wait in line."""

import fcntl
from pathlib import Path
from types import SimpleNamespace

import pytest

from panah.foundation.door import turn
from panah.foundation.door.turn import in_turn


def taken(place: Path) -> bool:
    with open(place, "ab") as other:
        try:
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    name = tmp_path / "node.sqlite3"
    of_a_file = SimpleNamespace(
        settings_dict={"NAME": name}, vendor="sqlite", in_atomic_block=False, is_in_memory_db=lambda: False
    )
    monkeypatch.setattr(turn, "connection", of_a_file)
    return tmp_path / "node.sqlite3.turn"


def test_a_second_writer_waits_until_the_first_is_done(place: Path) -> None:
    with in_turn():
        assert taken(place)
    assert not taken(place)


def test_a_writer_that_fails_gives_its_place_up(place: Path) -> None:
    with pytest.raises(ValueError, match="failed"), in_turn():
        raise ValueError("failed")
    assert not taken(place)


def test_an_action_inside_a_transaction_does_not_wait_for_itself(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with in_turn():
        monkeypatch.setattr(turn.connection, "in_atomic_block", True)
        with in_turn():
            assert taken(place)
