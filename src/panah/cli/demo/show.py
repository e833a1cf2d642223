"""What the demo prints: a line a step, a bar when the output is a terminal, and at the end what it did and where to look."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import TracebackType
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from panah.cli.demo.accounts import HUB, NODE, PASSPHRASE

_console = Console()


class Steps:
    """The steps of the demo. `with steps("…"):` shows one as it runs, then with its seconds."""

    def __init__(self, total: int) -> None:
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.completed}/{task.total}"),
            TimeElapsedColumn(),
        )
        self._progress = Progress(*columns, console=_console, transient=True, disable=not _console.is_terminal)
        self._task = self._progress.add_task("Panah", total=total)

    def __enter__(self) -> Steps:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    @contextmanager
    def __call__(self, what: str) -> Iterator[None]:
        self._progress.update(self._task, description=what)
        began = time.monotonic()
        yield
        self._progress.advance(self._task)
        self._progress.console.print(f"  {time.monotonic() - began:5.1f} s  {what}", highlight=False)


def tell(told: Mapping[str, Any], node: str, hub: str, seconds: float) -> None:
    """What was done, and the ready log-ins."""
    _console.print(
        f"\n[bold]Done in {seconds:.0f} s.[/bold] The people are invented; their proportions, and all figures on the hub's first page, are real.\n"
    )
    _console.print(
        f"{told['people']} people arrived, {told['web']} of them through the web form. Officers confirmed {told['confirmed']} proposals and sent "
        f"{told['sent']} referrals; {told['waiting for consent']} more wait for the person's consent. Bodies accepted {told['accepted']}, "
        f"closed {told['done']} and sent {told['declined']} back for something missing. "
        f"{told['housed']} people got a place in a centre. {told['holds']} holds stand; one attempt was stopped "
        f"by: {', '.join(told['stopped']) or 'none'}.",
        highlight=False,
    )
    profiles = Table("profile", "people", title="Who they are (a person may have several)", title_justify="left")
    for code, count in told["profiles"].items():
        profiles.add_row(code, str(count))
    _console.print(profiles)
    for title, address, accounts in (("Node of Kazakhstan", node, NODE), ("Hub of the Process", hub, HUB)):
        _console.print(f"\n[bold]{title}: {address}[/bold]", highlight=False)
        table = Table("sign in as", "who")
        for account in accounts:
            table.add_row(account.username, account.does)
        _console.print(table)
    _console.print(f"Pass-phrase for all: [bold]{PASSPHRASE}[/bold]", highlight=False)
    if told["unpublished"]:
        _console.print(
            f"The tables that an earlier run published today stay as they are; what changed since cannot go out beside them: {told['unpublished']}",
            highlight=False,
        )
    number, code = told["complaint"]
    _console.print(
        f"Mailbox of the complaint without a name, {node}/complain/follow/: number [bold]{number}[/bold], code [bold]{code}[/bold]",
        highlight=False, soft_wrap=True,
    )  # fmt: skip
    _console.print(f"Keys of the invented body outside: {told['outside']}", highlight=False, soft_wrap=True)
    _console.print(
        "A second factor is only offered here (PANAH_SECOND_FACTOR=offered); a real installation requires one."
    )
