"""People of a day, through the door of the node whose settings are in the environment: `python -m tests.journeys.a_day DAY WORKERS AFRAID`."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

from panah.cli.database import set_up


def main(day: str, workers: int, afraid: int) -> None:
    set_up(role="node")
    from panah.foundation.access.models import Officer
    from tests.people import AFRAID, WORKER, arrives

    aida = Officer.objects.get(username="aida")
    morning = datetime.fromisoformat(f"{day}T06:00:00").replace(tzinfo=UTC)
    for n in range(workers):
        arrives(aida, morning, WORKER, sex="female" if n % 2 else "male")
    for n in range(afraid):
        arrives(aida, morning, AFRAID, citizenship="AFG", sex="female" if n % 2 else "male")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
