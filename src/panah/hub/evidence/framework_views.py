"""Pages of the 52 indicators and of the eight points. Read without an account: what is shown is published."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from panah.foundation.clock import now
from panah.hub.evidence import corridor_pages, exports, framework_pages, framework_words, messages, service, words
from panah.hub.evidence.figures import Source
from panah.hub.evidence.framework import Definition, definitions, points
from panah.hub.evidence.framework.compute import latest
from panah.hub.evidence.framework.doubts import doubts
from panah.hub.evidence.framework_pages import PAIRS, Marks
from panah.hub.evidence.pages import source_line
from panah.hub.evidence.shown_values import MAIN_PART
from panah.web.parts import Column, Link, Table

DOUBTS_BESIDE = 8
LARGEST = 20
LEADS = {"P1": "1.05", "P2": "2.03", "P3": "3.01", "P4": "4.05", "P6": "6.01", "P7": "7.01", "P8": "8.01"}
"""The indicator that the map of a point shows; P5 has none that is known."""


@require_safe
def framework(request: HttpRequest) -> HttpResponse:
    """All 52 by point, and who supplies each."""
    coverage = service.coverage()
    said = framework_words.said
    shown = [
        (Link(said(one.title), reverse("point", args=[one.code])), said(one.question), framework_pages.index_of(one.code, coverage))
        for one in points().values()
    ]  # fmt: skip
    known = sum(1 for states, _newest in coverage.values() if states)
    context = {
        "points": shown,
        "known": known,
        "all": len(definitions()),
        "way": _way(),
        "draft": framework_words.draft(),
    }
    return render(request, "evidence/framework.html", context)


@require_safe
def framework_file(request: HttpRequest, form: str) -> HttpResponse:
    """The newest value of every indicator of every state, with everything that must stand beside it."""
    return exports.answer_values(request, service.values(latest=True), "indicators", form)


@require_safe
def indicator(request: HttpRequest, number: str) -> HttpResponse:
    """One indicator: its newest values, how they went, what is doubtful, and all that must be known before it is used."""
    one = _definition(number)
    if number in PAIRS:
        return _of_corridors(request, one)
    found, marks, parts_marks = service.values(number), Marks(), Marks()
    newest = latest(found).values()
    main = service.main(newest)
    group = _chosen_group(request.GET.get("group", next(iter(words.GROUPS))))
    found_doubts = doubts(value for value in found if value.part == MAIN_PART.get(number, ""))
    sources = framework_pages.sources_of(value for value in newest if not value.withheld)
    context = {
        "one": one,
        "title": framework_words.said(one.title),
        "numerator": framework_words.said(one.numerator),
        "denominator": framework_words.said(one.denominator),
        "point": points()[one.point],
        "way": _way(one),
        "map_src": reverse("framework_map", args=[number]),
        "chart_src": f"{reverse('framework_chart', args=[number])}?group={group}",
        "table": framework_pages.of_states(one, main, marks),
        "parts": framework_pages.of_parts(one, newest, parts_marks),
        "groups": [(code, title) for code, (title, _states) in words.GROUPS.items()],
        "group": group,
        "over_time": _over_time(found, words.GROUPS[group][1], parts_marks),
        "has_values": any(not value.withheld for value in newest),
        "marks": marks,
        "parts_marks": parts_marks,
        "source": _source_line(sources),
        "doubts": [(words.country(each.state), framework_words.doubt(each)) for each in found_doubts[:DOUBTS_BESIDE]],
        "doubts_left": max(0, len(found_doubts) - DOUBTS_BESIDE),
        "facts": framework_pages.facts(one, [value for value in newest if not value.withheld]),
        "draft": framework_words.draft(),
        **files("framework_values", [number], values=any(not value.withheld for value in newest)),
        **cited(request, framework_words.said(one.title), sources),
    }
    return render(request, "evidence/framework_indicator.html", context)


@require_safe
def indicator_file(request: HttpRequest, number: str, form: str) -> HttpResponse:
    """All values of one indicator; of one about corridors those of the newest period."""
    one = _definition(number)
    found: Sequence[service.Value] = service.largest(number, 5000) if number in PAIRS else service.values(number)
    return exports.answer_values(request, found, f"indicator-{one.id}", form)


@require_safe
def indicator_chart(request: HttpRequest, number: str) -> HttpResponse:
    one = _definition(number)
    _title, states = words.GROUPS[_chosen_group(request.GET.get("group", next(iter(words.GROUPS))))]
    return JsonResponse(framework_pages.chart(one, states, service.values(number), MAIN_PART.get(number, "")))


@require_safe
def indicator_map(request: HttpRequest, number: str) -> HttpResponse:
    one = _definition(number)
    return JsonResponse(framework_pages.area_map(one, service.main(service.values(number, latest=True))))


@require_safe
def point(request: HttpRequest, code: str) -> HttpResponse:
    """One of the eight points on one screen: the message, a map, the newest values, and what stands behind them."""
    one = points().get(code)
    if one is None:
        raise Http404
    found = service.values(point=code, latest=True)
    main, marks = service.main(found), Marks()
    sources = framework_pages.sources_of(value for value in main.values() if not value.withheld)
    lead = definitions().get(LEADS.get(code, ""))
    lead_marks = Marks()
    context = {
        "point": one,
        "title": framework_words.said(one.title),
        "question": framework_words.said(one.question),
        "way": _way(),
        "message": messages.point(code, service.coverage()),
        "points": [(each.code, framework_words.said(each.title)) for each in points().values()],
        "lead": lead,
        "lead_title": framework_words.said(lead.title) if lead else "",
        "lead_table": framework_pages.of_states(lead, main, lead_marks) if lead else None,
        "lead_marks": lead_marks,
        "map_src": reverse("framework_map", args=[lead.id]) if lead else "",
        "source": _source_line(framework_pages.sources_of(value for value in main.values() if lead and value.indicator == lead.id)),
        "table": framework_pages.of_point_table(code, main, marks),
        "marks": marks,
        "behind": framework_pages.behind(code, main),
        "index": framework_pages.index_of(code, service.coverage()),
        "draft": framework_words.draft(),
        **files("point_values", [code], values=bool(sources)),
        **cited(request, framework_words.said(one.title), sources),
    }  # fmt: skip
    return render(request, "evidence/point.html", context)


@require_safe
def point_file(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """The newest values of one point."""
    if code not in points():
        raise Http404
    found = service.values(point=code, latest=True)
    return exports.answer_values(request, found, f"point-{code}", form)


def files(route: str, arguments: list[str], *, values: bool = True) -> dict[str, object]:
    """The files of a page, each with the name of its form. Without any value there is nothing to say in SDMX."""
    forms = [form for form in exports.KINDS if values or form != "sdmx"]
    plain = [(form.upper(), reverse(route, args=[*arguments, form])) for form in forms]
    hxl = ("CSV HXL", f"{reverse(route, args=[*arguments, 'csv'])}?hxl=1")
    return {"files": [plain[0], hxl, *plain[1:]]}


def cited(request: HttpRequest, title: str, sources: Iterable[Source]) -> dict[str, object]:
    """How to cite a page."""
    address = request.build_absolute_uri(request.path)
    return {"citation": exports.citation(title, sources, address, now().date())}


def _of_corridors(request: HttpRequest, one: Definition) -> HttpResponse:
    found = service.largest(one.id, LARGEST)
    caption = _("The %(number)s largest corridors of the newest period") % {"number": LARGEST}
    sources = framework_pages.sources_of(found)
    context = {
        "one": one,
        "title": framework_words.said(one.title),
        "numerator": framework_words.said(one.numerator),
        "denominator": framework_words.said(one.denominator),
        "way": _way(one),
        "corridors": corridor_pages.corridor_list(found, caption, framework_words.unit(one)),
        "source": _source_line(sources),
        "facts": framework_pages.facts(one, found),
        "draft": framework_words.draft(),
        **files("framework_values", [one.id]),
        **cited(request, framework_words.said(one.title), sources),
    }
    return render(request, "evidence/framework_corridors.html", context)


def _over_time(found: Sequence[service.Value], states: Sequence[str], marks: Marks) -> Table:
    by: dict[tuple[str, str], service.Value] = {}
    for value in sorted(found, key=lambda value: -value.rank):
        if value.part == MAIN_PART.get(value.indicator, "") and value.period and not value.withheld:
            by[(value.state, value.period)] = value
    periods = sorted({period for state, period in by if state in states}, reverse=True)
    return Table(
        caption=_("Over time"),
        columns=[Column(_("Period"), heading=True), *(Column(words.country(state), numeric=True) for state in states)],
        rows=[(period, *(marks.value(by.get((state, period))) for state in states)) for period in periods],
        empty=_("There is no figure for these states."),
    )


def _source_line(sources: Sequence[Source]) -> str:
    return " ".join(source_line(source) for source in sources)


def _way(one: Definition | None = None) -> list[Link]:
    way = [Link(_("Region"), reverse("home"))]
    if one is not None:
        way.append(Link(_("Indicators"), reverse("framework")))
        way.append(Link(framework_words.said(points()[one.point].title), reverse("point", args=[one.point])))
    return way


def _definition(number: str) -> Definition:
    if number not in definitions():
        raise Http404
    return definitions()[number]


def _chosen_group(code: str) -> str:
    if code not in words.GROUPS:
        raise Http404
    return code
