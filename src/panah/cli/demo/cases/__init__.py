"""What began in the weeks before the day of the demo: a claim with its appeal, a detention, a plan, insured time, a search, a complaint, a body outside.

Each case is a story that says, step by step, on which day it goes on; the days of all of them are lived through in their order, with the clock
standing at each. Every step is an act of an officer through the door.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from panah.cli.demo.cases.desk import Desk, Story


def lived_through(stories: list[Story], until: datetime) -> None:
    """Take the steps of all the stories in the order of their days. No step is later than `until`."""
    from panah.foundation.clock import standing_at

    days: list[tuple[datetime, int, Iterator[datetime]]] = []
    for n, story in enumerate(stories):
        heapq.heappush(days, (next(story), n, story))
    while days:
        at, n, story = heapq.heappop(days)
        with standing_at(min(at, until)):
            following = next(story, None)
        if following is not None:
            heapq.heappush(days, (following, n, story))


def before(day: date, folder: str, *_others: str) -> dict[str, Any]:
    """What the officers of all bodies did in the weeks before the day."""
    from django.conf import settings

    from panah.cli.demo.cases import custody, family, outside, protection, work
    from panah.foundation.clock import now

    present = now()
    noon = datetime.combine(day, time(12), ZoneInfo(settings.TIME_ZONE))
    desk = Desk(present, noon)
    outside_keys = Path(folder) / "body-outside.txt"
    complaint = outside.receipt()
    stories = [
        protection.appealed(desk), protection.waits_for_a_signature(desk), protection.held(desk), work.came_back(desk),
        work.worked_in_two_states(desk), family.sought(desk), outside.complained(desk, complaint), outside.sealed(desk, outside_keys),
    ]  # fmt: skip
    stories += [custody.taken(desk), custody.just_taken(desk)]
    lived_through(stories, present - timedelta(minutes=1))
    return {"complaint": list(complaint), "outside": str(outside_keys)}
