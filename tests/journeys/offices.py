"""A node and a hub as two installations of their own, and the line between them, which a test may cut."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import psycopg
from django.conf import settings

from tests.browser.installation import Account, Installation

ROOT = Path(__file__).parents[2]


@contextmanager
def database(name: str) -> Iterator[dict[str, str]]:
    """The setting of a database of its own: none on SQLite, a fresh one on the PostgreSQL server that the tests run on."""
    base = settings.DATABASES["default"]
    if not base["ENGINE"].endswith("postgresql"):
        yield {}
        return
    login = {key: base[key.upper()] for key in ("user", "password", "host", "port") if base[key.upper()]}
    fresh = f"panah_{name}_{os.getpid()}"
    with psycopg.connect(dbname="postgres", autocommit=True, **login) as server:
        server.execute(f'CREATE DATABASE "{fresh}"')
        try:
            secret = f":{base['PASSWORD']}" if base["PASSWORD"] else ""
            port = f":{base['PORT']}" if base["PORT"] else ""
            yield {"PANAH_DATABASE": f"postgresql://{base['USER']}{secret}@{base['HOST']}{port}/{fresh}"}
        finally:
            server.execute(f'DROP DATABASE "{fresh}" WITH (FORCE)')


def started(office: Installation, *arguments: str) -> subprocess.Popen[str]:
    """A `panah` command of the office, running."""
    return subprocess.Popen(
        [sys.executable, "-m", "panah", *arguments],
        env=office.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def people_of_a_day(node: Installation, day: str, workers: int, afraid: int) -> None:
    """Invented people who came on that day, registered and interviewed by the account `aida` of the node."""
    command = [sys.executable, "-m", "tests.journeys.a_day", day, str(workers), str(afraid)]
    subprocess.run(command, env=node.environment, cwd=ROOT, check=True, capture_output=True)


def publish(node: Installation, by: Account, period: str, *options: str) -> str:
    """`panah publish` of a period in the name of a coordinator; what it says."""
    given = ["publish", "--period", period, "--by", by.username, *options]
    return node.panah(given, stdin=f"{by.password}\n")


class Line:
    """A line to the hub that hands everything on. While `victim` is set, that process is killed when the hub has answered and
    before the answer gets through. `answers` are those of the hub, in order.
    """

    def __init__(self, hub: str) -> None:
        self.hub = hub
        self.victim: subprocess.Popen[str] | None = None
        self.answers: list[httpx.Response] = []
        line = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                media = {"Content-Type": self.headers["Content-Type"]}
                answer = httpx.post(f"{line.hub}{self.path}", content=body, headers=media, timeout=300)
                line.answers.append(answer)
                if line.victim is not None:
                    line.victim.send_signal(signal.SIGKILL)
                    return
                self.send_response(answer.status_code)
                self.send_header("Content-Type", answer.headers["Content-Type"])
                self.send_header("Content-Length", str(len(answer.content)))
                self.end_headers()
                self.wfile.write(answer.content)

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
