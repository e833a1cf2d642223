"""Keys on the command line of `panah sender`."""

import pytest
from typer.testing import CliRunner

from panah.cli import sender

KEY = "-G6RtX_KvHzy_oF7-ZoFpxSJb-pLjx5MDAhskMDcx20"


class Reached(Exception):
    """The command line was understood."""


@pytest.mark.parametrize("command", [["add", "KAZ", KEY], ["trust", KEY], ["withdraw", KEY], ["add", "KAZ", "-" + KEY]])
def test_a_key_that_begins_with_a_hyphen_is_a_key_and_not_an_option(
    command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def reached(*_: str) -> None:
        raise Reached

    monkeypatch.setattr(sender, "_ready", reached)
    result = CliRunner().invoke(sender.sender, command)
    assert isinstance(result.exception, Reached), result.output
