from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import LazySettings
from django.http import HttpRequest
from django.test import RequestFactory

from panah.web import navigation
from panah.web.navigation import Entry

pytestmark = pytest.mark.urls("tests.unit.web.addresses")


@pytest.fixture(autouse=True)
def empty_menu(monkeypatch: pytest.MonkeyPatch, settings: LazySettings) -> None:
    monkeypatch.setattr(navigation, "_entries", {})
    settings.PANAH_ROLE = "node"


def request(path: str = "/", *permissions: str, signed_in: bool = True) -> HttpRequest:
    made = RequestFactory().get(path)
    reader: Any = SimpleNamespace(is_authenticated=signed_in, has_perm=lambda name: name in permissions)
    made.user = reader
    return made


def labels(of: HttpRequest) -> list[str]:
    return [entry.label for entry in navigation.shown(of)]


def test_an_entry_is_shown_to_those_who_may_and_to_nobody_else() -> None:
    navigation.register(Entry("queue", "Referrals", "notices", 20, "referrals.see_queue"))
    assert labels(request("/", "referrals.see_queue")) == ["Referrals"]
    assert labels(request("/", "statistics.see")) == []
    assert labels(request("/", "referrals.see_queue", signed_in=False)) == []


def test_an_entry_without_a_permission_is_open_to_strangers() -> None:
    navigation.register(Entry("help", "Help", "web:keys", 20, None))
    assert labels(request(signed_in=False)) == ["Help"]


def test_a_hub_does_not_show_the_entries_of_a_node(settings: LazySettings) -> None:
    navigation.register(Entry("today", "Today", "home", 10, None, installations=frozenset({"node"})))
    navigation.register(Entry("figures", "Figures", "web:keys", 20, None, installations=frozenset({"hub"})))
    assert labels(request()) == ["Today"]
    settings.PANAH_ROLE = "hub"
    assert labels(request()) == ["Figures"]


def test_entries_stand_in_their_order_and_the_one_we_are_in_is_marked() -> None:
    navigation.register(Entry("keys", "Keys", "web:keys", 30, None))
    navigation.register(Entry("home", "Home", "home", 10, None))
    shown = navigation.shown(request("/keys/more/"))
    assert [(entry.label, entry.current) for entry in shown] == [("Home", False), ("Keys", True)]


def test_the_same_entry_twice_is_one_and_a_clash_is_refused() -> None:
    entry = Entry("queue", "Referrals", "notices", 20, None, key="q")
    navigation.register(entry)
    navigation.register(entry)
    with pytest.raises(ValueError, match="clashes with 'queue'"):
        navigation.register(Entry("queue", "Other", "notices", 20, None))
    with pytest.raises(ValueError, match="clashes with 'queue'"):
        navigation.register(Entry("quit", "Quit", "home", 20, None, key="q"))
    on_the_other = Entry("quit", "Quit", "home", 20, None, installations=frozenset({"hub"}), key="x")
    navigation.register(on_the_other)
    navigation.register(Entry("exit", "Exit", "home", 20, None, installations=frozenset({"node"}), key="x"))
