"""The library of good practice: the list, one, writing one, and the secretariat's queue."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from uuid6 import uuid7

from panah.foundation.access.models import Officer
from panah.foundation.access.service import may, officer_of, required
from panah.foundation.door.service import NotFound
from panah.hub.participants import service as participants
from panah.hub.practices import acts, forms, service, shown, words
from panah.hub.practices.models import Practice
from panah.hub.practices.rules import AGENDA, EDITABLE, TEN_POINTS
from panah.hub.practices.service import Chosen
from panah.web import spreadsheet
from panah.web.deeds import Deed, act, done, ids
from panah.web.parts import Link

ROWS_A_PAGE = 50
_ACTS = {
    "submit": Deed(forms.EmptyForm, acts.SubmitPractice),
    "publish": Deed(forms.EmptyForm, acts.PublishPractice),
    "send_back": Deed(forms.ReasonForm, acts.SendBackPractice),
    "withdraw": Deed(forms.ReasonForm, acts.WithdrawPractice),
    "check": Deed(forms.EmptyForm, acts.CheckTranslation),
}
_WRITE = Deed(forms.PracticeForm, acts.WritePractice, makes=("version",))


def chosen(request: HttpRequest) -> Chosen:
    """What the reader narrowed the list to; what is no code narrows nothing."""
    given = request.GET
    state = given.get("state", "")
    return Chosen(
        theme=given.get("theme", "") if given.get("theme", "") in words.THEMES else "",
        state=state if state.isascii() and state.isalpha() and len(state) == 3 else "",
        point=given.get("point", "") if given.get("point", "") in TEN_POINTS else "",
        agenda=given.get("agenda", "") if given.get("agenda", "") in AGENDA else "",
        text=given.get("q", "")[:200],
    )


def filters(request: HttpRequest) -> dict[str, Any]:
    """What the row of filters shows, on every list of this room."""
    titles, query = words.point_titles(), request.GET.copy()
    for name in ("format", "page"):
        query.pop(name, None)
    return {
        "chosen": chosen(request),
        "themes": list(words.THEMES.items()),
        "states": [(one.code, one.title()) for one in participants.participants("state")],
        "points": [(code, _titled(titles, "ten_points", code)) for code in TEN_POINTS],
        "agenda": [(code, _titled(titles, "agenda", code)) for code in AGENDA],
        "query": query.urlencode(),
        "lists": [
            ("practices", _("Good practice")),
            ("projects", _("Projects")),
            ("courses", _("Trainings")),
            ("activities", _("Who does what where")),
        ],
    }


def _titled(titles: Any, framework: str, code: str) -> str:
    point = titles.get(framework, {}).get(code)
    return f"{code}. {point.title}" if point else code


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """What everybody may read."""
    rows = service.published(chosen(request))
    file = request.GET.get("format", "")
    if file in spreadsheet.FORMATS:
        return spreadsheet.answer(shown.practices(rows[:5000], for_file=True), "practices", file)
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "table": shown.practices(page), "writes": may(request.user, "practices.write"),
        "waiting": may(request.user, "practices.publish") or may(request.user, "practices.write"), **filters(request),
    }  # fmt: skip
    return render(request, "practices/practices.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, practice_id: UUID) -> HttpResponse:
    """One practice in one version, and what the reader may do with it."""
    row = service.readable(request.user).filter(pk=practice_id).first()
    if row is None:
        raise Http404
    offered = _offered(request, row)
    made: dict[str, Form] = {}
    if request.method == "POST":
        name = request.POST.get("act", "")
        if name not in offered:
            raise NotFound("There is nothing here that you may do.")
        form = act(request, _ACTS, {"practice": row.pk}, {})
        if form is None:
            return redirect("practice", practice_id=row.pk)
        made = {name: form}
        for error in form.non_field_errors():
            messages.error(request, str(error))
    versions = list(service.readable(request.user).filter(entry=row.entry).order_by("-revision"))
    later = next((each for each in versions if each.revision > row.revision and each.standing == "published"), None)
    context = {
        "row": row, "title": service.title_of(row), "standing": Practice.Standing(row.standing).label,
        "what": service.what_of(row), "result": shown.result(row), "cost": shown.amount(row.cost_amount, row.cost_currency),
        "note": service.what_of(row, "note"), "facts": shown.about(row), "source": shown.source(row),
        "draft_translation": service.is_translated(row) and not row.translation_checked, "later": later,
        "versions": [(each, Practice.Standing(each.standing).label) for each in versions] if len(versions) > 1 else [],
        "offered": offered, "forms": {name: _ACTS[name].form() for name in offered} | made, "wrong": set(made),
        "may_edit": _may_edit(request, row), "way": _way(), **ids(),
    }  # fmt: skip
    return render(request, "practices/practice.html", context)


@required("practices.write")
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, practice_id: UUID | None = None) -> HttpResponse:
    """Write a practice, or a version of one of one's own participant."""
    officer, before = officer_of(request), None
    if practice_id is not None:
        before = service.readable(officer).filter(pk=practice_id).first()
        if before is None or not _may_edit(request, before):
            raise Http404
    form: Form = forms.PracticeForm(codes=own_codes(officer), initial=initial(before))
    entry = before.entry if before else uuid_of(request, "entry")
    if request.method == "POST":
        filled = forms.PracticeForm(request.POST, codes=own_codes(officer))
        found = done(request, _WRITE, filled, {"entry": entry})
        if found is None:
            last = Practice.objects.filter(entry=entry).order_by("-revision").first()
            return redirect("practice", practice_id=last.pk) if last else redirect("practices")
        form = found
    context = {
        "form": form, "entry": entry, "title": _("Change the practice") if before else _("Write a practice"), "way": _way(),
        "lead": _("Only your participant sees it until you hand it in. Then the secretariat publishes it or sends it back."), **ids(),
    }  # fmt: skip
    return render(request, "practices/write.html", context)


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """What waits for the secretariat, and what the reader's own participant has in work."""
    if not isinstance(request.user, Officer) or not (
        may(request.user, "practices.publish") or may(request.user, "practices.write")
    ):
        return required("practices.publish")(waiting)(request)
    unfinished = service.readable(request.user).filter(superseded_at=None)
    rows = unfinished.filter(standing__in=("draft", "submitted", "sent_back")).order_by("submitted_at", "made_at")
    context = {
        "table": shown.practices(rows[:200], in_work=True),
        "way": _way(),
        "writes": may(request.user, "practices.write"),
    }
    return render(request, "practices/waiting.html", context)


