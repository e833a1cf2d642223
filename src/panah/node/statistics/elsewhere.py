"""What other states have published of a period, as far as it counts moves that this state counts too: read from the hub that is
configured, or from a file of its tables that somebody carried."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import httpx
from django.conf import settings

from panah.cores.disclosure import PublishedTable
from panah.cores.exchange.conversion import table_of
from panah.cores.exchange.datasets import Dataset
from panah.cores.exchange.messages import MEDIA, TIME, Unreadable, read
from panah.cores.exchange.structure import the_structure
from panah.cores.exchange.submission import MOST_BYTES
from panah.node.statistics.message import state

DATA = "/sdmx/v2/data/dataflow"
PATIENCE = httpx.Timeout(10.0, read=60.0)


def published(period: str, carried: Iterable[bytes] | None = None) -> tuple[tuple[str, PublishedTable], ...]:
    """The tables with a mirror that other states have published for the period, each with the state's code, in its order.

    carried: SDMX messages with the hub's tables, instead of asking the hub. A hub that is not reached tells nothing: it sees itself
    what leaks when the tables come. Raises ValueError for an answer or file that cannot be read as such tables.
    """
    contents = _from_hub(period) if carried is None else carried
    return tuple(sorted(_tables(contents, period), key=lambda row: (row[0], row[1].name)))


def _from_hub(period: str) -> Iterator[bytes]:
    structure = the_structure()
    if not settings.PANAH_HUB:
        return
    with httpx.Client(timeout=PATIENCE, follow_redirects=False, trust_env=False) as client:
        for flow in structure.tables:
            if flow.mirror is None:
                continue
            address = f"{settings.PANAH_HUB.rstrip('/')}{DATA}/{structure.agency}/{flow.id}/{structure.version}"
            try:
                found = _got(client, address, period)
            except httpx.HTTPError:
                return
            if found:
                yield found


def _got(client: httpx.Client, address: str, period: str) -> bytes:
    """The answer; empty where the hub has no such table."""
    asked = {f"c[{TIME}]": period}
    with client.stream("GET", address, params=asked, headers={"Accept": MEDIA["csv"]}) as answer:
        if answer.status_code != httpx.codes.OK:
            return b""
        body = b""
        for chunk in answer.iter_bytes():
            body += chunk
            if len(body) > MOST_BYTES:
                raise httpx.HTTPError("the answer is longer than all states' tables of a period")
        return body


def _tables(contents: Iterable[bytes], period: str) -> Iterator[tuple[str, PublishedTable]]:
    mirrored = {flow.id for flow in the_structure().tables if flow.mirror is not None}
    for content in contents:
        try:
            datasets = read(content, check=False)
        except Unreadable as error:
            raise ValueError(f"The tables of other states cannot be read: {error}") from error
        for dataset in datasets:
            if dataset.flow in mirrored:
                yield from _by_state(dataset, period)


def _by_state(dataset: Dataset, period: str) -> Iterator[tuple[str, PublishedTable]]:
    if "REF_AREA" not in dataset.dimensions or TIME not in dataset.dimensions:
        raise ValueError(f"The tables of other states cannot be read: {dataset.flow} names no state or no period.")
    area, time = dataset.dimensions.index("REF_AREA"), dataset.dimensions.index(TIME)
    of_period = [one for one in dataset.observations if one.key[time] == period]
    for other in sorted({one.key[area] for one in of_period} - {state()}):
        rows = tuple(one for one in of_period if one.key[area] == other)
        yield other, table_of(Dataset(dataset.structure, dataset.dimensions, rows, dataset.attributes))
