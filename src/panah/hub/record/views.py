"""Pages of what was agreed. Whoever opens the hub may read them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from panah.hub.loadings import service as loadings
from panah.hub.record import models, service, shown
from panah.hub.record.reading import number_of
from panah.hub.record.service import own_words
from panah.web import spreadsheet
from panah.web.parts import Column, Link, Table

Status = models.Requirement.Status


def _way(*more: Link) -> list[Link]:
    return [Link(_("What was agreed"), reverse("record")), *more]


@require_safe
def papers(request: HttpRequest) -> HttpResponse:
    """The documents, how much of them is met, and the ways on."""
    rows = models.Paper.objects.all()
    said = Counter(models.Paragraph.objects.values_list("paper_id", flat=True))
    standing = Counter(models.Requirement.objects.values_list("status", flat=True))
    table = Table(
        caption=_("Documents"),
        columns=[
            Column(_("Document"), heading=True),
            Column(_("Letter")),
            Column(_("Date")),
            Column(_("Paragraphs"), numeric=True),
        ],
        rows=[
            (
                Link(own_words(row, "title"), reverse("record_paper", args=[row.code])),
                row.code,
                row.said_on,
                said[row.code],
            )
            for row in rows
        ],
        empty=_("The record is not loaded yet. Whoever runs this hub loads it with: panah record load"),
    )
    tiles = [
        (standing[status.value], status.label, f"{reverse('record_requirements')}?status={status.value}")
        for status in Status
    ]
    return render(request, "record/papers.html", {"table": table, "tiles": tiles, "last": loadings.last("record")})


@require_safe
def paper(request: HttpRequest, code: str) -> HttpResponse:
    """One document, paragraph by paragraph."""
    row = get_object_or_404(models.Paper, pk=code)
    title = own_words(row, "title")
    context = {
        "title": title,
        "way": _way(),
        "table": shown.paragraphs_table(list(row.paragraphs.all()), title),
        "facts": shown.about_paper(row),
    }
    return render(request, "record/paper.html", context)


@require_safe
def paragraph(request: HttpRequest, code: str) -> HttpResponse:
    """One paragraph with everything that it is tied to."""
    row = get_object_or_404(models.Paragraph.objects.select_related("paper"), pk=code)
    asked = [one for one in models.Requirement.objects.all() if code in one.paragraphs]
    promised = service.promises()
    facts = [
        (_("Ten-Point Plan"), shown.linked(_points("ten_points", row.ten_points))),
        (_("Eight-point agenda"), shown.linked(_points("agenda", row.agenda))),
        (_("Indicators"), shown.indicator_links(row.indicators, titled=True) or _("none")),
        (_("Carried out by"), shown.room_links(row.rooms) or _("Nothing yet")),
    ]
    lacks, reason = own_words(row, "lacks"), own_words(row, "reason")
    facts += [(_("What nothing carries out yet"), lacks)] if lacks else []
    facts += [(_("Why it asks for nothing"), reason)] if reason else []
    context = {
        "row": row,
        "text": own_words(row, "text"),
        "begin": service.begin(request.user, code),
        "number": number_of(code),
        "paper": own_words(row.paper, "title"),
        "way": _way(Link(own_words(row.paper, "title"), reverse("record_paper", args=[row.paper_id]))),
        "facts": facts,
        "asked": shown.requirements_table(asked),
        "promises": None
        if promised is None
        else shown.promises_table([one for one in promised if one.paragraph == code]),
    }
    return render(request, "record/paragraph.html", context)


def _points(framework: str, codes: Sequence[str]) -> list[Link]:
    rows = models.Point.objects.filter(framework=framework, code__in=codes)
    return [
        Link(f"{row.code}. {own_words(row, 'title')}", reverse("record_point", args=[framework, row.code]))
        for row in sorted(rows, key=lambda row: row.place)
    ]


@require_safe
def requirements(request: HttpRequest) -> HttpResponse:
    """Everything that the documents ask for, with how far it is met; by document, module, point, room and status."""
    chosen = {name: request.GET.get(name, "") for name in ("document", "module", "point", "status", "room")}
    rows = _fitting(chosen)
    kind = request.GET.get("as", "")
    if kind in spreadsheet.FORMATS:
        return spreadsheet.answer(shown.requirements_file(rows), "requirements", kind)
    if kind:
        raise Http404
    terms = shown.terms()
    context = {
        "table": shown.requirements_table(rows),
        "way": _way(),
        "chosen": chosen,
        "query": request.GET.urlencode(),
        "papers": [(row.code, f"{row.code}. {own_words(row, 'title')}") for row in models.Paper.objects.all()],
        "modules": sorted(
            ((code, own_words(term, "title")) for (of, code), term in terms.items() if of == "module"),
            key=lambda pair: pair[1],
        ),
        "frameworks": [
            (one.title, [(f"{one.code}.{point.code}", point.title) for point in one.points])
            for one in service.frameworks()
        ],
        "statuses": [(status.value, status.label) for status in Status],
        "rooms": sorted(_rooms()),
        "count": len(rows),
    }
    return render(request, "record/requirements.html", context)


def _rooms() -> set[str]:
    found = models.Requirement.objects.values_list("met_by", flat=True)
    return {one.partition(":")[2] for refs in found for one in refs if one.startswith("room:")}


def _fitting(chosen: dict[str, str]) -> list[models.Requirement]:
    rows = list(models.Requirement.objects.all())
    if chosen["status"]:
        rows = [row for row in rows if row.status == chosen["status"]]
    if chosen["module"]:
        rows = [row for row in rows if chosen["module"] in row.modules]
    if chosen["document"]:
        rows = [row for row in rows if any(code[0] == chosen["document"] for code in row.paragraphs)]
    if chosen["room"]:
        rows = [row for row in rows if f"room:{chosen['room']}" in row.met_by]
    if chosen["point"]:
        framework, _dot, code = chosen["point"].partition(".")
        rows = _of_point(framework, code, rows)
    return rows


def _of_point(framework: str, code: str, rows: list[models.Requirement]) -> list[models.Requirement]:
    point = models.Point.objects.filter(framework=framework, code=code).first()
    if point is None:
        return []
    if point.modules:
        return [row for row in rows if set(point.modules) & set(row.modules)]
    paragraphs = {row.code for row in _paragraphs_of(framework, code)}
    return [row for row in rows if paragraphs & set(row.paragraphs)]


def _paragraphs_of(framework: str, code: str) -> list[models.Paragraph]:
    if framework not in ("ten_points", "agenda"):
        return []
    return [row for row in models.Paragraph.objects.all() if code in getattr(row, framework)]


@require_safe
def requirement(request: HttpRequest, code: str) -> HttpResponse:
    """One thing that is asked for, and what in the system meets it."""
    row = get_object_or_404(models.Requirement, pk=code)
    terms = shown.terms()
    facts = [
        (_("Paragraphs"), shown.paragraph_links(row.paragraphs)),
        (_("Of whom"), shown.named("actor", row.actors, terms)),
        (_("Subject"), shown.named("module", row.modules, terms)),
        (_("How far"), Status(row.status).label),
        (_("Judged on"), row.source_date),
        (_("Judged from"), row.source),
    ]
    lacks = own_words(row, "lacks")
    facts += [(_("What lacks"), lacks)] if lacks else []
    context = {
        "row": row,
        "asks": own_words(row, "asks"),
        "facts": facts,
        "leads": shown.leads_table(row),
        "way": _way(Link(_("What the documents ask for"), reverse("record_requirements"))),
    }
    return render(request, "record/requirement.html", context)


@require_safe
def frameworks(request: HttpRequest) -> HttpResponse:
    """The frameworks with their points, and how much stands under each."""
    paragraphs = list(models.Paragraph.objects.all())
    rows = list(models.Requirement.objects.all())
    found = []
    for one in models.Framework.objects.prefetch_related("points"):
        table = Table(
            caption=own_words(one, "title"),
            columns=[
                Column(_("Point"), heading=True),
                Column(_("Paragraphs"), numeric=True),
                Column(_("Requirements"), numeric=True),
                Column(_("Of these met"), numeric=True),
            ],
            rows=[_point_row(point, paragraphs, rows) for point in one.points.all()],
            empty=_("No points are loaded."),
        )
        found.append((one, own_words(one, "title"), own_words(one, "about"), table))
    return render(request, "record/frameworks.html", {"frameworks": found, "way": _way()})


def _point_row(
    point: models.Point, paragraphs: Sequence[models.Paragraph], rows: Sequence[models.Requirement]
) -> tuple[object, ...]:
    framework = point.framework_id
    if point.modules:
        asked = [row for row in rows if set(point.modules) & set(row.modules)]
        codes = {code for row in asked for code in row.paragraphs}
    else:
        codes = {row.code for row in paragraphs if point.code in getattr(row, framework)}
        asked = [row for row in rows if codes & set(row.paragraphs)]
    title = own_words(point, "title")
    text = f"{point.code}. {title}" if point.code.isdecimal() else title
    link = Link(text, reverse("record_point", args=[framework, point.code]))
    return link, len(codes), len(asked), sum(row.status == Status.MET for row in asked)


@require_safe
def point(request: HttpRequest, framework: str, code: str) -> HttpResponse:
    """What stands under one point: paragraphs, requirements, commitments."""
    row = get_object_or_404(models.Point.objects.select_related("framework"), framework=framework, code=code)
    asked = _of_point(framework, code, list(models.Requirement.objects.all()))
    codes = {one for row_ in asked for one in row_.paragraphs}
    every = _paragraphs_of(framework, code) or [
        one for one in models.Paragraph.objects.all() if row.modules and one.code in codes
    ]
    promised = service.promises()
    under = {one.code for one in every}
    context = {
        "row": row,
        "title": own_words(row, "title"),
        "framework": own_words(row.framework, "title"),
        "verified": row.framework.verified,
        "paragraphs": shown.paragraphs_table(every, _("Paragraphs")),
        "asked": shown.requirements_table(asked),
        "promises": None
        if promised is None
        else shown.promises_table([one for one in promised if one.paragraph in under]),
        "way": _way(Link(_("Frameworks"), reverse("record_frameworks"))),
    }
    return render(request, "record/point.html", context)


@require_safe
def timeline(request: HttpRequest) -> HttpResponse:
    """How the Process came about and went on."""
    table = Table(
        caption=_("How the Process came about and went on"),
        columns=[
            Column(_("When"), heading=True),
            Column(_("What")),
            Column(_("Source")),
            Column(_("Read in the source")),
        ],
        rows=[
            (
                f"{row.said_on} – {row.until}" if row.until else row.said_on,
                shown.event(row),
                row.source,
                _("yes") if row.verified else _("no, from memory"),
            )
            for row in models.Event.objects.all()
        ],
        empty=_("The record is not loaded yet. Whoever runs this hub loads it with: panah record load"),
    )
    return render(request, "record/timeline.html", {"table": table, "way": _way()})
