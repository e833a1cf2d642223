from __future__ import annotations

import json
import re
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import get_callable

from panah.foundation.door.service import Harm
from panah.web import context, errors, navigation, stops
from panah.web.context import Facts
from panah.web.parts import Hold
from panah.web.stops import ACTS, StopShown

pytestmark = pytest.mark.urls("tests.unit.web.addresses")


@pytest.fixture(autouse=True)
def no_rooms(monkeypatch: pytest.MonkeyPatch) -> None:
    """The addresses here hold the shared pages only, so that no entry of a room's menu would lead anywhere."""
    monkeypatch.setattr(navigation, "_entries", {})
    monkeypatch.setattr(context, "_providers", [])


@pytest.fixture
def stranger() -> Client:
    """A browser in which nobody has signed in; a failure of ours is answered as in service, not raised."""
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/nothing/", 404, "There is nothing here for you"),
        ("/not-allowed/", 404, "There is nothing here for you"),
        ("/only-post/", 405, "cannot be opened in this way"),
        ("/refused/", 409, "The referral was accepted already."),
        ("/broken/", 500, "Something broke on our side"),
        ("/busy/", 503, "busy or under repair"),
        ("/design/error/400/", 400, "could not be read"),
        ("/design/error/429/", 429, "Too many attempts"),
    ],
)
def test_each_failure_says_in_plain_words_what_to_do(stranger: Client, path: str, status: int, words: str) -> None:
    answer = stranger.get(path)
    page = answer.content.decode()
    assert answer.status_code == status
    assert words in page
    assert 'class="btn btn-primary"' in page
    assert "secret" not in page


def test_failures_speak_the_readers_language(stranger: Client) -> None:
    stranger.cookies["panah_language"] = "ru"
    page = stranger.get("/broken/").content.decode()
    assert '<html lang="ru" dir="ltr">' in page
    assert "На нашей стороне что-то сломалось" in page


@pytest.mark.parametrize("role", ["node", "hub"])
def test_node_and_hub_answer_failures_with_these_pages(role: str) -> None:
    handlers = ("handler400", "handler403", "handler404", "handler500")
    named = [getattr(import_module(f"panah.{role}.urls"), handler) for handler in handlers]
    assert [get_callable(name) for name in named] == [
        errors.bad_request,
        errors.not_found,
        errors.not_found,
        errors.server_error,
    ]


@pytest.mark.django_db
def test_too_many_wrong_passwords_are_answered_in_plain_words(stranger: Client, settings: LazySettings) -> None:
    settings.AXES_ENABLED = True
    settings.AXES_FAILURE_LIMIT = 2
    for _ in range(2):
        answer = stranger.post("/sign-in/", {"username": "aida", "password": "wrong"})
    assert answer.status_code == 429
    assert "Wait a quarter of an hour" in answer.content.decode()


def test_a_busy_database_asks_to_come_again_and_a_wrong_method_names_the_right_one(stranger: Client) -> None:
    assert stranger.get("/busy/").headers["Retry-After"] == "60"
    assert stranger.get("/only-post/").headers["Allow"] == "POST"


def test_a_form_without_its_token_is_refused_in_plain_words() -> None:
    answer = Client(enforce_csrf_checks=True).post("/appearance/", {"theme": "dark"})
    assert answer.status_code == 403
    assert "open for too long" in answer.content.decode()


def test_a_stopped_act_is_shown_with_its_holds_and_no_way_past_them(
    stranger: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stops, "_describers", [])
    plain = stranger.get("/stopped/")
    assert plain.status_code == 409
    assert "Fear of return." in plain.content.decode()
    hold = Hold("No removal", "Nobody has decided on the fear.", "two authorities", source="art. 33", verified=True)
    stops.described_by(lambda stop: StopShown(ACTS[stop.harm], [hold], "/file/"))
    page = stranger.get("/stopped/").content.decode()
    for words in (
        "removal from the country",
        "Nobody has decided",
        "Who may lift it: two authorities",
        "art. 33",
        "is recorded",
    ):
        assert words in page
    main = page[page.index("<main") : page.index("</main>")]
    assert "<form" not in main
    assert re.findall(r'<a class="btn[^>]*href="([^"]*)"', main) == ["/file/"]


