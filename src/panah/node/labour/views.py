"""Records of work: the list, opening one, one with every act that is possible now, its paper for the person."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from panah.foundation.access.models import Officer
from panah.foundation.access.service import may, officer_of, required
from panah.foundation.clock import now
from panah.foundation.door.service import Refused, perform
from panah.node.labour import acts, forms, papers, rules, service, shown, words
from panah.node.labour.models import Enquiry, Insured, Permit, WorkRecord
from panah.node.labour.totals import estimate
from panah.node.referrals import service as referrals
from panah.node.registration import service as registration
from panah.node.safeguards import service as safeguards
from panah.web import deeds, spreadsheet
from panah.web.deeds import Deed

DEEDS: dict[str, Deed] = {
    "period": Deed(forms.PeriodForm, acts.RecordPeriod, ("period",)),
    "strike_period": Deed(forms.StrikeForm, acts.StrikePeriod, names=("period",)),
    "permit": Deed(forms.PermitForm, acts.RecordPermit, ("permit",)),
    "strike_permit": Deed(forms.StrikeForm, acts.StrikePermit, names=("permit",)),
    "ask": Deed(forms.AskForm, acts.AskFund, ("enquiry",)),
    "answer": Deed(forms.AnswerForm, acts.TakeAnswer, names=("enquiry",)),
    "close": Deed(forms.CloseForm, acts.CloseRecord),
}
_ALWAYS = ("period", "permit", "ask", "close")


@required("labour.see")
def listed(request: HttpRequest) -> HttpResponse:
    """The records that the officer reads, what ends soon, and the accepted referrals that wait for a record."""
    officer, today = officer_of(request), registration.local_day(now())
    mine, which = service.readable(officer), request.GET.get("list", "open")
    rows = _chosen(mine, which).prefetch_related("permits", "enquiries").order_by("-opened_at", "id")
    if request.GET.get("format") in spreadsheet.FORMATS:
        return spreadsheet.answer(shown.listed(list(rows[:5_000]), today), "work", request.GET["format"])
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    works = bool(officer.body) and not officer.roles.isdisjoint(rules.WORKING)
    context = {
        "page": page,
        "table": shown.listed(list(page), today),
        "to_begin": shown.to_begin(officer) if works else None,
        "which": which,
        "counts": {name: _chosen(mine, name).count() for name in ("open", "ending", "asked", "ended")},
    }
    return render(request, "labour/listed.html", context)


def _chosen(mine: QuerySet[WorkRecord], which: str) -> QuerySet[WorkRecord]:
    """The open records, those with a permit that ends within a month or ended, those with an open enquiry, or the closed ones."""
    until = registration.local_day(now()) + rules.SOON
    ending = Permit.objects.filter(struck_at=None, last__lte=until).values("record")
    asked = Enquiry.objects.filter(answered_on=None).values("record")
    wanted = {
        "ending": Q(ended_at=None, pk__in=ending),
        "asked": Q(ended_at=None, pk__in=asked),
        "ended": Q(ended_at__isnull=False),
    }.get(which, Q(ended_at=None))
    return mine.filter(wanted)


@required("labour.see")
def new(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Open a record with a person whose referral the officer's body accepted."""
    officer = officer_of(request)
    referral = referrals.received_by(officer, referral_id)
    form = forms.OpenForm(request.POST or None, initial={"language": registration.file_by_id(referral.file).language})
    if request.method == "POST" and form.is_valid():
        try:
            made: dict[str, Any] = {"id": UUID(request.POST["action"]), "record": UUID(request.POST["made"])}
            who: dict[str, Any] = {"by": officer.pk, "place": officer.post, "happened_at": now()}
            receipt = perform(acts.OpenRecord(**made, **who, file=referral.file, **form.cleaned_data))
            return redirect("work_record", record_id=receipt.result["record"])
        except (KeyError, ValueError):
            messages.error(request, _("The form was not whole. Nothing was sent; try again."))
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    context = {"referral": referral, "form": form, **deeds.ids()}
    return render(request, "labour/new.html", context, status=422 if request.method == "POST" else 200)


@required("labour.see")
def one(request: HttpRequest, record_id: UUID) -> HttpResponse:
    """One record: insured time, what it comes to, permits, and what funds were asked."""
    officer = officer_of(request)
    record = service.read(officer, record_id)
    lines: dict[str, list[Any]] = {"period": list(record.periods.all()), "permit": list(record.permits.all())}
    wrong: dict[str, Form] = {}
    about = ""
    if request.method == "POST":
        name = request.POST.get("act", "")
        about = next((request.POST.get(one, "") for one in getattr(DEEDS.get(name), "names", ())), "")
        posted = {name: _form(name, lines, request.POST, of=about)} if name in DEEDS else {}
        form = deeds.act(request, DEEDS, {"record": record.pk}, posted)
        if form is None:
            return redirect("work_record", record_id=record.pk)
        wrong[name] = form
    works = record.ended_at is None and may(officer, "labour.work", record)
    context = _context(officer, record, lines)
    if works:
        for items, name in (("periods", "strike_period"), ("permits", "strike_permit"), ("enquiries", "answer")):
            for item in context[items]:
                mine = str(item["row"].pk)
                bad = name in wrong and mine == about
                item["form"] = wrong[name] if bad else _form(name, lines, of=mine)
        context["forms"] = {name: wrong.get(name) or _form(name, lines) for name in _ALWAYS}
    context |= {"works": works, "wrong": set(wrong), **deeds.ids()}
    return render(request, "labour/one.html", context, status=422 if wrong else 200)


def _form(name: str, lines: dict[str, list[Any]], posted: Any = None, *, of: str = "") -> Form:
    """The form of an act, with what can be chosen now."""
    form = DEEDS[name].form(posted, auto_id=f"id_{name}_{of}_%s" if of else f"id_{name}_%s")
    if name in lines:
        forms.offer_lines(form, shown.correctable(lines[name]))
    return form


def _context(officer: Officer, record: WorkRecord, lines: dict[str, list[Any]]) -> dict[str, Any]:
    file, today = registration.file_by_id(record.file), registration.local_day(now())
    found, asked = estimate(record, today), list(record.enquiries.all())
    periods: list[Insured] = lines["period"]
    return {
        "record": record,
        "file": file,
        "name": registration.display_name(file),
        "body": registration.body_title(record.body),
        "consent": words.of(words.CONSENTS, record.consent),
        "outcome": words.of(words.OUTCOMES, record.outcome) if record.outcome else "",
        "holds": safeguards.shown(officer, record.file),
        "periods": shown.periods(periods),
        "permits": shown.permits(lines["permit"], today),
        "enquiries": shown.enquiries(asked, today),
        "estimate": shown.summed(found),
        "to_ask": shown.to_ask(found, asked),
        "terms": shown.terms(today),
    }


@required("labour.see")
@require_safe
def paper(request: HttpRequest, record_id: UUID) -> HttpResponse:
    """The record for the person, in the officer's language and theirs."""
    officer = officer_of(request)
    record = service.read(officer, record_id, paper=True)
    wanted = request.GET.get("language", "") or record.language
    tags = papers.languages(get_language() or "en", wanted)
    sheet = papers.of_record(record, tags, registration.local_day(now()))
    response = HttpResponse(papers.as_pdf(sheet), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{record.number}.pdf"'
    return response
