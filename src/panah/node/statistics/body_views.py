"""What a body received, answered and decided, and how fast: for its supervisor, the ombudsman and the coordinator."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from panah.foundation.access.models import Officer
from panah.foundation.access.service import officer_of, required
from panah.foundation.clock import now
from panah.node.families import service as families
from panah.node.procedures import service as procedures
from panah.node.referrals import service as referrals
from panah.node.registration import service as registration
from panah.node.solutions import service as solutions
from panah.node.statistics import figures, rules
from panah.node.statistics.figures import Figure, Number
from panah.web import spreadsheet
from panah.web.local_time import in_local_time
from panah.web.parts import Column, Table
from panah.web.reading import gregorian_month
from panah.web.tags.words import moment, number

SHOWN_PERIODS = 12


@required("statistics.see_bodies")
@require_safe
@in_local_time
def body(request: HttpRequest) -> HttpResponse:
    """The figures of one body and one period; `?format=` gives them as a spreadsheet."""
    officer = officer_of(request)
    exact = reads_the_cases(officer)
    bodies = _bodies(officer)
    code = request.GET.get("body", "") or next(iter(bodies), "")
    if code and code not in bodies:
        raise Http404
    periods = _periods(exact)
    period = request.GET.get("period", "") or next(iter(periods))
    if period not in periods:
        raise Http404
    parts = _parts(code, period, exact) if code else []
    if request.GET.get("format") in spreadsheet.FORMATS:
        return spreadsheet.answer(_sheet(parts), f"work-{period}", request.GET["format"])
    context = {
        "body": code,
        "bodies": bodies,
        "period": period,
        "periods": periods,
        "tables": [_table(title, found) for title, found in parts],
        "exact": exact,
    }
    return render(request, "statistics/body.html", context)


def reads_the_cases(officer: Officer) -> bool:
    """Whether the officer may read the cases that the figures are made of; else small numbers are not shown."""
    return not officer.roles.isdisjoint({"supervisor", "ombudsman"})


def _bodies(officer: Officer) -> dict[str, str]:
    """The bodies whose figures the officer may see, by their codes: those that have accounts."""
    codes = [officer.body] if officer.body else []
    if not officer.roles.isdisjoint({"ombudsman", "national_coordinator"}):
        known = Officer.objects.exclude(body="").order_by("body").values_list("body", flat=True)
        codes = list(known.distinct())
    named = {code: registration.body_title(code) for code in codes}
    return dict(sorted(named.items(), key=lambda one: one[1]))


def _periods(exact: bool) -> dict[str, str]:
    """Months and quarters, newest first. Who may not read the cases is shown whole quarters that are over, and no months: two periods that
    overlap would tell by their difference what each alone does not."""
    today = rules.local_day(now(), registration.node_pack().timezone)
    months = [_back(today, n) for n in range(SHOWN_PERIODS)]
    quarters = [month for month in (_back(today, n) for n in range(24)) if month.month % 3 == 1]
    named = {
        f"{one:%Y}-Q{(one.month + 2) // 3}": _("%(year)s, quarter %(quarter)s")
        % {"year": one.year, "quarter": (one.month + 2) // 3}
        for one in quarters
    }
    if not exact:
        return dict(list(named.items())[1:])
    return {f"{one:%Y-%m}": gregorian_month(one, get_language() or "en") for one in months} | named


def _back(day: date, months: int) -> date:
    """The first day of the month so many months before."""
    n = day.year * 12 + day.month - 1 - months
    return date(n // 12, n % 12 + 1, 1)


def _bounds(period: str) -> tuple[datetime, datetime]:
    """The first moment of a month or quarter, and the first one after it."""
    year, _dash, part = period.partition("-")
    length = 3 if part.startswith("Q") else 1
    first = date(int(year), 3 * int(part[1:]) - 2 if length == 3 else int(part), 1)
    after = _back(first + timedelta(days=31 * length), 0)
    zone = ZoneInfo(registration.node_pack().timezone)
    return datetime.combine(first, time.min, zone), datetime.combine(after, time.min, zone)


Parts = list[tuple[str, list[Figure]]]


def _parts(code: str, period: str, exact: bool) -> Parts:
    first, after = _bounds(period)
    tracing = families.seeking(code, first, after, now())
    return [
        *(
            (_("Procedure: %(what)s") % {"what": procedures.procedure_title(one.procedure)},
             figures.of_procedure(one, exact=exact))
            for one in procedures.leading(code, first, after, now())
        ),
        *(
            (_("Referrals: %(what)s") % {"what": referrals.recipient_title(one.to)},
             figures.of_referrals(one, exact=exact))
            for one in referrals.answering(code, first, after, now())
        ),
        *((_("Family tracing"), figures.of_tracing(one, exact=exact)) for one in (tracing,) if one is not None),
        *(
            (_("Plans: %(toward)s") % {"toward": solutions.toward_title(one.toward)}, figures.of_plans(one, exact=exact))
            for one in solutions.lasting(code, first, after, now())
        ),
    ]  # fmt: skip


def _table(title: str, found: Iterable[Figure]) -> Table:
    return Table(
        caption=title,
        columns=[Column(_("Measure"), heading=True), Column(_("Value"), numeric=True), Column(_("What it counts"))],
        rows=[(one.label, _shown(one.value), one.definition) for one in found],
        empty="",
    )


def _shown(value: Number | float | datetime | None) -> Any:
    """A figure as its reader writes it; a share always with what it is a share of."""
    if not isinstance(value, Number):
        return moment(value, "short") if isinstance(value, datetime) else "–" if value is None else number(value)
    if value.protected:
        return _("fewer than ten")
    if value.of is None:
        return number(value.count)
    share = number(round(100 * value.count / value.of))
    return _("%(share)s %% (%(count)s of %(of)s)") % {
        "share": share, "count": number(value.count), "of": number(value.of),
    }  # fmt: skip


def _sheet(parts: Parts) -> Table:
    return Table(
        caption="",
        columns=[
            Column(_("Kind of work")),
            Column(_("Measure")),
            Column(_("Value")),
            Column(_("Of")),
            Column(_("What it counts")),
        ],
        rows=[
            (
                title,
                str(one.label),
                _plain(one.value),
                _of(one.value),
                str(one.definition),
            )
            for title, found in parts
            for one in found
        ],
        empty="",
    )


def _of(value: Number | float | datetime | None) -> int | None:
    return value.of if isinstance(value, Number) and not value.protected else None


def _plain(value: Number | float | datetime | None) -> Any:
    if isinstance(value, Number):
        return _("fewer than ten") if value.protected else value.count
    return value
