"""The installation as it runs: `panah serve` with its worker on a free port of this machine, asked over HTTP by officers who are signed in."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

_CSRF = "c" * 32
"""A form's token is compared with the cookie's; a program that brings both is taken for a browser that was shown the form."""


@dataclass(frozen=True)
class Answer:
    """What Django's test client would give, as far as it is used here."""

    status_code: int
    content: bytes


class Browser:
    """One officer's connection, kept alive as a browser's is."""

    def __init__(self, port: int, headers: Mapping[str, str]) -> None:
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._headers = dict(headers)

    def get(self, path: str, data: Mapping[str, Any] | None = None) -> Answer:
        return self._ask("GET", f"{path}?{urlencode(data)}" if data else path, None, {})

    def post(self, path: str, data: Mapping[str, Any]) -> Answer:
        kind = {"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": _CSRF}
        return self._ask("POST", path, urlencode(data), kind)

    def _ask(self, method: str, path: str, body: str | None, headers: Mapping[str, str]) -> Answer:
        try:
            self._line.request(method, path, body=body, headers=self._headers | headers)
            got = self._line.getresponse()
        except (http.client.RemoteDisconnected, ConnectionResetError):  # the server ended a connection that lay idle
            self._line.close()
            self._line.request(method, path, body=body, headers=self._headers | headers)
            got = self._line.getresponse()
        return Answer(got.status, got.read())


def signed_in(port: int, officer: Any) -> Browser:
    """A browser with a session of the officer."""
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(officer, backend="panah.foundation.access.backend.OfficerBackend")
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookies = {settings.SESSION_COOKIE_NAME: session, settings.CSRF_COOKIE_NAME: _CSRF}
    return Browser(port, {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())})


@contextmanager
def installation() -> Iterator[int]:
    """Serves the installation of PANAH_HOME while it lasts; gives the port."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    env = os.environ | {"PANAH_LISTEN": f"127.0.0.1:{port}", "PANAH_HOSTS": "127.0.0.1,testserver"}
    process = subprocess.Popen([sys.executable, "-m", "panah", "serve", "--migrate"], env=env)
    try:
        _wait(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(30)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until and process.poll() is None:
        try:
            http.client.HTTPConnection("127.0.0.1", port, timeout=30).request("GET", "/sign-in/")
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise SystemExit("`panah serve` did not answer within two minutes. See what it printed above.")
