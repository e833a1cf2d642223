"""The catalogue of components at /design/, there when PANAH_DESIGN_CATALOGUE says so. Its people and figures are
invented.
"""

from __future__ import annotations

from contextlib import nullcontext
from datetime import UTC, datetime, timedelta, timezone
from operator import itemgetter
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from panah.foundation.door.service import Harm
from panah.foundation.languages import of_tag
from panah.web import errors
from panah.web.parts import Check, Clock, Column, Event, Hold, Link, Question, Reason, Table
from panah.web.reading import country_name
from panah.web.stops import ACTS, StopShown
from panah.web.tags.marks import BADGES, as_html

_NOW = datetime(2026, 11, 21, 14, 5, tzinfo=timezone(timedelta(hours=5)))
_FIGURES = {
    "KAZ": 348,
    "KGZ": 512,
    "TJK": 9874,
    "UZB": 13041,
    "AFG": None,
    "IRN": 761002,
    "PAK": 1560034,
    "AZE": 6120,
    "TUR": 2400711,
    "TKM": 17,
}


def _countries() -> list[tuple[str, str]]:
    return [(code, country_name(code, translation.get_language() or "en")) for code in ("AFG", "TJK", "XXA")]


class Arrival(forms.Form):
    """A form that shows every kind of field."""

    name = forms.CharField(
        label=gettext_lazy("Full name"), help_text=gettext_lazy("As the person says it, in any script.")
    )
    birth_date = forms.DateField(label=gettext_lazy("Date of birth"), required=False)
    country = forms.ChoiceField(label=gettext_lazy("Citizenship"), choices=_countries)
    way = forms.ChoiceField(
        label=gettext_lazy("How the person came"),
        widget=forms.RadioSelect,
        choices=[("road", gettext_lazy("By road")), ("rail", gettext_lazy("By rail")), ("air", gettext_lazy("By air"))],
    )
    consent = forms.BooleanField(label=gettext_lazy("The person understands what is asked and why"))
    zone = forms.CharField(label=gettext_lazy("Machine-readable zone"), widget=forms.Textarea, required=False)
    sheet = forms.FileField(label=gettext_lazy("Spreadsheet of arrivals"), required=False)


def _form(request: HttpRequest) -> Arrival:
    return Arrival({"birth_date": "31.02.1990"} if "errors" in request.GET else None)


def _clocks() -> list[Clock]:
    start = _NOW - timedelta(hours=20)
    hour = timedelta(hours=1)
    return [
        Clock(_("Forward the request"), start, _NOW + 28 * hour, _NOW, source="Act on Refugees (invented), art. 9(2)"),
        Clock(_("Forward the request"), start, _NOW + 4 * hour, _NOW, kind="target"),
        Clock(_("First interview"), start, _NOW - 3 * hour, _NOW),
        Clock(_("Decision"), start, _NOW + 700 * hour, _NOW, stopped=_("no interpreter")),
        Clock(_("Appeal"), start, None, _NOW, unknown=_("the day on which the decision was handed over")),
        Clock(_("Medical examination"), start, _NOW, _NOW, done=_NOW - 2 * hour),
    ]


def _holds() -> list[Hold]:
    return [
        Hold(
            _("No removal"),
            _("The person fears return because of religion, and nobody has decided on it yet."),
            _("the asylum authority and a second reviewer, each with a reason"),
            source="1951 Convention, art. 33",
            verified=True,
            since=_NOW - timedelta(hours=20),
        ),
        Hold(
            _("No detention"), _("The person may be under 18."), _("the child-protection body"), source="CRC, art. 37"
        ),
    ]


def _table(request: HttpRequest, empty: bool = False) -> Table:
    sorted_by = request.GET.get("sort", "number")
    tag = translation.get_language() or "en"
    people = [
        ("A-014", "Фотима Раҳимова", "TJK", 2, _NOW - timedelta(hours=3), as_html(BADGES["child_alone"])),
        ("A-015", "فاطمه احمدی", "AFG", 5, _NOW - timedelta(hours=1), as_html(BADGES["same_day"])),
        ("A-016", "Әсел Қуанышқызы", "KAZ", 1, _NOW, None),
    ]
    order = {"companions": itemgetter(3), "arrived": itemgetter(4)}.get(sorted_by.lstrip("-"), itemgetter(0))
    people.sort(key=order, reverse=sorted_by.startswith("-"))
    rows = [
        (Link(number, "#"), name, country_name(country, tag), companions, arrived, urgency)
        for number, name, country, companions, arrived, urgency in people
    ]
    return Table(
        caption=_("Waiting today"),
        columns=[
            Column(_("Number"), sort="number", heading=True),
            Column(_("Name")),
            Column(_("Citizenship")),
            Column(_("Companions"), numeric=True, sort="companions"),
            Column(_("Arrived"), sort="arrived"),
            Column(_("Urgency")),
        ],
        rows=[] if empty else rows,
        empty=_("Nobody is waiting. Add a person, or take in a spreadsheet."),
        next_step=Link(_("New person"), "#"),
        sorted_by=sorted_by,
    )


def _events() -> list[Event]:
    day = timedelta(days=1)
    return [
        Event(_NOW - 2 * day, _("Arrived at the post"), who="Aida Serik"),
        Event(_NOW - day, _("Proposal confirmed"), who="Aida Serik", law="1951 Convention, art. 1A(2)", tone="accent"),
        Event(_NOW, _("Attempt to close the file, stopped by a hold"), who="Bolat Omar", tone="danger", url="stop/"),
    ]


