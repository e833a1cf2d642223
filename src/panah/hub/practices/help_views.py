"""Help asked for and offered: lists, one request with its offers, one offer. For those who have an account of this hub."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from panah.foundation.access.service import may, officer_of, required
from panah.foundation.door.service import NotFound
from panah.hub.practices import acts, forms, shown, words
from panah.hub.practices.acts import Of
from panah.hub.practices.models import HelpOffer, HelpRequest
from panah.hub.practices.views import chosen, filters, own_codes
from panah.web import spreadsheet
from panah.web.deeds import Deed, act, done, ids
from panah.web.parts import Link

_MOST = 200
_ON_REQUEST = {
    "offer": Deed(forms.OfferForm, acts.OfferHelp, makes=("offer",)),
    "close": Deed(forms.CloseRequestForm, acts.CloseRequest),
}
_ON_OFFER = {
    "answer": Deed(forms.AnswerForm, acts.AnswerOffer),
    "close": Deed(forms.CloseOfferForm, acts.CloseOffer),
}
_ASK = Deed(forms.AskForm, acts.AskHelp, makes=("request",))
_OFFER = Deed(forms.OfferForm, acts.OfferHelp, makes=("offer",))


@required("practices.see_support")
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Requests, the open first, and offers for whoever needs them."""
    choice, standing = chosen(request), request.GET.get("standing", "")
    rows = HelpRequest.objects.prefetch_related("offers").order_by("-made_at")
    offers = HelpOffer.objects.filter(request=None)
    if choice.theme:
        rows, offers = rows.filter(theme=choice.theme), offers.filter(theme=choice.theme)
    if choice.state:
        rows = rows.filter(participant=choice.state)
    if choice.point:
        rows = rows.filter(ten_points__contains=f" {choice.point} ")
    if choice.agenda:
        rows = rows.filter(agenda__contains=f" {choice.agenda} ")
    if standing in HelpRequest.Standing.values:
        rows = rows.filter(standing=standing)
    table = shown.requests(rows[:_MOST])
    file = request.GET.get("format", "")
    if file in spreadsheet.FORMATS:
        return spreadsheet.answer(table, "help-asked-for", file)
    context = {
        "table": table, "offers": shown.offers(offers[:_MOST], _("Offers for whoever needs them")), "standing": standing,
        "standings": HelpRequest.Standing.choices, "asks": may(request.user, "practices.ask"),
        "gives": may(request.user, "practices.offer"), **filters(request),
    }  # fmt: skip
    return render(request, "practices/support.html", context)


@required("practices.see_support")
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """One request: what is needed, the offers that answer it and those that could, and what happened."""
    row = HelpRequest.objects.filter(pk=request_id).first()
    if row is None:
        raise Http404
    officer, codes = officer_of(request), own_codes(officer_of(request))
    live = row.standing in ("open", "matched")
    allowed = {
        "offer": live and may(officer, "practices.offer") and row.participant not in codes,
        "close": live and may(officer, "practices.ask", row),
    }
    made: dict[str, Form] = {}
    if request.method == "POST":
        name = request.POST.get("act", "")
        if not allowed.get(name):
            raise NotFound("There is nothing here that you may do.")
        ready = {"offer": forms.OfferForm(request.POST, codes=codes)} if name == "offer" else {}
        form = act(request, _ON_REQUEST, {"request": row.pk}, ready)
        if form is None:
            return redirect("help_request", request_id=row.pk)
        made = {name: form}
    could = HelpOffer.objects.filter(request=None, standing="made", theme=row.theme).exclude(
        participant=row.participant
    )
    fresh: dict[str, Form] = {
        "offer": forms.OfferForm(codes=codes, initial={"theme": row.theme}), "close": forms.CloseRequestForm(),
    }  # fmt: skip
    context = {
        "row": row, "facts": _facts(row), "standing": HelpRequest.Standing(row.standing).label, "way": _way(), "allowed": allowed,
        "offers": shown.offers(row.offers.all(), _("Offers")), "could": shown.offers(could[:20], _("Offers that could fit")),
        "steps": shown.steps(row.steps.all()), "forms": fresh | made, "wrong": set(made), **ids(),
    }  # fmt: skip
    return render(request, "practices/request.html", context)


@required("practices.see_support")
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HttpRequest, offer_id: UUID) -> HttpResponse:
    """One offer, the answer to it, and what happened."""
    row = HelpOffer.objects.select_related("request").filter(pk=offer_id).first()
    if row is None:
        raise Http404
    officer, codes = officer_of(request), own_codes(officer_of(request))
    taker = Of(row.request.participant) if row.request else Of(codes[0] if codes else "")
    allowed = {
        "answer": row.standing == "made" and may(officer, "practices.ask", taker) and row.participant not in codes,
        "close": row.standing in ("made", "accepted") and may(officer, "practices.offer", row),
    }
    made: dict[str, Form] = {}
    if request.method == "POST":
        name = request.POST.get("act", "")
        if not allowed.get(name):
            raise NotFound("There is nothing here that you may do.")
        known: dict[str, Any] = {"offer": row.pk}
        form = act(request, _ON_OFFER, known | ({"participant": codes[0]} if codes else {}), {})
        if form is None:
            return redirect("help_offer", offer_id=row.pk)
        made = {name: form}
    fresh: dict[str, Form] = {"answer": forms.AnswerForm(), "close": forms.CloseOfferForm()}
    known_names = shown.names()
    facts = [
        (_("Who offers"), known_names.get(row.participant, row.participant)),
        (_("Theme"), words.THEMES[row.theme]),
        (_("Open until"), row.until or _("not said")),
        (_("In answer to"), Link(row.request.title, reverse("help_request", args=[row.request.pk])) if row.request else _("nobody's request")),
    ]  # fmt: skip
    context = {
        "row": row, "facts": facts, "standing": HelpOffer.Standing(row.standing).label, "way": _way(), "allowed": allowed,
        "steps": shown.steps(row.steps.all()), "forms": fresh | made, "wrong": set(made), **ids(),
    }  # fmt: skip
    return render(request, "practices/offer.html", context)


@required("practices.ask")
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for help."""
    codes = own_codes(officer_of(request))
    return _made(request, _ASK, forms.AskForm(request.POST or None, codes=codes), _("Ask for help"))


@required("practices.offer")
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest) -> HttpResponse:
    """Offer help for whoever needs it."""
    codes = own_codes(officer_of(request))
    return _made(request, _OFFER, forms.OfferForm(request.POST or None, codes=codes), _("Offer help"))


def _made(request: HttpRequest, deed: Deed, form: Form, title: str) -> HttpResponse:
    if request.method == "POST":
        found = done(request, deed, form, {})
        if found is None:
            return redirect("support")
        form = found
    lead = _("All who have an account of this hub read it. Name offices and bodies, never persons.")
    return render(request, "practices/write.html", {"form": form, "title": title, "lead": lead, "way": _way(), **ids()})


def _facts(row: HelpRequest) -> list[tuple[str, Any]]:
    return [
        (_("State"), shown.names().get(row.participant, row.participant)),
        (_("Theme"), words.THEMES[row.theme]),
        (_("Ten-Point Plan"), ", ".join(row.ten_points.split()) or _("none named")),
        (_("Eight-point agenda"), ", ".join(row.agenda.split()) or _("none named")),
        (_("Needed by"), row.needed_by or _("not said")),
    ]


def _way() -> list[Link]:
    return [Link(_("Help asked for"), reverse("support"))]
