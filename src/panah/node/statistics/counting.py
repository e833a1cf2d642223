"""From the files of a period to tables of counts with all their margins. Reads other rooms through their services only."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

from panah.cores.disclosure import Table, tabulate
from panah.cores.exchange.structure import Dataflow
from panah.cores.lawbook import Pack
from panah.node.procedures import service as procedures
from panah.node.profiling import service as profiling
from panah.node.referrals import service as referrals
from panah.node.registration import service as registration
from panah.node.solutions import service as solutions
from panah.node.statistics import flows
from panah.node.statistics.rules import Period


def count(period: Period) -> tuple[Table, ...]:
    """The tables of all dataflows for a period, not protected. They may not leave, and no page shows them."""
    pack = registration.node_pack()
    places = frozenset(flows.crossings(pack))
    arrivals = profiling.countable(period.first, period.last)
    first, after = _span(period, ZoneInfo(pack.timezone))
    gone: Iterable[flows.Returned] = chain(
        solutions.returned(period.first, period.last), procedures.carried_out(first, after)
    )
    records = {
        flows.ARRIVALS: [flows.person_record(person, places, pack.country) for person in arrivals],
        flows.DEPARTURES: [flows.return_record(person, pack.country) for person in gone],
        flows.REFERRALS: [flows.referral_record(sent) for sent in referrals.countable(first, after)],
    }
    return tuple(_table(flow, period, pack, records[flow.population]) for flow in flows.dataflows())


def _table(flow: Dataflow, period: Period, pack: Pack, records: Iterable[flows.Record]) -> Table:
    counted = [record for record in records if flows.belongs(flow, record)]
    return tabulate(flow.id, flow.population, period.code, flows.axes(flow, pack), counted)


def _span(period: Period, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The first moment of a period and the first after it."""
    days = (period.first, period.last + timedelta(days=1))
    first, after = (datetime.combine(day, time.min, zone) for day in days)
    return first, after
