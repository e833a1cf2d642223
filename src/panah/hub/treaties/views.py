"""Pages on treaties: who is bound by what, one state, one instrument, where hub and pack differ."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from panah.foundation.access.service import may
from panah.hub.treaties import doubts, models, packs, service, shown, words
from panah.hub.treaties.standing import tally_of
from panah.hub.treaties.tables import Instrument
from panah.web import spreadsheet
from panah.web.parts import Column, Link, Table


@require_safe
def treaties(request: HttpRequest) -> HttpResponse:
    """The gap matrix: instruments down, states across."""
    which = request.GET.get("set", "declaration")
    if which not in words.SETS:
        raise Http404
    instruments, found = service.instruments(), service.standings()
    chosen = shown.in_set(instruments, which)
    file = request.GET.get("format", "")
    if file in spreadsheet.FORMATS:
        return spreadsheet.answer(shown.matrix(chosen, found, for_file=True), f"treaties-{which}", file)
    tracked = [code for code, one in instruments.items() if one.is_tracked]
    context = {
        "table": shown.matrix(chosen, found, for_file=False),
        "which": which,
        "sets": words.SETS.items(),
        "tallies": _tallies(found, tracked),
        "ages_said": age_rules(),
        "loaded": service.loaded(),
        **menu(request, "treaties"),
    }
    return render(request, "treaties/treaties.html", context)


@require_safe
def state(request: HttpRequest, state: str) -> HttpResponse:
    """Everything of one state: treaties, reservations, reports, doubts, and where its laws stand."""
    only_state(state)
    instruments, sources = service.instruments(), service.sources()
    found = service.standings(state=state)
    table = shown.of_state(state, instruments, found, sources, for_file=False)
    file = request.GET.get("format", "")
    if file in spreadsheet.FORMATS:
        plain = shown.of_state(state, instruments, found, sources, for_file=True)
        return spreadsheet.answer(plain, f"treaties-{state}", file)
    names = names_of(instruments)
    context = {
        "state": state,
        "name": words.state(state),
        "table": table,
        "tally": shown.tallied(service.tally_from(found, state, instruments)),
        "beside": shown.beside(found.values(), names, sources),
        "statements": shown.statements(service.statements(state=state), names, sources, by="instrument"),
        "reports": shown.reports(service.open_reports(state=state), names),
        "doubts": shown.doubted(differences(found, state), names),
        **menu(request, "treaties"),
    }
    return render(request, "treaties/state.html", context)


@require_safe
def instrument(request: HttpRequest, code: str) -> HttpResponse:
    """One instrument: where each state stands, what each source says, and which rules rest on which article."""
    instruments, sources = service.instruments(), service.sources()
    one = instruments.get(code)
    if one is None:
        raise Http404
    found = service.standings(instrument=code)
    file = request.GET.get("format", "")
    if file in spreadsheet.FORMATS:
        return spreadsheet.answer(shown.of_instrument(code, found, sources, for_file=True), code, file)
    names = names_of(instruments)
    cited = models.PackCitation.objects.filter(superseded_at=None, cited=code)
    context = {
        "one": one,
        "title": words.title(one),
        "facts": _about(one),
        "bindable": one.kind == "treaty",
        "table": shown.of_instrument(code, found, sources, for_file=False),
        "beside": shown.beside(found.values(), names, sources),
        "statements": shown.statements(service.statements(instrument=code), names, sources, by="state"),
        "rests": shown.rests_on(cited, _("Rules that rest on it")),
        "standards": [
            (words.title(row), row.article)
            for row in models.Standard.objects.filter(superseded_at=None, instrument=code).order_by("id")
        ],
        **menu(request, "treaties"),
    }
    return render(request, "treaties/instrument.html", context)


@require_safe
def differing(request: HttpRequest) -> HttpResponse:
    """Where the hub and a state's pack say different things. Neither is changed."""
    names = names_of(service.instruments()) | service.titles_of_agreements()
    table = shown.doubted(differences(service.standings()), names)
    file = request.GET.get("format", "")
    if file in spreadsheet.FORMATS:
        return spreadsheet.answer(table, "doubts", file)
    return render(request, "treaties/doubts.html", {"table": table, **menu(request, "treaty_doubts")})


def differences(found: shown.Standings, state: str = "") -> tuple[doubts.Doubt, ...]:
    """The doubts between the hub and the packs, of one state or all."""
    rows = models.PackEntry.objects.filter(superseded_at=None).order_by("state", "instrument")
    if state:
        rows = rows.filter(state=state)
    entries = (
        packs.Entry(row.state, row.instrument, row.action, row.on, row.in_force, row.checked_on, row.verified, row.pack)
        for row in rows
    )
    return tuple(doubts.between(found, entries))


def names_of(instruments: Mapping[str, Instrument]) -> dict[str, str]:
    """The titles of the instruments and agreements in the reader's language."""
    return service.titles_of_agreements() | {code: words.title(one) for code, one in instruments.items()}


def only_state(code: str) -> None:
    if code not in service.REGION:
        raise Http404


def menu(request: HttpRequest, here: str) -> dict[str, Any]:
    """The pages of this room, those of reports for those who may see them."""
    pages = [
        (_("Treaties"), "treaties"),
        (_("National laws"), "laws"),
        (_("Changes of law"), "amendments"),
        (_("What laws provide"), "law_gaps"),
        (_("Agreements"), "agreements"),
        (_("Migration in plans"), "mainstreaming"),
        (_("Differences from the packs"), "treaty_doubts"),
    ]
    if may(request.user, "treaties.see_reports"):
        pages.append((_("Reports of states"), "treaty_reports"))
    return {
        "menu": [(Link(text, reverse(name)), name == here) for text, name in pages],
        "may_report": may(request.user, "treaties.report"),
        "way": [Link(_("Treaties"), reverse("treaties"))],
    }


def age_rules() -> list[tuple[str, str]]:
    """After how many years each kind of statement has to be checked again, and why."""
    return [
        (
            str(words.VALUES[row.key]),
            _("%(years)s years. %(why)s") % {"years": row.years, "why": words.title(row, "why")},
        )
        for row in models.AgeRule.objects.filter(superseded_at=None).order_by("id")
    ]


def _tallies(found: shown.Standings, tracked: list[str]) -> Table:
    rows = []
    for state in service.REGION:
        counted = tally_of([found.get((state, code)) for code in tracked])
        link = Link(words.state(state), reverse("treaties_of_state", args=[state]))
        rows.append((link, counted.ratified, counted.stale, counted.not_ratified, counted.unknown, counted.tracked))
    return Table(
        _("How many of the instruments each state has ratified"),
        [
            Column(_("State"), heading=True),
            Column(_("Known to be ratified"), numeric=True),
            Column(_("of these to be checked again"), numeric=True),
            Column(_("Known not to be ratified"), numeric=True),
            Column(_("Not known"), numeric=True),
            Column(_("Instruments"), numeric=True),
        ],
        rows,
        "",
    )


def _about(one: Instrument) -> list[tuple[str, object]]:
    named = ", ".join(shown.place_of(place) for place in one.named)
    return [
        (_("Year"), one.year),
        (_("Adopted"), one.adopted),
        (_("Depositary"), words.DEPOSITARIES[one.depositary]),
        (_("Theme"), words.THEMES[one.theme]),
        (_("Named in"), named or _("no document of the Process")),
        (_("Counted by indicator 1.01"), _("yes") if one.is_tracked else _("no")),
        (_("Title and year verified"), _("yes") if one.verified == "yes" else _("no, from memory")),
    ]
