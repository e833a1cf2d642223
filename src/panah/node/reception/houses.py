"""What houses need, have in store and are full of, as plain values for pages, the board and the coordinator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, Min, OuterRef, QuerySet, Sum

from panah.node.reception import rooms, rules, service
from panah.node.reception.models import Appointment, Centre, HandOut, Incident, Stay, Stock, Unit
from panah.node.registration import service as registration

SCHOOL_FROM, FOLLOWED_WITHIN = 6, timedelta(hours=24)


@dataclass(frozen=True)
class InStore:
    """One item of a centre. `left` is None where nobody counted it in; `days` is None where no use is known."""

    item: str
    came: int
    given: int
    left: int | None
    use: int
    days: int | None


def store(centre: Centre, at: datetime) -> list[InStore]:
    """What is left of each item after the hand-outs since it was first counted in, and how long it lasts."""
    moved = {
        row["item"]: row
        for row in Stock.objects.filter(centre=centre)
        .order_by()
        .values("item")
        .annotate(n=Sum("amount"), first=Min("at"))
    }
    given = HandOut.objects.filter(stay__unit__centre=centre).order_by()
    since = at - timedelta(days=rules.USE_COUNTED_OVER)
    use = Counter(dict(given.filter(at__gt=since).values_list("item").annotate(n=Sum("amount"))))
    first_day = given.filter(at__gt=since).aggregate(first=Min("at"))["first"]
    days = min(rules.USE_COUNTED_OVER, (at - first_day).days + 1) if first_day else 0
    found = []
    for item in rules.ITEMS:
        if item not in moved:
            if use[item]:
                found.append(InStore(item, 0, use[item], None, use[item], None))
            continue
        out = given.filter(item=item, at__gte=moved[item]["first"]).aggregate(n=Sum("amount"))["n"] or 0
        left = moved[item]["n"] - out
        found.append(InStore(item, moved[item]["n"], out, left, use[item], rules.days_left(left, use[item], days)))
    return found


def not_followed(at: datetime) -> QuerySet[Incident]:
    """Incidents of which nobody wrote down within a day what was done."""
    return Incident.objects.filter(closed_at=None, follow_ups=None, at__lt=at - FOLLOWED_WITHIN).order_by("at", "pk")


def over_full() -> list[tuple[Unit, int]]:
    """Units where more people sleep than there are places that can be used, and how many too many."""
    sleeping = dict(
        Stay.objects.filter(ended_at=None)
        .order_by()
        .values_list("unit")
        .annotate(n=Count("pk"))
        .values_list("unit", "n")
    )
    units = Unit.objects.filter(pk__in=sleeping).select_related("centre").order_by("centre__code", "block", "name")
    found = []
    for unit in units:
        blocked = unit.blocks.filter(ended_at=None).aggregate(n=Sum("places"))["n"] or 0
        if sleeping[unit.pk] > unit.places - blocked:
            found.append((unit, sleeping[unit.pk] - unit.places + blocked))
    return found


def without_school(at: datetime) -> QuerySet[Stay]:
    """Children of school age who stay for a week or longer and for whom nobody made an appointment with a school. Age is what is known of the
    birth; of whom nothing is known is not in the list."""
    born_before = (at - timedelta(days=365 * SCHOOL_FROM + 1)).date()
    # Asked of each stay: of all people who were ever here there are far more.
    of_age = registration.PersonFile.objects.filter(pk=OuterRef("file"), birth_to__lte=born_before)
    appointed = Appointment.objects.filter(kind="school", stay__file=OuterRef("file"))
    stays = Stay.objects.filter(
        Exists(of_age), ~Exists(appointed), ended_at=None, child=True, since__lt=at - timedelta(days=7)
    )
    return stays.select_related("unit__centre").order_by("since", "pk")


def families_apart() -> list[list[Stay]]:
    """All families of whom members stay in different centres."""
    return service.families_in_different_centres(Stay.objects.filter(ended_at=None).exclude(family=None))


@dataclass(frozen=True)
class Proposal:
    """That an emergency level may be due, and the numbers that say so. A person decides. `where` is empty for the whole state."""

    level: str
    why: str
    where: str
    number: int
    limit: int


def proposals(at: datetime) -> Iterator[Proposal]:
    """What speaks for an emergency level (domain reference 11.4), by the figures of the pack; nothing where the pack has none."""
    full, at_one, alert = (
        rooms.figure(f"reception/{name}") for name in ("full_share", "arrivals_at_one_point", "alert_share")
    )
    known = Centre.objects.filter(closed_at=None).exclude(kind="shelter")
    places = service.occupancy(known)
    if full is not None:
        usable = sum(one.places - one.blocked for one in places.values())
        taken = sum(one.taken for one in places.values())
        if usable > 0 and Decimal(100 * taken) > full * usable:
            yield Proposal("L2", "all_full", "", 100 * taken // usable, int(full))
        for row in known:
            one = places[row.pk]
            if one.places and one.share > full:
                yield Proposal("L2", "centre_full", row.code, one.share, int(full))
    arrived = _arrivals(at)
    if at_one is not None:
        today = Counter({post: days[0] for post, days in arrived.items()})
        yield from (Proposal("L2", "point", post, n, int(at_one)) for post, n in today.most_common() if n > at_one)
    if alert is not None:
        all_days = [sum(days[back] for days in arrived.values()) for back in range(31)]
        mean = Decimal(sum(all_days[3:])) / 28
        if mean and all(Decimal(100 * n) > alert * mean for n in all_days[:3]):
            yield Proposal("L1", "arrivals", "", int(100 * min(all_days[:3]) / mean), int(alert))


def _arrivals(at: datetime) -> dict[str, list[int]]:
    """How many people arrived at each place on each of the last 31 days, today first."""
    zone = ZoneInfo(registration.node_pack().timezone)
    today = at.astimezone(zone).date()
    first = datetime.combine(today - timedelta(days=30), datetime.min.time(), zone)
    found: dict[str, list[int]] = {}
    rows = registration.PersonFile.objects.filter(arrived_at__gte=first, arrived_at__lte=at).order_by()
    for place, moment in rows.values_list("place", "arrived_at").iterator():
        found.setdefault(place, [0] * 31)[(today - moment.astimezone(zone).date()).days] += 1
    return found
