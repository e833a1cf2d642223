"""From the files of a period to tables of counts with all their margins. Reads other rooms through their services only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from panah.cores.disclosure import Table, tabulate
from panah.node.profiling import service as profiling
from panah.node.referrals import service as referrals
from panah.node.registration import service as registration
from panah.node.statistics import flows
from panah.node.statistics.rules import Period


def count(period: Period) -> tuple[Table, ...]:
    """The tables of all dataflows for a period, not protected. They may not leave, and no page shows them."""
    pack = registration.node_pack()
    places = frozenset(flows.crossings(pack))
    arrivals = profiling.countable(period.first, period.last)
    records = {
        flows.ARRIVALS: [flows.person_record(person, places) for person in arrivals],
        flows.REFERRALS: [flows.referral_record(sent) for sent in _sent(period, ZoneInfo(pack.timezone))],
    }
    return tuple(
        tabulate(flow.id, flow.population, period.code, flows.axes(flow, pack), records[flow.population])
        for flow in flows.dataflows()
    )


def _sent(period: Period, zone: ZoneInfo) -> Iterator[referrals.Countable]:
    first, after = (datetime.combine(day, time.min, zone) for day in (period.first, period.last + timedelta(days=1)))
    return referrals.countable(first, after)
