"""A person's page of this room, and the way of some people from being apart to being together."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from panah.foundation.access.models import Officer
from panah.foundation.access.service import may, officer_of, required
from panah.foundation.clock import now
from panah.node.families import acts, forms, people, service, shown, uniting_acts, words
from panah.node.families.models import Request, Reunification
from panah.node.families.sealing import unseal
from panah.node.procedures import service as procedures
from panah.node.reception import service as reception
from panah.node.referrals import service as referrals
from panah.node.registration import service as registration
from panah.node.safeguards import service as safeguards
from panah.web.deeds import Deed, act, ids

PROCEDURE = "family_reunification"
OF_PERSON = {
    "wish": Deed(forms.WishForm, acts.KeepWish, ("wish",)),
    "end_wish": Deed(forms.EndWishForm, acts.EndWish, names=("wish",)),
    "link": Deed(forms.LinkForm, uniting_acts.KeepLink, ("link",)),
    "end_link": Deed(forms.EndLinkForm, uniting_acts.EndLink, names=("link",)),
    "plan": Deed(forms.PlanForm, uniting_acts.Plan, ("reunification",)),
}
UNION = {
    "prepare": Deed(forms.PrepareForm, uniting_acts.Prepare, names=("file",)),
    "place": Deed(forms.PlaceForm, uniting_acts.SetPlace),
    "together": Deed(forms.TogetherForm, uniting_acts.BringTogether),
    "follow_up": Deed(forms.FollowUpForm, uniting_acts.KeepFollowUp),
    "close": Deed(forms.CloseUnionForm, uniting_acts.CloseReunification),
    "announce": Deed(forms.AnnounceForm, reception.Announce, ("announcement",), ("file",)),
    "procedure": Deed(forms.ProcedureForm, procedures.OpenProceeding, ("proceeding",), ("file",)),
}


@required("families.see")
def person(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """Whom the person seeks and who was found, wishes, family, and the way together."""
    officer = officer_of(request)
    file = service.read_person(officer, file_id)
    serves = may(officer, "families.serve", file.pk)
    family = _choices(people.known_to_be_family(file.pk)) if serves else []
    wrong: dict[str, Form] = {}
    if request.method == "POST":
        posted = {"link": _link_form(family, request.POST), "plan": _plan_form(file.pk, family, request.POST)}
        name = request.POST.get("act", "")
        form = act(request, OF_PERSON, {"file": file.pk}, {name: posted[name]} if name in posted else {})
        if form is None:
            return redirect("family_person", file_id=file.pk)
        wrong[name] = form
    unions = Reunification.objects.filter(members__file=file.pk).order_by("at", "pk")
    context = {
        "file": file,
        "name": registration.display_name(file),
        "holds": safeguards.shown(officer, file.pk),
        "requests": shown.requests(officer, list(_requests(officer, file.pk)), registration.local_day(now())),
        "found": shown.found(file.pk),
        "wishes": _wishes(file.pk) if serves else [],
        "links": _links(file.pk),
        "unions": shown.unions([row for row in unions if may(officer, "families.read_union", row)]),
        "serves": serves and file.closed_at is None,
        "family": family,
        "forms": {
            "wish": forms.WishForm(),
            "end_wish": forms.EndWishForm(initial={"language": file.language}),
            "link": _link_form(family, None),
            "end_link": forms.EndLinkForm(),
            "plan": _plan_form(file.pk, family, None),
        }
        | wrong,
        "wrong": set(wrong),
        **ids(),
    }
    return render(request, "families/person.html", context, status=422 if wrong else 200)


def _requests(officer: Officer, file: UUID) -> list[Request]:
    """The requests of the person. Officers who work on the person see that there are some, of whichever body."""
    return list(Request.objects.filter(file=file).order_by("opened_at", "pk"))


def _choices(files: set[UUID]) -> list[tuple[str, str]]:
    return sorted(((str(file), number) for file, number in shown.numbers(files).items()), key=lambda each: each[1])


def _link_form(family: list[tuple[str, str]], posted: QueryDict | None) -> forms.LinkForm:
    form = forms.LinkForm(posted)
    forms.offer(form, "other", family)
    return form


def _plan_form(file: UUID, family: list[tuple[str, str]], posted: QueryDict | None) -> forms.PlanForm:
    form = forms.PlanForm(posted, initial={"others": [pk for pk, _number in family]})
    forms.offer(form, "others", family)
    requests = Request.objects.filter(file=file, closed_at=None).order_by("opened_at", "pk")
    forms.offer(form, "request", [("", "—"), *((str(row.pk), row.number) for row in requests)])
    forms.offer(form, "centre", [("", "—"), *((str(pk), title) for pk, title in reception.centre_titles().items())])
    return form


def _wishes(file: UUID) -> list[dict[str, Any]]:
    rows = people.wishes_of(file)
    known = shown.numbers(row.other for row in rows if row.other)
    found = []
    for row in rows:
        said = unseal(file, row.sealed)
        found.append(
            {
                "row": row,
                "kind": words.of(words.WISHES, row.kind),
                "number": known.get(row.other, "") if row.other else "",
                "names": "; ".join(said.get("names", ())),
                "why": said.get("why", ""),
            }
        )
    return found


def _links(file: UUID) -> list[dict[str, Any]]:
    """Verified links, save with whom a wish or a fear stands between."""
    rows = [row for row in people.links_of(file) if not people.withheld(row.file, row.other)]
    known = shown.numbers(row.other if row.file == file else row.file for row in rows)
    return [
        {
            "row": row,
            "number": known[row.other if row.file == file else row.file],
            "relation": words.of(words.RELATIONS, row.relation) if row.file == file else "",
            "verified": ", ".join(words.of(words.VERIFIED, code) for code in row.verified),
        }
        for row in rows
    ]


@required("families.see")
def union(request: HttpRequest, union_id: UUID) -> HttpResponse:
    """One way together: who, what each said, where and when, how they are afterwards."""
    officer = officer_of(request)
    row = service.read_union(officer, union_id)
    works = may(officer, "families.unite", row) and row.closed_at is None
    wrong: dict[str, Form] = {}
    if request.method == "POST":
        known = {"reunification": row.pk, "centre": row.centre, "procedure": PROCEDURE}
        posted = request.POST.get("act", "")
        if posted == "place":
            del known["centre"]
        extra: dict[str, Form] = {"place": _place_form(row, request.POST)} if posted == "place" else {}
        form = act(request, UNION, known, extra)
        if form is None:
            return redirect("family_union", union_id=row.pk)
        wrong[posted] = form
    files = [member.file for member in row.members.all()]
    blank: dict[str, Form] = {name: deed.form() for name, deed in UNION.items()} | {"place": _place_form(row, None)}
    context = {
        "row": row,
        "outcome": words.of(words.UNITED, row.outcome) if row.outcome else "",
        "where": words.of(words.WHERE, row.where),
        "centre": reception.centre_titles().get(row.centre, "") if row.centre else "",
        "plan": unseal(files[0], row.sealed).get("plan", ""),
        "members": [_with_rights(officer, one, row) for one in shown.members(officer, row)],
        "follow_ups": [
            {
                "row": one,
                "when": words.of(words.MONTHS, str(one.months)),
                "how": words.of(words.FOLLOWED, one.how) if one.how else "",
                "late": one.done_at is None and one.due_on < registration.local_day(now()),
            }
            for one in row.follow_ups.order_by("due_on", "pk")
        ],
        "works": works,
        "forms": blank | wrong,
        "wrong": set(wrong),
        "wrong_file": request.POST.get("file", "") if wrong else "",
        **ids(),
    }
    return render(request, "families/union.html", context, status=422 if wrong else 200)


def _with_rights(officer: Officer, member: dict[str, Any], row: Reunification) -> dict[str, Any]:
    """What the officer may do for one of them beside this room's own acts: announce at the centre, open the pack's procedure."""
    file = member["row"].file
    stay = reception.stay_of(file)
    there = stay is not None and stay.unit.centre_id == row.centre
    today = registration.local_day(now())
    has_law = any(shape.code == PROCEDURE and shape.holds_on(today) for shape in registration.node_pack().procedures)
    begun = procedures.of_file(file).filter(procedure=PROCEDURE)
    return member | {
        "prepare": forms.PrepareForm(auto_id=f"id_{file.hex}_%s"),
        "announces": row.where == "centre" and not there and may(officer, "reception.receive", file),
        "there": there,
        "procedures": [{"row": one, "reads": may(officer, "procedures.read", one)} for one in begun],
        "opens": has_law
        and not begun.exists()
        and not officer.roles.isdisjoint({"asylum_officer", "child_officer"})
        and referrals.accepted_by(officer, file),
        "reception": may(officer, "reception.read_person", file),
    }


def _place_form(row: Reunification, posted: QueryDict | None) -> forms.PlaceForm:
    centre = str(row.centre) if row.centre else ""
    form = forms.PlaceForm(posted, initial={"where": row.where, "centre": centre, "day": row.day})
    forms.offer(form, "centre", [("", "—"), *((str(pk), title) for pk, title in reception.centre_titles().items())])
    return form