def test_every_harmful_act_has_a_name() -> None:
    assert set(ACTS) == set(Harm)


def test_the_catalogue_is_a_light_page_and_there_only_when_asked_for(stranger: Client) -> None:
    answer = stranger.get("/design/?errors")
    assert answer.status_code == 200
    assert len(answer.content) < 100_000


def test_pages_hold_no_inline_style_or_script_and_the_policy_allows_none(stranger: Client) -> None:
    answer = stranger.get("/design/?errors")
    page = answer.content.decode()
    assert re.findall(r"\sstyle=|<style|\son\w+=", page) == []
    assert all('src="/static/' in script for script in re.findall(r"<script[^>]*>", page))
    assert re.findall(r'(?:src|href|action)="https?:', page) == []
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


def test_the_page_knows_the_way_its_language_runs(stranger: Client) -> None:
    persian = stranger.get("/design/?in=fa").content.decode()
    assert '<html lang="fa" dir="rtl">' in persian
    assert "bootstrap.rtl.min.css" in persian
    english = stranger.get("/design/").content.decode()
    assert '<html lang="en" dir="ltr">' in english
    assert "bootstrap.rtl" not in english


def test_the_reader_chooses_light_or_dark_and_is_taken_back(stranger: Client) -> None:
    assert 'media="screen and (prefers-color-scheme: dark)"' in stranger.get("/keys/").content.decode()
    answer = stranger.post("/appearance/", {"theme": "dark", "next": "/keys/"})
    assert answer.headers["Location"] == "/keys/"
    assert 'dark.css" media="screen">' in stranger.get("/keys/").content.decode()
    stranger.post("/appearance/", {"theme": "light"})
    assert "dark.css" not in stranger.get("/keys/").content.decode()


def test_a_theme_that_is_none_changes_nothing_and_no_other_site_is_gone_to(stranger: Client) -> None:
    answer = stranger.post("/appearance/", {"theme": "pink", "next": "https://elsewhere.example/"})
    assert answer.headers["Location"] == "/"
    assert "panah_theme" not in answer.cookies


def test_the_footer_says_which_rules_and_that_no_lawyer_agreed(stranger: Client) -> None:
    assert "Rules:" not in stranger.get("/keys/").content.decode()
    context.facts_from(lambda request: Facts(post="Korday", rules="xx 2026-11-01", reviewed=False))
    page = stranger.get("/keys/").content.decode()
    assert "xx 2026-11-01" in page
    assert "not yet reviewed by a lawyer" in page
    assert "Korday" in page
    context.facts_from(lambda request: Facts(rules="xx 2026-11-01", reviewed=True))
    assert "not yet reviewed" not in stranger.get("/keys/").content.decode()


def test_signing_in_is_a_form_with_a_name_and_a_password(stranger: Client) -> None:
    page = stranger.get("/sign-in/").content.decode()
    assert 'name="username"' in page
    assert 'type="password"' in page


@pytest.mark.django_db
def test_the_header_names_who_is_signed_in_and_lets_them_out(officer, signed_in) -> None:  # type: ignore[no-untyped-def]
    aida = officer("border_officer", display_name="Aida Serik")
    page = signed_in(aida).get("/keys/").content.decode()
    assert "Aida Serik" in page
    assert "Border officer" in page
    assert 'action="/sign-out/"' in page


def test_an_installation_may_draw_its_own_borders(stranger: Client, settings: LazySettings, tmp_path: Path) -> None:
    settings.PANAH_BORDERS = ""
    assert stranger.get("/borders.json").status_code == 404
    assert "vendor/world-atlas/region-50m.json" in stranger.get("/design/").content.decode()
    own = tmp_path / "borders.json"
    own.write_text('{"type": "Topology"}')
    settings.PANAH_BORDERS = str(own)
    answer = stranger.get("/borders.json")
    assert json.loads(answer.getvalue()) == {"type": "Topology"}
    assert 'data-borders="/borders.json"' in stranger.get("/design/").content.decode()
