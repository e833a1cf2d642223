"""Pages of the figures. Whoever opens the hub may read them: what is shown is published, and names no person."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from panah.hub.evidence import (
    corridor_pages,
    exports,
    framework_pages,
    framework_words,
    messages,
    pages,
    report,
    service,
    words,
)
from panah.hub.evidence.figures import REGION, Source
from panah.hub.evidence.framework import points
from panah.hub.evidence.framework_views import cited, files
from panah.hub.evidence.indicators import BY_CODE, INDICATORS, Role
from panah.hub.evidence.marks import Legend
from panah.hub.evidence.pages import View
from panah.hub.evidence.quality import SeriesFlag
from panah.web.parts import Link
from panah.web.tags.words import said

_OF_SOURCES = "en"
"""The language in which the register of editions names producers and their papers."""

FIRST = View(BY_CODE["refugees"], Role.DESTINATION)
ON_FIRST_PAGE = 7
FLAGS_BESIDE = 8
ROWS_A_PAGE = 50
CORRIDORS = 8

STATE_CHART = tuple(View(BY_CODE[code], Role.DESTINATION) for code in ("refugees", "asylum_seekers", "other_in_need"))
STATE_COUNTERPARTS = (
    View(BY_CODE["refugees"], Role.DESTINATION),
    View(BY_CODE["refugees"], Role.ORIGIN),
    View(BY_CODE["asylum_applications"], Role.DESTINATION),
    View(BY_CODE["migrant_stock"], Role.DESTINATION),
    View(BY_CODE["migrant_stock"], Role.ORIGIN),
)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The region: a map of one indicator at a time, what is doubtful, and the way to everything else."""
    view = _chosen_view(request.GET.get("show", FIRST.key))
    years = service.periods(view.indicator.code, view.role)
    year = _chosen_year(request.GET.get("year", ""), years)
    found = pages.wholes(view)
    legend, source, alarms = Legend(), pages.source_of(found), service.alarms()
    published = service.published()
    context = {
        "view": view,
        "views": pages.all_views(),
        "year": year,
        "years": years,
        "table": pages.table_of_year(view, year, found, legend) if year else None,
        "legend": legend,
        "source": pages.source_line(source) if source else "",
        "map_src": f"{reverse('indicator_map', args=[view.indicator.code, view.role.value])}?year={year}",
        "published": None if published is None else pages.table_of_published(published[:ON_FIRST_PAGE]),
        "alarms": [pages.doubt(flag) for flag in alarms[:ON_FIRST_PAGE]],
        "alarm_count": len(alarms),
        "states": [Link(words.country(state), reverse("state", args=[state])) for state in _by_name()],
        "message": messages.region(),
        "points": [
            (one.code, framework_words.said(one.title), framework_words.said(one.question)) for one in points().values()
        ],
        **(files("indicator_file", [view.indicator.code, view.role.value]) if year else {}),
        **cited(request, view.title, [source] if source else []),
    }
    return render(request, "evidence/home.html", context)


@require_safe
def indicator(request: HttpRequest, code: str, side: str) -> HttpResponse:
    """One indicator from one side: what it means, how it went, and everything that must be known before it is used."""
    view = _view(code, side)
    group = _chosen_group(request.GET.get("group", next(iter(words.GROUPS))))
    _title, states = words.GROUPS[group]
    found = pages.wholes(view, states)
    legend, parts_legend = Legend(), Legend()
    source = pages.source_of(pages.wholes(view))
    context = {
        "view": view,
        "way": [Link(_("Region"), reverse("home"))],
        "meaning": _(view.indicator.meaning),
        "sides": [View(view.indicator, role) for role in view.indicator.roles],
        "groups": [(code, title) for code, (title, _states) in words.GROUPS.items()],
        "group": group,
        "table": pages.table_of_years(view, states, found, legend),
        "legend": legend,
        "parts": pages.table_of_parts(view, parts_legend),
        "parts_legend": parts_legend,
        "source": pages.source_line(source) if source else "",
        "chart_src": f"{reverse('indicator_chart', args=[code, side])}?group={group}",
        "breaks": pages.legend_of_breaks(view, states),
        **_some_flags(
            [flag for flag in service.flags_of(code, role=view.role) if set(flag.states) & set(states)],
            f"?indicator={code}",
        ),
        "facts": _facts(view, found),
        **files("indicator_file", [code, side]),
        **cited(request, view.title, [source] if source else []),
    }
    return render(request, "evidence/indicator.html", context)


