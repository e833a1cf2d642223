"""What is loaded before the first request, and what papers are made with."""

from __future__ import annotations

import gc
import os
import subprocess
import sys

import pytest

from panah.web import start
from panah.web.paper import fonts, printing


@pytest.fixture
def thawed():
    yield
    gc.unfreeze()


def test_what_is_loaded_at_the_start_is_left_alone_by_the_garbage_collector(monkeypatch, thawed):
    loaded = []
    monkeypatch.setattr(start, "_kept", [lambda: loaded.append([[] for _ in range(1000)])])
    before = gc.get_freeze_count()
    start.settle()
    assert len(loaded) == 1
    assert gc.get_freeze_count() > before + 1000


@pytest.mark.parametrize(
    ("role", "pages"),
    [("node", ("panah.node.procedures.views", "panah.node.api.routes")), ("hub", ("panah.hub.meetings.views",))],
)
def test_every_page_is_loaded_before_the_first_request(role, pages, tmp_path):
    asked = f"import sys, panah.wsgi; print(all(page in sys.modules for page in {pages!r}))"
    env = {"PATH": os.environ["PATH"], "PANAH_ROLE": role, "PANAH_HOME": str(tmp_path)}
    told = subprocess.run([sys.executable, "-c", asked], env=env, capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["True"], told.stderr


def test_what_cannot_be_loaded_does_not_keep_a_process_from_serving(monkeypatch, thawed, caplog):
    loaded = []
    monkeypatch.setattr(start, "_kept", [lambda: 1 / 0, lambda: loaded.append(1)])
    start.settle()
    assert loaded == [1]
    assert "Could not be loaded at the start." in caplog.text


def test_the_typesetter_gets_its_fonts_unpacked_and_unpacks_each_once(monkeypatch):
    printing.unpacked.cache_clear()
    asked = []
    real = printing.woff2.decompress
    monkeypatch.setattr(printing.woff2, "decompress", lambda source, target: asked.append(1) or real(source, target))
    page = f"<html lang='en'><style>@font-face {{font-family: x; src: url({next(iter(fonts.BY_ADDRESS))})}}</style><p>a</p></html>"
    for _ in range(2):
        assert printing.printed(page, fonts.BY_ADDRESS).startswith(b"%PDF")
    assert len(asked) == 1
