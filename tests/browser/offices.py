"""A node and the hub beside each other, as the journeys and the pictures of the docs need them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.browser import accounts
from tests.browser.installation import Installation, Program, at_once, free_port


@dataclass(frozen=True)
class Offices:
    node: Installation
    hub: Installation
    program: Program


@contextmanager
def opened_offices(home: Path) -> Iterator[Offices]:
    """Both set up with the `panah` command in folders under `home` and served on free ports of loopback."""
    hub = Installation("hub", home / "hub", free_port())
    node = Installation("node", home / "node", free_port(), {"PANAH_HUB": hub.address, "PANAH_DESIGN_CATALOGUE": "yes"})
    token, key = ["token", accounts.AIDA.username, "--name", "journeys"], ["sender", "key"]
    of_the_node, of_the_hub = at_once(
        lambda: node.open_accounts(accounts.OF_THE_NODE, key, token).split(),
        lambda: hub.panah(["migrate"], ["figures", "load"], key).split(),
    )
    at_once(
        lambda: hub.panah(["sender", "add", "KAZ", of_the_node[-2]]),
        lambda: node.panah(["sender", "trust", of_the_hub[-1]]),
    )
    with ExitStack() as running:
        running.enter_context(node.served())
        running.enter_context(hub.served())
        yield Offices(node, hub, Program(node, of_the_node[-1]))
