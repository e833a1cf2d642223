"""Who read what, for those who examine it from outside."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from panah.foundation.access.service import officer_of, required
from panah.foundation.clock import now
from panah.foundation.journal import service as journal
from panah.node.audit import listing
from panah.web.local_time import in_local_time
from panah.web.parts import Column, Table

MOST_LINES = 50_000
_COLUMNS = ("at", "who", "username", "place", "file", "code", "what", "why")


class Wanted(forms.Form):
    """Which reads: of whom, of which file, on which days."""

    officer = forms.CharField(label=gettext_lazy("User name"), required=False, max_length=60)
    number = forms.CharField(label=gettext_lazy("Number of the file"), required=False, max_length=40)
    since = forms.DateField(label=gettext_lazy("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=gettext_lazy("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}))


@required("audit.see_reads")
@require_safe
@in_local_time
def reads(request: HttpRequest) -> HttpResponse:
    """The reads of the last thirty days, or as asked for."""
    form, entries = _wanted(request, "audit.reads_read")
    page = Paginator(entries, 100).get_page(request.GET.get("page"))
    table = Table(
        caption=_("Reads"),
        columns=[
            Column(_("When")),
            Column(_("Who"), heading=True),
            Column(_("Where")),
            Column(_("File")),
            Column(_("What")),
            Column(_("Why")),
        ],
        rows=[[one.at, one.who, one.place, one.file, one.what, one.why] for one in listing.rows(page)],
        empty=_("Nobody read anything like this in these days. Ask for other days."),
    )
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {"form": form, "page": page, "table": table, "asked": asked.urlencode()}
    return render(request, "audit/reads.html", context)


@required("audit.see_reads")
@require_safe
@in_local_time
def reads_csv(request: HttpRequest) -> HttpResponse:
    """The same as a file for a spreadsheet."""
    _form, entries = _wanted(request, "audit.reads_exported")
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_COLUMNS)
    for one in listing.rows(entries[:MOST_LINES]):
        writer.writerow([_cell(getattr(one, name)) for name in _COLUMNS])
    response = HttpResponse(text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="reads.csv"'
    return response


def _wanted(request: HttpRequest, code: str) -> tuple[Wanted, Any]:
    """The form and the lines that it asks for; the asking is a line of the journal itself."""
    form = Wanted(request.GET or None)
    said = form.cleaned_data if form.is_valid() else {}
    today = timezone.localdate(now())
    until = said.get("until") or today
    since = said.get("since") or until - timedelta(days=30)
    officer = officer_of(request)
    of_whom, number = said.get("officer", ""), said.get("number", "")
    found = listing.lines(officer, officer=of_whom, number=number, since=since, until=until)
    journal.note_read(code, by=officer.pk, place=officer.post, subject=None, facts={"since": since, "until": until})
    return form, found


def _cell(value: Any) -> str:
    """A cell that no spreadsheet program takes for a formula."""
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text
