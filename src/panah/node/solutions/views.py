"""Plans: the list, making one, one with every act that is possible now, the receipt of what was given."""

from __future__ import annotations

from datetime import timedelta
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
from panah.foundation.door.service import NotFound, Refused, perform
from panah.node.referrals import service as referrals
from panah.node.registration import service as registration
from panah.node.safeguards import service as safeguards
from panah.node.solutions import acts, deeds, family, forms, papers, rules, service, shown, words
from panah.node.solutions.models import FollowUp, Plan, Service
from panah.web import spreadsheet
from panah.web.deeds import ids

# What the page offers of each plan, beside what every plan has.
_OF_RETURN = ("counsel", "agree", "depart")
_ALWAYS = ("standing", "step", "service", "job", "danger", "member", "close")
_AFTER = ("danger",)  # of a plan that is closed: danger asks for no plan
_IN_PLACE = {"steps": ("end_step", "ask_referral"), "jobs": ("set_job",), "follow_ups": ("try",), "dangers": ("reply",)}


@required("solutions.see")
def listed(request: HttpRequest) -> HttpResponse:
    """The plans that the officer reads, what is due, and the accepted referrals that wait for a plan."""
    officer, moment = officer_of(request), now()
    mine = service.readable(officer)
    which, toward = request.GET.get("list", "open"), request.GET.get("toward", "")
    rows = _chosen(mine, which, toward).prefetch_related("dangers").order_by("-opened_at", "id")
    if request.GET.get("format") in spreadsheet.FORMATS:
        return spreadsheet.answer(shown.listed(list(rows[:5_000]), moment), "plans", request.GET["format"])
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    overdue = service.overdue(moment).filter(plan__in=mine)
    context = {
        "page": page,
        "table": shown.listed(list(page), moment),
        "due": shown.due(_near(mine)),
        "to_begin": shown.to_begin(officer) if officer.body and not officer.roles.isdisjoint(rules.WORKING) else None,
        "which": which,
        "toward": toward,
        "all_toward": [(code, str(word)) for code, word in words.TOWARD.items()],
        "open": mine.filter(ended_at=None).count(),
        "overdue": overdue.count(),
        "dangers": service.dangers().filter(plan__in=mine).count(),
        "ended": mine.exclude(ended_at=None).count(),
        "heard": _heard(mine),
    }
    return render(request, "solutions/listed.html", context)


def _near(mine: QuerySet[Plan]) -> QuerySet[FollowUp]:
    """The follow-ups that are due or come in the next two weeks."""
    return service.follow_ups(mine).filter(due_at__lte=now() + timedelta(days=14)).prefetch_related("tries")[:50]


def _chosen(mine: QuerySet[Plan], which: str, toward: str) -> QuerySet[Plan]:
    wanted = {
        "ended": Q(ended_at__isnull=False),
        "late": Q(ended_at=None, follow_ups__done_at=None, follow_ups__due_at__lte=now()),
        "danger": Q(dangers__isnull=False, dangers__closed_at=None),
    }.get(which, Q(ended_at=None))
    rows = mine.filter(pk__in=mine.filter(wanted).values("pk"))
    return rows.filter(toward=toward) if toward in words.TOWARD else rows


def _heard(mine: QuerySet[Plan]) -> list[dict[str, Any]]:
    """Of those whose day came: how many work, do not, and of how many that is not known."""
    found = []
    for turn in (2, 3):
        months, said = service.works_said(mine, turn, now())
        if said.of:
            found.append({"months": shown.months(months), "share": said})
    return found


@required("solutions.see")
def new(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Make a plan with a person whose referral the officer's body accepted."""
    officer = officer_of(request)
    referral = referrals.received_by(officer, referral_id)
    toward = [code for code, roles in rules.WORKED_ON_BY.items() if not officer.roles.isdisjoint(roles)]
    if not toward:
        raise NotFound("There are no plans of your lanes.")
    language = registration.file_by_id(referral.file).language
    form = forms.OpenForm(request.POST or None, initial={"language": language})
    forms.offer(form, "toward", [(code, words.of(words.TOWARD, code)) for code in toward])
    if request.method == "POST" and form.is_valid():
        try:
            made: dict[str, Any] = {
                "id": UUID(request.POST["action"]),
                "plan": UUID(request.POST["made"]),
                "file": referral.file,
            }
            who: dict[str, Any] = {"by": officer.pk, "place": officer.post, "happened_at": now()}
            receipt = perform(acts.OpenPlan(**made, **who, **form.cleaned_data))
            return redirect("solution", plan_id=receipt.result["plan"])
        except (KeyError, ValueError):
            messages.error(request, _("The form was not whole. Nothing was sent; try again."))
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    context = {"referral": referral, "form": form, **ids()}
    return render(request, "solutions/new.html", context, status=422 if request.method == "POST" else 200)


@required("solutions.see")
def one(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """One plan: what the person wants, where they stand, what is done, how life is now."""
    officer = officer_of(request)
    plan = service.read(officer, plan_id)
    areas = rules.areas_for(officer.roles, plan.health_consent)
    offer = deeds.Offer(plan, areas, shown.offered_who(officer))
    wrong: dict[str, Form] = {}
    about = ""
    if request.method == "POST":
        name = deeds.deed_posted(request)
        about = next((request.POST.get(one, "") for one in deeds.DEEDS[name].names), "")
        form = deeds.act(request, plan, deeds.form_of(name, offer, request.POST, of=about))
        if form is None:
            return redirect("solution", plan_id=plan.pk)
        wrong[name] = form
    names = _possible(officer, plan)
    context = _context(officer, plan, areas)
    in_place = _IN_PLACE if context["works"] else {"dangers": _IN_PLACE["dangers"]} if names else {}
    for items, acts_of in in_place.items():
        for item in context[items]:
            mine = str(item["row"].pk)
            item["forms"] = {
                name: wrong[name] if name in wrong and mine == about else deeds.form_of(name, offer, of=mine)
                for name in acts_of
            }
    context |= {
        "forms": {name: wrong.get(name) or deeds.form_of(name, offer) for name in names},
        "wrong": set(wrong),
        **ids(),
    }
    return render(request, "solutions/one.html", context, status=422 if wrong else 200)


def _possible(officer: Officer, plan: Plan) -> tuple[str, ...]:
    """The acts that the page offers now."""
    if not may(officer, "solutions.work", plan):
        return ()
    if plan.ended_at is not None:
        return _AFTER
    if plan.toward != rules.RETURN:
        asked = plan.follow_ups.filter(tries__isnull=False).exists()
        return (*_ALWAYS, *(() if asked else ("begin",)))
    return (*_ALWAYS, *(() if plan.began_on else _OF_RETURN))


def _context(officer: Officer, plan: Plan, areas: tuple[str, ...]) -> dict[str, Any]:
    file, moment = registration.file_by_id(plan.file), now()
    return {
        "plan": plan,
        "works": plan.ended_at is None and may(officer, "solutions.work", plan),
        "reads_words": may(officer, "solutions.work", plan) or "ombudsman" in officer.roles,
        "file": file,
        "name": registration.display_name(file),
        "toward": words.of(words.TOWARD, plan.toward),
        "outcome": words.of(words.OUTCOMES, plan.outcome) if plan.outcome else "",
        "body": registration.body_title(plan.body),
        "consent": words.of(words.CONSENTS, plan.consent),
        "health_hidden": "health" not in areas,
        "holds": safeguards.shown(officer, plan.file),
        "bans": shown.bans(officer, file),
        "ban": shown.ban(officer, file, registration.local_day(moment)),
        "referral": referrals.waiting_for(officer).filter(file=plan.file, status="accepted").first()
        if plan.ended_at
        else None,
        "dangers": shown.dangers(plan),
        "danger_open": plan.dangers.filter(closed_at=None).exists(),
        "people": shown.people(plan, areas),
        "family": [one for one in family.family_of(file) if one.pk not in family.files_of(plan)],
        "steps": shown.steps(officer, plan, areas, registration.local_day(moment)),
        "jobs": [
            {
                "row": row,
                "stage": words.of(words.JOB_STAGES, row.stage),
                "checked": words.of(words.CHECKED, row.contract_checked),
            }
            for row in plan.jobs.all()
        ],
        "services": shown.services(plan.services.filter(area__in=areas)),
        "follow_ups": shown.follow_ups(plan, moment),
        "is_return": plan.toward == rules.RETURN,
        "counsellings": [{"row": row, "by": words.of(words.COUNSELLORS, row.by_whom)} for row in plan.counsellings.all()],
        "agreements": plan.agreements.all(),
        "agreed": plan.agreements.filter(taken_back_at=None).exists(),
    }  # fmt: skip


@required("solutions.see")
@require_safe
def paper(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """The plan for the person, in the officer's language and theirs."""
    officer = officer_of(request)
    plan = service.read(officer, plan_id, paper=True)
    wanted = request.GET.get("language", "") or plan.language
    areas = rules.areas_for(officer.roles, plan.health_consent)
    sheet = papers.of_plan(plan, areas, papers.languages(get_language() or "en", wanted))
    response = HttpResponse(papers.as_pdf(sheet), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{plan.number}.pdf"'
    return response


@required("solutions.see")
@require_safe
def receipt(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """The receipt of something that was handed over."""
    row = Service.objects.select_related("plan").exclude(number=None).filter(pk=service_id).first()
    if row is None:
        raise NotFound("There is no such receipt.")
    officer = officer_of(request)
    plan = service.read(officer, row.plan_id)
    if row.area not in rules.areas_for(officer.roles, plan.health_consent):
        raise NotFound("There is no such receipt.")
    context = {
        "row": row,
        "plan": plan,
        "body": registration.body_title(plan.body),
        "what": words.of(words.SERVICES, row.kind),
        "received": words.of(words.RECEIPTS, row.receipt),
        "number": registration.file_by_id(plan.file).number,
    }
    return render(request, "solutions/receipt.html", context)
