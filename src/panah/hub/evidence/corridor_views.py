"""Pages of corridors: from one country to another, who moves, who lives there, and what money comes back."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from panah.hub.evidence import corridor_pages, exports, framework_pages, messages, service, tables, words
from panah.hub.evidence.figures import REGION
from panah.hub.evidence.framework import definitions
from panah.hub.evidence.framework_pages import Marks
from panah.hub.evidence.framework_views import cited, files
from panah.hub.evidence.framework_words import said, unit
from panah.hub.evidence.marks import Legend
from panah.hub.evidence.pages import source_line
from panah.web.parts import Link

FLOW, REMITTANCES = "7.03", "6.02"
LARGEST = 12


@require_safe
def corridors(request: HttpRequest) -> HttpResponse:
    """Choose a corridor, or take one of the largest."""
    origin, destination = request.GET.get("origin", ""), request.GET.get("destination", "")
    if origin or destination:
        _ends(origin, destination)
        return HttpResponseRedirect(reverse("corridor", args=[origin, destination]))
    lists = []
    for indicator in (FLOW, REMITTANCES):
        one = definitions()[indicator]
        found = service.largest(indicator, LARGEST)
        lists.append((corridor_pages.corridor_list(found, said(one.title), unit(one)), said(one.note)))
    codes = sorted(tables.countries(), key=words.country)
    context = {
        "lists": lists,
        "countries": [(code, words.country(code)) for code in codes],
        "way": [Link(_("Region"), reverse("home"))],
    }
    return render(request, "evidence/corridors.html", context)


@require_safe
def corridor(request: HttpRequest, origin: str, destination: str) -> HttpResponse:
    """One corridor: the message in words, flows as spans, stocks, refugees, money, and what to be careful of."""
    _ends(origin, destination)
    there, back = service.values("", destination, origin), service.values("", origin, destination)
    marks, legend = Marks(), Legend()
    title = f"{words.country(origin)} → {words.country(destination)}"
    sources = framework_pages.sources_of((*there, *back))
    flow_sources = framework_pages.sources_of(value for value in (*there, *back) if value.indicator == FLOW)
    context = {
        "title": title,
        "way": [Link(_("Region"), reverse("home")), Link(_("Corridors"), reverse("corridors"))],
        "turned": Link(
            f"{words.country(destination)} → {words.country(origin)}", reverse("corridor", args=[destination, origin])
        ),
        "ends": [
            Link(words.country(code), reverse("state", args=[code])) for code in (origin, destination) if code in REGION
        ],
        "message": messages.corridor(origin, destination, there, back),
        "chart_src": reverse("corridor_chart", args=[origin, destination]),
        "flows": corridor_pages.flows(origin, destination, there, back, marks),
        "flow_source": " ".join(source_line(source) for source in flow_sources),
        "flow_note": said(definitions()[FLOW].note),
        "stocks": corridor_pages.stocks(origin, destination, legend),
        "money": corridor_pages.money(origin, destination, there, back, marks),
        "money_note": said(definitions()[REMITTANCES].note),
        "agreements": service.agreements(origin, destination),
        "marks": marks,
        "legend": legend,
        "sources": [source_line(source) for source in sources],
        **files("corridor_values", [origin, destination], values=bool(sources)),
        **cited(request, title, sources),
    }
    return render(request, "evidence/corridor.html", context)


@require_safe
def corridor_chart(request: HttpRequest, origin: str, destination: str) -> HttpResponse:
    _ends(origin, destination)
    there, back = service.values("", destination, origin), service.values("", origin, destination)
    return JsonResponse(corridor_pages.corridor_chart(origin, destination, there, back))


@require_safe
def corridor_file(request: HttpRequest, origin: str, destination: str, form: str) -> HttpResponse:
    """All values of a corridor in both directions."""
    _ends(origin, destination)
    found = [*service.values("", destination, origin), *service.values("", origin, destination)]
    return exports.answer_values(request, found, f"corridor-{origin}-{destination}", form)


def _ends(origin: str, destination: str) -> None:
    """Two different countries, one of them of the ten, or 404."""
    known = tables.countries()
    if origin == destination or not {origin, destination} <= set(known) or not {origin, destination} & set(REGION):
        raise Http404