@require_safe
def state(request: HttpRequest, code: str) -> HttpResponse:
    """What all producers publish about one state."""
    _state(code)
    legend, last = Legend(), service.latest(FIRST.indicator.code, FIRST.role).get(code)
    counterparts = [pages.table_of_counterparts(view, code, legend) for view in STATE_COUNTERPARTS]
    main, marks = service.main(service.values(state=code, latest=True)), framework_pages.Marks()
    moves = sorted(service.corridors("7.03", code), key=lambda value: (value.period, value.high or 0), reverse=True)
    published = [one for one in service.published() or () if one.state == code]
    shown = [figure for role in Role for figure in pages.last_of_state(code, role).values()]
    context = {
        "message": messages.state(code, main),
        "framework": framework_pages.of_state(code, main, marks),
        "marks": marks,
        "draft": framework_words.draft(),
        "corridors": corridor_pages.corridor_list(
            moves[:CORRIDORS], _("Its largest corridors, as a span over six methods"), _("persons in five years")
        ),
        "published": pages.table_of_published(published[:ON_FIRST_PAGE]) if published else None,
        "code": code,
        "way": [Link(_("Region"), reverse("home"))],
        "name": words.country(code),
        "tables": [(words.SIDES[role], pages.table_of_state(code, role, legend)) for role in Role],
        "counterparts": [table for table in counterparts if table],
        "chart_table": pages.table_of_views(code, STATE_CHART, legend),
        "legend": legend,
        "source": pages.source_line(last.source) if last else "",
        **_some_flags(service.flags_of(state=code), f"?state={code}"),
        **files("state_file", [code]),
        **cited(request, words.country(code), dict.fromkeys(figure.source for figure in shown)),
    }
    return render(request, "evidence/state.html", context)


@require_safe
def doubts(request: HttpRequest) -> HttpResponse:
    """Everything that the rules found doubtful, of one state or indicator or all."""
    code, about = request.GET.get("state", ""), request.GET.get("indicator", "")
    if (code and code not in REGION) or (about and about not in BY_CODE):
        raise Http404
    page = Paginator(service.flags_of(about, code), ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "doubts": [pages.doubt(flag) for flag in page.object_list],
        "state": code,
        "indicator": about,
        "states": [(state, words.country(state)) for state in _by_name()],
        "indicators": [(indicator.code, _(indicator.title)) for indicator in INDICATORS],
    }
    return render(request, "evidence/doubts.html", context)


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """Where every figure was read."""
    about = [(said(f"{source.producer}: {source.title}", _OF_SOURCES), _about(source)) for source in service.sources()]
    loaded = service.loaded()
    digest = _breakable(loaded.digest) if loaded else ""
    return render(request, "evidence/sources.html", {"sources": about, "loaded": loaded, "digest": digest})


@require_safe
def indicator_chart(request: HttpRequest, code: str, side: str) -> HttpResponse:
    view = _view(code, side)
    _title, states = words.GROUPS[_chosen_group(request.GET.get("group", next(iter(words.GROUPS))))]
    return JsonResponse(pages.chart_of_states(view, states, pages.wholes(view, states)))


@require_safe
def indicator_map(request: HttpRequest, code: str, side: str) -> HttpResponse:
    view = _view(code, side)
    year = _chosen_year(request.GET.get("year", ""), service.periods(code, view.role))
    return JsonResponse(pages.map_of_year(view, year, pages.wholes(view)))


