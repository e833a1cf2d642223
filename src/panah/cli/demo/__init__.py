"""`panah demo`: a node and a hub, a day of invented arrivals, everything through the doors that an office uses, then both served on loopback."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Annotated, Any

import typer

from panah.cli import CommandError

_ALMATY = timezone(timedelta(hours=5))


@dataclass(frozen=True)
class Installation:
    """One of the two that the demo makes: its folder, address and environment."""

    role: str
    home: Path
    port: int
    hub: str = ""

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        own = {"PANAH_ROLE": self.role, "PANAH_HOME": str(self.home), "PANAH_LISTEN": f"127.0.0.1:{self.port}"}
        own["PANAH_SECOND_FACTOR"] = "offered"  # one pass-phrase for all, on loopback; the demo says so
        return own | ({"PANAH_PACK": "kaz", "PANAH_HUB": self.hub} if self.role == "node" else {})


def demo(
    people: Annotated[int, typer.Option(min=20, max=5000, help="How many people arrive.")] = 400,
    folder: Annotated[Path, typer.Option(help="Where the demo lives.")] = Path("var/demo"),
    seed: Annotated[int, typer.Option(help="Another seed, other people.")] = 2011,
    port: Annotated[
        int, typer.Option(help="Port of the node; the hub takes the next. Others are taken when they are busy.")
    ] = 8000,
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Stop when all is done.")] = False,
) -> None:
    """Make everything, show it, and serve it until Ctrl-C. A second run goes on with what is there."""
    from panah.cli.demo.accounts import PASSPHRASE
    from panah.cli.demo.show import Steps
    from panah.cli.serve import keep_running

    began = time.monotonic()
    day = datetime.now(UTC).astimezone(_ALMATY).date()
    ports = _free_ports(port)
    hub = Installation("hub", folder.resolve() / "hub", ports[1])
    node = Installation("node", folder.resolve() / "node", ports[0], hub.address)
    steps = Steps(total=16)
    told: dict[str, Any] = {}
    with steps:
        with steps("Databases of node and hub"):
            for migrating in (_command(node, "migrate"), _command(hub, "migrate")):
                _ended(migrating, ("migrate",))
        with steps("Accounts, one per role"):
            of_node, of_hub = (_step(one, "accounts", day)["key"] for one in (node, hub))
        told |= _fill_hub(hub, steps, day)
        with steps("Node and hub learn each other's signing keys"):
            if not _run(hub, "sender", "list").strip():
                _run(hub, "sender", "add", "KAZ", of_node)
                _run(node, "sender", "trust", of_hub)
        servers = _start(hub) if no_serve else []
        try:
            servers = servers or _start(hub)
            with steps(
                f"Some weeks are lived through; a day of {people} arrivals is invented from published proportions"
            ):
                told |= _step(node, "before,files", day, str(folder.resolve()), str(seed), str(people))
            for kind, path, username in told["files"]:
                with steps(f"The node takes in {kind}"):
                    _run(node, "import", path, "--by", username)
            servers += _start(node)
            with steps("Two people are entered through the web form"):
                from panah.cli.demo.web import through_the_web

                told["web"] = through_the_web(node.address, seed, day)
            with steps(
                "Officers confirm and refer; bodies answer; centres take people in; a safeguard stops an attempt"
            ):
                told |= _step(node, "work,house,attempt,summary", day)
            with steps("The day is counted, protected, signed, handed to the hub and published"):
                told["unpublished"] = _publish(node, day, PASSPHRASE, again=told["released"])
                _run(node, "worker", "--until-empty")
                _run(hub, "worker", "--until-empty")
            with steps("The national coordinator signs the number that was published"):
                told |= _step(hub, "signed", day)
            with steps("The journals are verified"):
                _run(node, "journal", "verify")
                _run(hub, "journal", "verify")
        finally:
            _stop(servers)
    from panah.cli.demo.show import tell

    tell(told, node.address, hub.address, time.monotonic() - began)
    if no_serve:
        return
    print("Serving until Ctrl-C.", flush=True)
    keep_running([node.environment, hub.environment])


def _fill_hub(hub: Installation, steps: Any, day: date) -> dict[str, Any]:
    """Figures and the record onto the hub, and a text that states negotiate there."""
    with steps("Real figures of UNHCR and UN DESA onto the hub"):
        _run(hub, "figures", "load")
    with steps("The record of the Process onto the hub: who takes part, what was agreed"):
        _run(hub, "record", "load")
    with steps("States negotiate a text on the hub; one of them promises what it says"):
        return _step(hub, "seated,negotiated,promised", day)


def _command(of: Installation, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "panah", *arguments]
    return subprocess.Popen(
        command,
        env=os.environ | of.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _run(of: Installation, *arguments: str, says: str = "") -> str:
    return _ended(_command(of, *arguments), arguments, says)


def _ended(process: subprocess.Popen[str], arguments: tuple[str, ...], says: str = "") -> str:
    out, err = process.communicate(f"{says}\n")
    if process.returncode:
        raise CommandError(
            f"`panah {' '.join(arguments)}` ended with status {process.returncode}: {(err or out).strip()[-2000:]}"
        )
    return out


def _publish(node: Installation, day: date, passphrase: str, *, again: bool) -> str:
    """Publish the day; on a later run what was done in between may not be publishable beside what was: then the reason is told."""
    try:
        _run(node, "publish", "--period", day.isoformat(), "--by", "coordinator", says=passphrase)
    except CommandError as refused:
        if not again:
            raise
        return str(refused).partition("status 1: ")[2].removeprefix("panah: ")
    return ""


def _step(of: Installation, names: str, day: date, *more: str) -> dict[str, Any]:
    """Steps that follow each other share a process: starting one costs as much as much of the work."""
    command = [sys.executable, "-m", "panah.cli.demo.steps", names, day.isoformat(), *more]
    done = subprocess.run(command, env=os.environ | of.environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CommandError(f"The step {names!r} of the demo failed on the {of.role}: {done.stderr.strip()[-2000:]}")
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def _start(of: Installation) -> list[subprocess.Popen[bytes]]:
    """The installation's web server, answering."""
    command = [sys.executable, "-m", "panah", "serve", "--no-worker"]
    process = subprocess.Popen(command, env=os.environ | of.environment, start_new_session=True)
    for _ in range(300):
        if process.poll() is not None:
            raise CommandError(f"The web server of the {of.role} ended with status {process.returncode}.")
        with socket.socket() as door:
            if door.connect_ex(("127.0.0.1", of.port)) == 0:
                return [process]
        time.sleep(0.1)
    raise CommandError(f"The web server of the {of.role} did not answer on port {of.port} within 30 seconds.")


def _stop(servers: list[subprocess.Popen[bytes]]) -> None:
    for process in servers:
        process.terminate()
    for process in servers:
        process.wait(20)


def _free_ports(first: int) -> tuple[int, int]:
    """Two free loopback ports: the wanted ones, or the next that are free."""
    free = [port for port in range(first, first + 200) if _is_free(port)]
    return free[0], free[1]


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
