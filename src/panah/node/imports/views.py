"""Sending a file, seeing how far it is, and downloading what was refused, the empty sheet and the form."""

from __future__ import annotations

import io
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from panah.foundation.access.models import Officer
from panah.foundation.access.service import officer_of, required
from panah.foundation.door.service import NotFound
from panah.foundation.journal import service as journal
from panah.node.imports.actions import KEPT_FOR, said_in
from panah.node.imports.forms import FileForm
from panah.node.imports.limits import FileRefused
from panah.node.imports.models import Import, State
from panah.node.imports.people import Problem
from panah.node.imports.service import form_xlsx, form_xml, upload
from panah.node.imports.writing import write_refused, write_template
from panah.web.parts import Column, Link, Table
from panah.web.reading import gregorian_day, time_of_day

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PAGE = 50


@required("imports.take_in")
def imports(request: HttpRequest) -> HttpResponse:
    """Send a file; the list of those sent to this post."""
    officer = officer_of(request)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            made = upload(sent.read(), sent.name, officer)
            return redirect("import", import_id=made.pk)
        except FileRefused as wrong:
            form.add_error("file", str(wrong))
    page = Paginator(_of_post(officer).order_by("-started_at"), _PAGE).get_page(request.GET.get("page"))
    columns = [
        Column(_("Sent"), heading=True),
        Column(_("Format")),
        Column(_("Standing")),
        Column(_("Taken in"), numeric=True),
        Column(_("Known before"), numeric=True),
        Column(_("Refused"), numeric=True),
    ]
    rows = [
        (
            Link(_local(one), reverse("import", args=[one.pk])),
            one.get_format_display(),
            one.get_state_display(),
            one.taken,
            one.known,
            one.refused,
        )
        for one in page
    ]
    table = Table(_("Files sent to this post"), columns, rows, _("No file was sent to this post yet."))
    status = 422 if form.errors else 200
    return render(request, "imports/imports.html", {"form": form, "table": table, "page": page}, status=status)


@required("imports.take_in")
def one(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """How far an import is and what was refused."""
    return render(request, "imports/import.html", _context(request, import_id))


@required("imports.take_in")
def standing(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """The part of the page that changes while the file is read; asked for by itself every two seconds."""
    return render(request, "imports/standing.html", _context(request, import_id))


@required("imports.take_in")
def refused(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """The refused rows as a sheet that can be mended and sent again. The download is written into the journal."""
    officer, found = officer_of(request), _import(request, import_id)
    rows = [(row.pk, said_in(row)) for row in found.refused_rows.all()]
    if not rows:
        raise NotFound("There are no refused rows.")
    journal.note_read(
        "imports.refused_read",
        by=officer.pk,
        place=officer.post,
        subject=None,
        facts={"of": str(found.pk), "count": len(rows)},
    )
    content = io.BytesIO()
    write_refused(content, rows)
    return _download(content.getvalue(), _XLSX, f"panah-refused-{found.started_at:%Y%m%d-%H%M}.xlsx")


@required("imports.take_in")
def template(request: HttpRequest) -> HttpResponse:
    """The empty sheet."""
    content = io.BytesIO()
    write_template(content, get_language() or "en")
    return _download(content.getvalue(), _XLSX, "panah-people.xlsx")


@required("imports.take_in")
def form(request: HttpRequest) -> HttpResponse:
    """The form, as XLSForm or as XForm."""
    if request.GET.get("as") == "xml":
        return _download(form_xml(), "application/xml", "panah-form.xml")
    return _download(form_xlsx(), _XLSX, "panah-form.xlsx")


_REFUSED_SHOWN = 100


def _context(request: HttpRequest, import_id: UUID) -> dict[str, Any]:
    found = _import(request, import_id)
    rows = [said_in(row) for row in found.refused_rows.all()[:_REFUSED_SHOWN]]
    problems = [(str(row.number), Problem(*problem).sentence()) for row in rows for problem in row.problems]
    columns = [Column(gettext_lazy("Row"), heading=True), Column(gettext_lazy("What is wrong"))]
    return {
        "found": found,
        "open": found.state in (State.WAITING, State.RUNNING),
        "waiting_rows": found.refused_rows.count(),
        "days": KEPT_FOR.days,
        "table": Table(_("Refused rows"), columns, problems, _("No row waits to be mended.")),
    }


def _of_post(officer: Officer) -> Any:
    return Import.objects.filter(place=officer.post).defer("content")


def _import(request: HttpRequest, import_id: UUID) -> Import:
    found: Import | None = _of_post(officer_of(request)).filter(pk=import_id).first()
    if found is None:
        raise NotFound("There is no such import.")
    return found


def _local(found: Import) -> str:
    """When the file was sent, on the clock of the post."""
    tag, at = get_language() or "en", timezone.localtime(found.started_at)
    return f"{gregorian_day(at.date(), tag, short=True)} {time_of_day(at, tag)}"


def _download(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer
