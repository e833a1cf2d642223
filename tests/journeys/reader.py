"""A window of an officer as a person uses it: links are followed by their words, forms are sent by their buttons, and only what a page
offers can be filled in."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django.test import Client
from lxml import html
from uuid6 import uuid7

from panah.foundation.access.models import Officer
from panah.foundation.clock import now

FINE = 200
TIMED = ("id", "action")
"""Hidden fields with the id of an act, in which a form carries the moment when its page was opened."""


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def made_now() -> str:
    """An id as a page makes it at the moment where the clock stands."""
    late = (1 << 80) - 1
    return str(UUID(int=int(now().timestamp() * 1000) << 80 | uuid7().int & late))


class Window:
    """What one officer sees. Each act leaves the page that came of it open here."""

    def __init__(self, officer: Officer) -> None:
        self.officer, self.client = officer, Client(enforce_csrf_checks=True)
        self.address, self.status, self._page = "", 0, html.fromstring("<p></p>")

    def open(self, address: str = "/", expecting: int = FINE) -> Window:
        """An address of the menu or of a notice; signed in anew, for days may have gone by."""
        self.client.force_login(self.officer, backend="panah.foundation.access.backend.OfficerBackend")
        return self._take(self.client.get(address, follow=True), expecting)

    def finds_nothing(self, address: str) -> None:
        """The same 404 as for an address that does not exist."""
        self.open(address, expecting=404)
        assert "There is nothing here for you" in self.text

    @property
    def text(self) -> str:
        return plain(self._page.text_content())

    def has(self, words: str) -> bool:
        return words in self.text

    def addresses(self, words: str) -> list[str]:
        """Where the links of the page lead whose words these are; where there is none, those that hold them."""
        links = [(plain(one.text_content()), str(one.get("href"))) for one in self._page.iter("a")]
        exact = [address for text, address in links if text == words]
        return exact or [address for text, address in links if words in text]

    def follow(self, words: str, n: int = 0) -> Window:
        """The link with these words; of several the n-th."""
        found = self.addresses(words)
        assert len(found) > n, f"No link '{words}' on {self.address}. There are: {self.links()}"
        return self._take(self.client.get(self._whole(found[n]), follow=True), FINE)

    def follow_in_row(self, words: str, link: str) -> Window:
        """A link in the line of a table that holds these words."""
        rows = [row for row in self._page.iter("tr") if words in plain(row.text_content())]
        found = [str(one.get("href")) for row in rows for one in row.iter("a") if link in plain(one.text_content())]
        assert found, f"No line '{words}' with '{link}' on {self.address}: {self.text[:500]}"
        return self._take(self.client.get(self._whole(found[0]), follow=True), FINE)

    def links(self) -> list[str]:
        return [plain(one.text_content()) for one in self._page.xpath("//main//a")]

    def fetched(self, words: str) -> Any:
        """The file behind a link: a paper, a calendar, a table."""
        found = self.addresses(words)
        assert found, f"No link '{words}' on {self.address}. There are: {self.links()}"
        answer = self.client.get(self._whole(found[0]))
        assert answer.status_code == FINE, (found[0], answer.status_code)
        return answer

    def cells(self, kind: str) -> list[str]:
        """What stands in the cells of a kind of all tables."""
        return [plain(one.text_content()) for one in self._page.iter("td") if kind in (one.get("class") or "").split()]

    def offers(self, button: str) -> bool:
        return bool(self._forms(button))

    def choices(self, button: str, field: str) -> list[str]:
        """What a form lets choose."""
        form = self._forms(button)[0]
        found = form.inputs[field]
        return list(found.value_options)

    def value(self, button: str, field: str, n: int = 0) -> str:
        """What a field of a form holds, hidden ones too."""
        return str(self._forms(button)[n].fields[field])

    def send(self, button: str, expecting: int = FINE, n: int = 0, **said: Any) -> Window:
        """Fill in the form with this button and press it. A field or a choice that the page does not offer fails."""
        forms = self._forms(button)
        assert len(forms) > n, f"No button '{button}' on {self.address}. There are: {self.buttons()}"
        return self.send_form(forms[n], expecting, button, **said)

    def forms(self) -> list[Any]:
        return list(self._page.forms)

    def send_form(self, form: Any, expecting: int = FINE, button: str = "", **said: Any) -> Window:
        """The same for a form that was found otherwise, with its first button."""
        for name, value in said.items():
            self._fill(form, name, value)
        pressed = next(one for one in form.iter("button") if not button or self._is(one, button))
        sent: dict[str, list[str]] = {}
        for name, value in form.form_values():
            sent.setdefault(name, []).append(made_now() if name in TIMED else value)
        if pressed.get("name"):
            sent.setdefault(pressed.get("name"), []).append(pressed.get("value", ""))
        where = self._whole(form.action or "")
        answer = getattr(self.client, form.method.lower())(where, sent, follow=True)
        return self._take(answer, expecting)

    def buttons(self) -> list[str]:
        return [plain(one.text_content()) for one in self._page.xpath("//main//button")]

    def _fill(self, form: Any, name: str, value: Any) -> None:
        assert name in form.fields, f"No field '{name}' on {self.address}. There are: {sorted(form.fields.keys())}"
        field = form.inputs[name]
        if isinstance(value, bool):
            field.checked = value
        elif isinstance(value, list | tuple | set):
            field.value = set(value)
        else:
            form.fields[name] = str(value)

    def _forms(self, button: str) -> list[Any]:
        return [form for form in self._page.forms if any(self._is(one, button) for one in form.iter("button", "input"))]

    @staticmethod
    def _is(one: Any, button: str) -> bool:
        return one.tag == "button" and plain(one.text_content()) == button

    def _whole(self, address: str) -> str:
        here = self.address.partition("?")[0]
        return here + address if address.startswith("?") or not address else address

    def _take(self, answer: Any, expecting: int) -> Window:
        self.address = answer.request["PATH_INFO"] + (
            f"?{answer.request['QUERY_STRING']}" if answer.request.get("QUERY_STRING") else ""
        )
        self.status = answer.status_code
        self._page = html.fromstring(answer.content.decode())
        assert self.status == expecting, f"{self.address} answered {self.status}: {self._said()}"
        return self

    def _said(self) -> str:
        errors = self._page.xpath("//*[contains(@class, 'error') or contains(@class, 'stop-page')]")
        return "; ".join(plain(one.text_content()) for one in errors)[:800] or self.text[:800]
