"""A node and a hub as an office has them: set up by the `panah` command, served by `panah serve`, in folders of their own."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
from uuid6 import uuid7

from tests.browser.people import Traveller

_COMMANDS = """
import json, sys
from panah.cli import main
for command in sys.argv[1:]:
    try:
        main(json.loads(command))
    except SystemExit as end:
        if end.code:
            raise
"""

PATIENCE = 60.0
"""Seconds that a server may take to answer for the first time, on a machine that does other work too."""


@dataclass(frozen=True)
class Account:
    """Somebody who signs in. `username` is also the name that tests call them by."""

    username: str
    name: str
    roles: tuple[str, ...]
    body: str = ""
    post: str = ""
    language: str = "en"
    password: str = field(default_factory=lambda: secrets.token_urlsafe(18))

    def command(self) -> list[str]:
        """The `panah officer` command that opens the account."""
        given = {"--body": self.body, "--post": self.post, "--language": self.language}
        options = [part for option, value in given.items() if value for part in (option, value)]
        options += [part for role in self.roles for part in ("--role", role)]
        return ["officer", self.username, "--name", self.name, *options]


@dataclass(frozen=True)
class Installation:
    """One installation: its role, its folder, the port on which it is served, and settings beyond the defaults."""

    role: str
    home: Path
    port: int
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("PANAH_", "DJANGO_"))}
        return {
            **inherited,
            "PANAH_ROLE": self.role,
            "PANAH_HOME": str(self.home),
            "PANAH_LISTEN": f"127.0.0.1:{self.port}",
            "PANAH_SECOND_FACTOR": "offered",
            **self.settings,
        }

    def panah(self, *commands: Sequence[str], stdin: str = "") -> str:
        """Run `panah` commands one after the other and give back what they print. Starting is mostly import, so that several
        share one process. A command that fails fails loudly.
        """
        process = [sys.executable, "-c", _COMMANDS, *(json.dumps(command) for command in commands)]
        done = subprocess.run(process, env=self.environment, input=stdin, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(
                f"{commands} of the {self.role} ended with {done.returncode}: {done.stderr or done.stdout}"
            )
        return done.stdout

    def open_accounts(self, accounts: Sequence[Account], *more: Sequence[str]) -> str:
        """Make the database, open the accounts (each password is a line of standard input), then run `more`."""
        passwords = "".join(f"{account.password}\n" for account in accounts)
        return self.panah(["migrate"], *(account.command() for account in accounts), *more, stdin=passwords)

    @contextmanager
    def served(self) -> Iterator[None]:
        """`panah serve` until the end of the block; whatever it says goes to `serve.log` in the folder."""
        log = self.home / "serve.log"
        with log.open("wb") as out:
            server = subprocess.Popen(
                [sys.executable, "-m", "panah", "serve"], env=self.environment, stdout=out, stderr=subprocess.STDOUT
            )
            try:
                self._wait_for(server, log)
                yield
            finally:
                server.terminate()
                server.wait(30)

    def _wait_for(self, server: subprocess.Popen[bytes], log: Path) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if server.poll() is not None:
                raise RuntimeError(f"`panah serve` ended with {server.returncode}: {log.read_text(errors='replace')}")
            try:
                if httpx.get(f"{self.address}/sign-in/", timeout=5).is_success:
                    return
            except httpx.TransportError:
                time.sleep(0.1)
        raise RuntimeError(f"`panah serve` did not answer at {self.address}: {log.read_text(errors='replace')}")


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def at_once(*tasks: Callable[[], Any]) -> list[Any]:
    """Run tasks side by side, give back what they give, and raise what the first of them raised."""
    with ThreadPoolExecutor(len(tasks)) as pool:
        return [started.result() for started in [pool.submit(task) for task in tasks]]


class Program:
    """A program of an office that speaks the REST interface with an officer's token: people who are there before a journey begins."""

    def __init__(self, node: Installation, token: str) -> None:
        self._client = httpx.Client(
            base_url=f"{node.address}/api", headers={"Authorization": f"Bearer {token}"}, timeout=30
        )

    def get(self, path: str) -> Any:
        return self._answered(self._client.get(path))

    def post(self, path: str, **fields: Any) -> Any:
        """One act, now, with an id of its own."""
        happened_at = fields.pop("happened_at", datetime.now(UTC))
        act = {"action": str(uuid7()), "happened_at": happened_at.isoformat(), **fields}
        return self._answered(self._client.post(path, json=act))

    @staticmethod
    def _answered(response: httpx.Response) -> Any:
        if response.is_error:
            raise RuntimeError(
                f"{response.request.method} {response.request.url} gave {response.status_code}: {response.text}"
            )
        return response.json()

    def register(self, **person: Any) -> str:
        """Register a person; the id of their file."""
        file = str(uuid7())
        self.post("/persons", file=file, **person)
        return file

    def interview(self, file: str, record: Mapping[str, Any]) -> Any:
        """Record a whole interview; the proposal that came of it."""
        self.post(f"/persons/{file}/interviews", record=dict(record))
        return self.get(f"/persons/{file}/proposal")

    def confirm(self, file: str, proposal: Any) -> None:
        self.post(f"/persons/{file}/confirmation", proposal=proposal["proposal"])

    def decided(self, traveller: Traveller) -> str:
        """Somebody who was registered and interviewed, and whose proposal stands as it was made; the id of their file."""
        file = self.register(**traveller.registration())
        self.confirm(file, self.interview(file, traveller.record()))
        return file

    def refer(self, file: str, to: str, *, consent_given: bool | None = None) -> str:
        """Send one referral; its id."""
        referral = str(uuid7())
        self.post(f"/persons/{file}/referrals", referral=referral, to=to, consent_given=consent_given)
        return referral
