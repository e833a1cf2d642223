"""Settings: each is documented, and a wrong value is named with what is allowed."""

from __future__ import annotations

import re
import stat
import threading
from pathlib import Path

import pytest

from panah import configuration
from panah.configuration import SETTINGS, ConfigurationError
from panah.foundation.keys import files
from panah.foundation.keys.crypto import CannotOpen

ROOT = Path(__file__).parents[3]


def test_every_setting_that_the_code_reads_is_in_the_table():
    read = set()
    for path in (ROOT / "src").rglob("*.py"):
        read |= set(re.findall(r"[\"'](PANAH_[A-Z_]+)[\"']", path.read_text(encoding="utf-8")))
    named = {setting.name for setting in SETTINGS}
    made_in_settings = {"PANAH_INSTALLATION", "PANAH_ADDRESS", "PANAH_LANGUAGES"}
    assert read - made_in_settings <= named


def test_every_setting_is_documented():
    page = (ROOT / "docs/reference/settings.md").read_text(encoding="utf-8")
    for setting in SETTINGS:
        assert (
            f"| `{setting.name}` | {f'`{setting.default}`' if setting.default else 'empty'} | {setting.meaning} |"
            in page
        )


@pytest.mark.parametrize(
    ("environment", "allowed"),
    [
        ({"PANAH_ROLE": "king"}, "`node` and `hub`"),
        ({"PANAH_DATABASE": "mysql://x"}, "postgresql://"),
        ({"PANAH_MAIL": "pigeon"}, "smtp://"),
        ({"PANAH_HTTPS": "maybe"}, "`yes` and `no`"),
        ({"PANAH_THREADS": "0"}, "1 or more"),
    ],
)
def test_a_wrong_value_is_named_with_what_is_allowed(environment, allowed):
    name = next(iter(environment))
    reader = {
        "PANAH_ROLE": configuration.role,
        "PANAH_DATABASE": configuration.database,
        "PANAH_MAIL": configuration.mail,
        "PANAH_HTTPS": lambda env: configuration.yes("PANAH_HTTPS", env),
        "PANAH_THREADS": lambda env: configuration.whole_number("PANAH_THREADS", env),
    }[name]
    with pytest.raises(ConfigurationError, match=name) as wrong:
        reader(environment)
    assert allowed in str(wrong.value)


def test_one_address_sets_postgresql():
    found = configuration.database({"PANAH_DATABASE": "postgresql://panah:s%40fe@db.example:5433/node"})
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"]) == (
        "panah", "s@fe", "db.example", "5433", "node",
    )  # fmt: skip


def test_keys_are_readable_by_their_owner_only_and_made_once(tmp_path):
    first = files.read_or_make(tmp_path, "master")
    files.read_or_make.cache_clear()
    assert files.read_or_make(tmp_path, "master") == first
    assert stat.S_IMODE((tmp_path / "master.key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["master.key"]


def test_two_processes_that_start_together_share_one_key(tmp_path):
    found, start = [], threading.Barrier(8)

    def make() -> None:
        start.wait()
        found.append(files.read_or_make.__wrapped__(tmp_path, "web"))

    threads = [threading.Thread(target=make) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 1


def test_a_cut_key_file_is_an_error_and_never_overwritten(tmp_path):
    (tmp_path / "cut.key").write_bytes(b"short")
    with pytest.raises(CannotOpen, match="32 bytes"):
        files.read_or_make(tmp_path, "cut")
    assert (tmp_path / "cut.key").read_bytes() == b"short"
