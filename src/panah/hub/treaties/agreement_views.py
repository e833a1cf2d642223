"""Pages on agreements: the list, one of them, and what stands between two states."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from panah.hub.treaties import models, service, shown, words
from panah.hub.treaties.laws import known
from panah.hub.treaties.views import menu
from panah.web import spreadsheet
from panah.web.parts import Column, Link, Table


@require_safe
def agreements(request: HttpRequest) -> HttpResponse:
    """All agreements, by theme of their clauses where one is chosen; and the way to a corridor."""
    origin, destination, theme = (request.GET.get(name, "") for name in ("from", "to", "theme"))
    if origin and destination:
        return redirect("agreement_corridor", origin=origin, destination=destination)
    rows = list(models.Agreement.objects.filter(superseded_at=None).order_by("id"))
    clauses = list(models.Clause.objects.filter(superseded_at=None).order_by("id"))
    if theme:
        wanted = {clause.agreement for clause in clauses if clause.theme == theme}
        rows = [row for row in rows if row.key in wanted]
    file = request.GET.get("format", "")
    if file in spreadsheet.FORMATS:
        return spreadsheet.answer(listed(rows, clauses, for_file=True), "agreements", file)
    parties = sorted({code for row in rows for code in row.parties.split()} | set(service.REGION), key=words.state)
    context = {
        "table": listed(rows, clauses),
        "theme": theme,
        "themes": words.CLAUSES.items(),
        "states": [(code, words.state(code)) for code in parties],
        **menu(request, "agreements"),
    }
    return render(request, "treaties/agreements.html", context)


@require_safe
def agreement(request: HttpRequest, key: str) -> HttpResponse:
    """One agreement: parties, days, clauses in our own words, reservations."""
    found = get_object_or_404(models.Agreement, key=key, superseded_at=None)
    sources, standings = service.sources(), service.standings(instrument=key)
    names = {key: words.title(found)}
    context = {
        "title": names[key],
        "facts": about(found),
        "note": words.note(found),
        "clauses": clauses_of(models.Clause.objects.filter(superseded_at=None, agreement=key)),
        "statements": shown.statements(service.statements(instrument=key), names, sources, by="state"),
        "beside": shown.beside(standings.values(), names, sources),
        **menu(request, "agreements"),
        "way": [Link(_("Agreements"), reverse("agreements"))],
    }
    return render(request, "treaties/agreement.html", context)


@require_safe
def corridor(request: HttpRequest, origin: str, destination: str) -> HttpResponse:
    """What is agreed between the state that people come from and the one that they go to."""
    for code in (origin, destination):
        if len(code) != 3 or not code.isalpha() or not code.isupper():
            raise Http404
    if origin == destination:
        raise Http404
    found = service.agreements_between(origin, destination)
    keys = {row.key for row in found}
    clauses = [
        clause
        for clause in models.Clause.objects.filter(superseded_at=None).order_by("theme", "id")
        if clause.agreement in keys and _covers(clause, origin, destination)
    ]
    title = _("%(origin)s to %(destination)s") % {
        "origin": words.state(origin),
        "destination": words.state(destination),
    }
    names = {row.key: words.title(row) for row in found}
    table = clauses_of(clauses, names)
    file = request.GET.get("format", "")
    if file in spreadsheet.FORMATS:
        return spreadsheet.answer(clauses_of(clauses, names, for_file=True), f"agreements-{origin}-{destination}", file)
    covered = {clause.theme for clause in clauses}
    context = {
        "title": title,
        "table": listed(found, clauses),
        "clauses": table,
        "missing": [label for code, label in words.CLAUSES.items() if code not in covered],
        "back": reverse("agreement_corridor", args=[destination, origin]),
        **menu(request, "agreements"),
        "way": [Link(_("Agreements"), reverse("agreements"))],
    }
    return render(request, "treaties/corridor.html", context)


def _covers(clause: models.Clause, origin: str, destination: str) -> bool:
    origins, destinations = clause.origins.split(), clause.destinations.split()
    return (not origins or origin in origins) and (not destinations or destination in destinations)


def listed(rows: Iterable[models.Agreement], clauses: Sequence[models.Clause], *, for_file: bool = False) -> Table:
    themes: dict[str, list[str]] = {}
    for clause in clauses:
        said = str(words.CLAUSES[clause.theme])
        if said not in themes.setdefault(clause.agreement, []):
            themes[clause.agreement].append(said)
    return Table(
        _("Agreements"),
        [
            Column(_("Agreement"), heading=True),
            Column(_("Kind")),
            Column(_("Parties that were read")),
            Column(_("Signed")),
            Column(_("In force")),
            Column(_("Where it stands")),
            Column(_("Clauses")),
            Column(_("Verified")),
        ],
        [
            (
                words.title(row) if for_file else Link(words.title(row), reverse("agreement", args=[row.key])),
                words.AGREEMENTS[row.kind],
                parties(row),
                shown.whole(row.signed, for_file=for_file),
                shown.whole(row.in_force, for_file=for_file),
                models.Agreement.Standing(row.standing).label,
                ", ".join(themes.get(row.key, [])),
                known(row),
            )
            for row in rows
        ],
        _("No agreement that names both was found in the sources. That does not say that there is none."),
    )


def parties(row: models.Agreement) -> str:
    names = [words.state(code) for code in row.parties.split()]
    return ", ".join([*names, *row.with_organisations.split()]) or _("not read")


def about(row: models.Agreement) -> list[tuple[str, object]]:
    return [
        (_("Kind"), words.AGREEMENTS[row.kind]),
        (_("Parties that were read"), parties(row)),
        (_("Signed"), row.signed),
        (_("In force"), row.in_force),
        (_("Where it stands"), models.Agreement.Standing(row.standing).label),
        (_("Source"), shown.cited(row.source, row.link)),
        (_("Verified"), known(row)),
    ]


def clauses_of(rows: Iterable[models.Clause], names: dict[str, str] | None = None, *, for_file: bool = False) -> Table:
    """Clauses by theme; with the agreement where there are several."""
    first = [Column(_("Agreement"))] if names is not None else []
    lines: list[tuple[Any, ...]] = []
    for row in rows:
        own = (names.get(row.agreement, row.agreement),) if names is not None else ()
        link = f"{row.source} {row.link}".strip() if for_file else shown.cited(row.source, row.link)
        lines.append((words.CLAUSES[row.theme], *own, row.article, words.title(row, "text"), link, known(row)))
    return Table(
        _("Clauses"),
        [
            Column(_("Theme"), heading=True),
            *first,
            Column(_("Article")),
            Column(_("In our own words")),
            Column(_("Source")),
            Column(_("Verified")),
        ],
        lines,
        _("No clause was read."),
    )