def _reasons() -> list[Reason]:
    return [
        Reason(
            _("Afraid to return because of religion: asylum-seeker"),
            answers=[(_("Is the person afraid to return?"), _("Yes")), (_("Because of what?"), _("Religion"))],
            source="1951 Convention, art. 1A(2)",
            verified=True,
        ),
        Reason(_("Travels with nobody and is under 18: unaccompanied child"), source="CRC, art. 20"),
    ]


def _context(request: HttpRequest) -> dict[str, Any]:
    return {
        "form": _form(request),
        "clocks": _clocks(),
        "holds": _holds(),
        "table": _table(request),
        "empty_table": _table(request, empty=True),
        "events": _events(),
        "reasons": _reasons(),
        "badges": list(BADGES),
        "now": _NOW,
        "crumbs": [Link(_("Start"), "/")],
        "page": Paginator(range(200), 10).get_page(request.GET.get("page")),
        "question": Question(
            _("Are you afraid to go back to your country?"),
            "آیا از برگشتن به کشورتان می‌ترسید؟",
            "fa",
            checked=False,
            help=_("Ask it alone with the person, never through somebody who travels with them."),
        ),
        "untranslated": Question(_("Who are you travelling with?"), person_language="ps"),
        "person_answers": {"yes": "بله", "no": "نه", "unknown": "نمی‌دانم", "refused": "نمی‌خواهم بگویم"},
        "facts": [
            (_("Name"), "گل‌آقا"),
            (_("Arrived"), _NOW),
            (_("Date of birth"), datetime(1996, 3, 20, tzinfo=UTC).date()),
            (_("Companions"), 12345),
            (_("Height"), None),
        ],
        "figure_rows": [
            (country_name(code, translation.get_language() or "en"), value) for code, value in _FIGURES.items()
        ],
    }


def parts(request: HttpRequest) -> HttpResponse:
    """Every component on one page. `?in=fa` shows it as readers of that language would see it; `?errors` shows the
    form refused.
    """
    wanted = of_tag(request.GET.get("in", ""))
    with translation.override(wanted.tag) if wanted else nullcontext():
        return render(request, "panah/design.html", _context(request))


@require_POST
def answer(request: HttpRequest) -> HttpResponse:
    """Goes back to the catalogue with the answer in the address."""
    return redirect(f"{reverse('web:design')}?answer={request.POST.get('answer', '')}#answers")


@require_POST
def scan(request: HttpRequest) -> HttpResponse:
    """Checks of the shape only: how many lines, how long, which characters."""
    lines = request.POST.get("zone", "").upper().split()
    lengths = {len(line) for line in lines}
    shapes = {(3, 30), (2, 36), (2, 44)}
    fits = len(lengths) == 1 and (len(lines), *lengths) in shapes
    strange = sorted(
        {sign for line in lines for sign in line if not (sign.isascii() and (sign.isalnum() or sign == "<"))}
    )
    found = _("%(count)d lines") % {"count": len(lines)}
    checks = [
        Check(_("Shape"), "absent" if not lines else "ok" if fits else "doubt", "" if fits else found),
        Check(_("Characters"), "doubt" if strange else "ok" if lines else "absent", " ".join(strange)),
    ]
    return render(request, "panah/scan_checks.html", {"checks": checks})


@require_safe
def figures(request: HttpRequest, kind: str) -> HttpResponse:
    tag = translation.get_language() or "en"
    if kind == "map":
        areas = [
            {"code": code, "name": country_name(code, tag), "value": value, "url": f"#{code}"}
            for code, value in _FIGURES.items()
        ]
        return JsonResponse({"unit": _("people"), "areas": areas})
    years = list(range(2014, 2026))
    one = [410, 480, 455, 390, 420, 610, 380, None, 900, 1210, 1180, 1260]
    band = {
        "low": [None if v is None else round(v * 0.9) for v in one],
        "high": [None if v is None else round(v * 1.15) for v in one],
    }
    shapes: dict[str, dict[str, Any]] = {
        "line": {
            "kind": "line",
            "x": years,
            "unit": _("people"),
            "series": [
                {"name": country_name("KAZ", tag), "values": one, **band},
                {"name": country_name("TJK", tag), "values": [v and v // 2 for v in one]},
            ],
            "breaks": [{"at": 2019, "note": _("new definition")}],
        },
        "bar": {
            "kind": "bar",
            "horizontal": True,
            "x": [country_name(code, tag) for code in ("KAZ", "KGZ", "TJK")],
            "unit": _("people"),
            "series": [{"name": _("Women"), "values": [120, 88, 301]}, {"name": _("Men"), "values": [140, 91, 288]}],
            "stacked": True,
        },
    }
    if kind not in shapes:
        raise Http404
    return JsonResponse(shapes[kind])


@require_safe
def stop(request: HttpRequest) -> HttpResponse:
    """How an act that a safeguard stopped is answered."""
    return render(
        request, "stopped.html", {"shown": StopShown(ACTS[Harm.REMOVAL], _holds(), reverse("web:design"))}, status=409
    )


@require_safe
def error(request: HttpRequest, status: int) -> HttpResponse:
    """The error pages, to look at."""
    known = {
        400: errors.bad_request,
        404: errors.not_found,
        429: errors.too_many_attempts,
        500: errors.server_error,
        503: errors.unavailable,
    }
    if status == 409:
        return errors.not_done(request, _("This referral was accepted in the meantime."))
    if status == 405:
        return errors.method_not_allowed(request, "POST")
    if status not in known:
        raise Http404
    return known[status](request)