@require_safe
def state_chart(request: HttpRequest, code: str) -> HttpResponse:
    return JsonResponse(pages.chart_of_state(_state(code), STATE_CHART))


@require_safe
def indicator_file(request: HttpRequest, code: str, side: str, form: str) -> HttpResponse:
    """All figures of one indicator from one side, with their source in every row."""
    view = _view(code, side)
    return exports.answer_figures(request, service.series(code, view.role), f"{code}-{side}", form)


@require_safe
def state_file(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """All figures about one state as a whole."""
    _state(code)
    found = [figure for role in Role for figure in service.of_state(code, role)]
    return exports.answer_figures(request, found, code, form)


@require_safe
def state_report(request: HttpRequest, code: str) -> HttpResponse:
    """The situation report on a state as PDF; `?language=ru` or `en`, otherwise the reader's."""
    return _paper(request, f"report-{_state(code)}", lambda: report.of_state(code))


@require_safe
def region_report(request: HttpRequest) -> HttpResponse:
    """The situation report on the ten states as PDF."""
    return _paper(request, "report-region", report.of_region)


def _paper(request: HttpRequest, name: str, made: Callable[[], bytes]) -> HttpResponse:
    wanted = request.GET.get("language", framework_words.language()[:2])
    with override(wanted if wanted in ("en", "ru") else "en"):
        answer = HttpResponse(made(), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer


def _some_flags(found: Sequence[SeriesFlag], query: str) -> dict[str, object]:
    return {
        "doubts": [pages.doubt(flag) for flag in found[:FLAGS_BESIDE]],
        "doubts_left": len(found) - FLAGS_BESIDE,
        "doubts_url": f"{reverse('doubts')}{query}",
    }


def _facts(view: View, found: pages.ByYear) -> list[tuple[str, object]]:
    source = pages.source_of(found) or pages.source_of(pages.wholes(view))
    about: list[tuple[str, object]] = [
        (_("Definition"), _(view.indicator.definition)),
        (_("When measured"), _(view.indicator.measured)),
        (_("Method"), _(view.indicator.method)),
        (_("Small counts"), _(view.indicator.protection)),
        (_("Unit"), words.UNITS[view.indicator.unit]),
    ]
    return [*about, (_("Producer"), said(source.producer, _OF_SOURCES)), *_about(source)] if source else about


def _about(source: Source) -> list[tuple[str, object]]:
    licence = said(source.licence, _OF_SOURCES)
    return [
        (_("Edition"), said(f"{source.title}, {source.edition}", _OF_SOURCES)),
        (_("As of"), source.as_of),
        (_("Licence"), Link(licence, source.licence_url) if source.licence_url else licence),
        (_("Taken from"), said(source.obtained_from, _OF_SOURCES)),
        (_("Read on"), source.retrieved),
        (_("Digest of the file"), _breakable(source.sha256)),
    ]


def _breakable(digest: str) -> SafeString:
    """A digest that a narrow page may break every eight digits."""
    parts = ((digest[start : start + 8],) for start in range(0, len(digest), 8))
    return format_html('<bdi class="code" dir="ltr">{}</bdi>', format_html_join(mark_safe("<wbr>"), "{}", parts))


def _by_name() -> list[str]:
    return sorted(REGION, key=words.country)


def _view(code: str, side: str) -> View:
    view = pages.view_of(code, side)
    if view is None:
        raise Http404
    return view


def _chosen_view(key: str) -> View:
    code, _dot, side = key.partition(".")
    return _view(code, side)


def _chosen_year(text: str, years: Sequence[int]) -> int:
    """The year asked for, or the last that has figures; 0 where nothing is loaded."""
    if not text:
        return years[0] if years else 0
    if not text.isdecimal() or int(text) not in years:
        raise Http404
    return int(text)


def _chosen_group(code: str) -> str:
    if code not in words.GROUPS:
        raise Http404
    return code


def _state(code: str) -> str:
    if code not in REGION:
        raise Http404
    return code