def own_codes(officer: Officer) -> tuple[str, ...]:
    """For whom the account may speak: its participant; the secretariat in the lists of all of them."""
    seat = participants.seat_of(officer.pk, participants.today())
    return (seat.participant,) if seat else ()


def initial(row: Any) -> dict[str, Any]:
    """What the form of a new version begins with."""
    if row is None:
        return {"source": _("Submitted by the participant"), "original": "ru" if participants.reads_russian() else "en"}
    fields = {field.name: getattr(row, field.name) for field in row._meta.concrete_fields}
    return fields | {name: fields[name].split() for name in ("ten_points", "agenda", "states")}


def uuid_of(request: HttpRequest, field: str) -> UUID:
    """The id that the page made for what is new; a fresh one for a fresh page."""
    try:
        return UUID(request.POST.get(field, ""))
    except ValueError:
        return uuid7()


def _may_edit(request: HttpRequest, row: Practice) -> bool:
    whole = row.superseded_at is None and (row.standing in EDITABLE or row.standing in ("published", "withdrawn"))
    return whole and may(request.user, "practices.write", row)


def _offered(request: HttpRequest, row: Practice) -> tuple[str, ...]:
    """The acts that the reader may do on this version now."""
    if row.superseded_at is not None:
        return ()
    user, found = request.user, []
    if row.standing in EDITABLE and may(user, "practices.write", row):
        found.append("submit")
    if row.standing == "submitted" and may(user, "practices.publish"):
        mine = isinstance(user, Officer) and user.pk in (row.made_by, row.submitted_by)
        found += [] if mine else ["publish"]
        found.append("send_back")
    if row.standing == "published":
        if unchecked_translation(row) and may(user, "practices.publish"):
            found.append("check")
        if may(user, "practices.take_back", row):
            found.append("withdraw")
    return tuple(found)


def unchecked_translation(row: Practice) -> bool:
    """Whether there is a translation that nobody has checked."""
    return not row.translation_checked and all((row.title_en, row.title_ru, row.what_en, row.what_ru))


def _way() -> list[Link]:
    return [Link(_("Good practice"), reverse("practices"))]
