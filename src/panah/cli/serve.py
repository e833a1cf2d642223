"""`panah serve`: the web server (granian) and the job worker, side by side, until told to stop."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from typing import Annotated

import typer

from panah import configuration
from panah.cli import CommandError


def serve(
    migrate: Annotated[bool, typer.Option(help="Make or renew the database first.")] = False,
    worker: Annotated[bool, typer.Option(help="Run the job worker too; `--no-worker` where it runs apart.")] = True,
) -> None:
    """Run this installation (PANAH_ROLE) on PANAH_LISTEN until SIGINT or SIGTERM."""
    if migrate:
        subprocess.run([sys.executable, "-m", "panah", "migrate"], check=True)
    else:
        _refuse_unready()
    keep_running([os.environ], worker=worker)


def keep_running(environments: list[Mapping[str, str]], *, worker: bool = True) -> None:
    """Run web server and worker for each environment. A process that ends by itself is started again; a signal ends all."""
    wanted = [(command, env) for env in environments for command in _commands(env, worker)]
    running = {index: _start(command, env) for index, (command, env) in enumerate(wanted)}
    fallen: dict[int, int] = {}
    stopping = False

    def stop(*_: object) -> None:
        nonlocal stopping
        stopping = True

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    try:
        while not stopping:
            time.sleep(0.3)
            for index, process in running.items():
                if process.poll() is None:
                    continue
                fallen[index] = fallen.get(index, 0) + 1
                name = " ".join(wanted[index][0][2:5])
                if fallen[index] > 5:
                    raise CommandError(
                        f"`{name}` ended {fallen[index]} times, the last time with status {process.returncode}. Giving up."
                    )
                print(f"panah: `{name}` ended with status {process.returncode}; starting it again.", file=sys.stderr)
                time.sleep(1)
                running[index] = _start(*wanted[index])
    finally:
        _end(list(running.values()))


def _commands(env: Mapping[str, str], worker: bool) -> list[list[str]]:
    host, _, port = configuration.read("PANAH_LISTEN", env).rpartition(":")
    web = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "panah.wsgi:application",
        "--host", host.strip("[]"), "--port", port,
        "--workers", str(configuration.whole_number("PANAH_WORKERS", env)),
        "--blocking-threads", str(configuration.whole_number("PANAH_THREADS", env)),
        "--static-path-route", "/static", "--static-path-mount", str(configuration.home(env) / "static"),
        "--no-access-log", "--log-level", "warning", "--respawn-failed-workers",
    ]  # fmt: skip
    return [web, [sys.executable, "-m", "panah", "worker"]] if worker else [web]


def _start(command: list[str], env: Mapping[str, str]) -> subprocess.Popen[bytes]:
    # A session of its own: Ctrl-C reaches only us, and we end the children in order.
    return subprocess.Popen(command, env={**os.environ, **env}, start_new_session=True)


def _end(processes: list[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + 15
    for process in processes:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()


def _refuse_unready() -> None:
    from panah.cli.database import refuse_if_not_migrated, set_up

    set_up()
    refuse_if_not_migrated()
    static = configuration.home() / "static"
    if not static.is_dir():
        raise CommandError("The files that the web server hands out are not laid out. Run `panah migrate`.")
