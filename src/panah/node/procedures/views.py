"""A body's procedures: the list, one of them with every act that is possible now, the calendar file of a hearing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from uuid6 import uuid7

from panah.foundation.access.models import Officer
from panah.foundation.access.service import may, officer_of, required
from panah.foundation.clock import now
from panah.foundation.door.service import NotFound, Refused, perform
from panah.node.procedures import (
    acts,
    aid_acts,
    aid_forms,
    calendars,
    force_acts,
    force_forms,
    forms,
    hearing_acts,
    papers,
    rules,
    service,
    shown,
    terms,
    words,
)
from panah.node.procedures.models import AskedAgain, Decision, Detention, Hearing, Proceeding
from panah.node.referrals import service as referrals
from panah.node.registration import service as registration
from panah.node.safeguards import service as safeguards
from panah.web import spreadsheet
from panah.web.deeds import Deed, done

DEEDS: dict[str, Deed] = {
    "end": Deed(forms.EndStageForm, acts.EndStage),
    "draft": Deed(forms.DraftForm, acts.DraftDecision, ("decision",)),
    "sign": Deed(forms.SignForm, acts.SignDecision, names=("decision",), right="procedures.sign"),
    "send_back": Deed(forms.SendBackForm, acts.SendDecisionBack, names=("decision",), right="procedures.sign"),
    "notify": Deed(forms.NotifyForm, acts.NotifyDecision, names=("decision",)),
    "hearing": Deed(forms.HearingForm, acts.SetHearing, ("hearing",)),
    "record": Deed(forms.RecordForm, acts.RecordHearing, names=("hearing",)),
    "evidence": Deed(forms.EvidenceForm, acts.AddEvidence),
    "fact": Deed(forms.FactForm, acts.RecordFact),
    "pause": Deed(forms.PauseForm, acts.PauseClocks),
    "resume": Deed(forms.ResumeForm, acts.ResumeClocks),
    "ask": Deed(force_forms.AskAgainForm, force_acts.AskAgain, ("asked",)),
    "detain": Deed(force_forms.OrderDetentionForm, force_acts.OrderDetention),
    "review": Deed(force_forms.ReviewForm, force_acts.ReviewDetention),
    "ask_aid": Deed(aid_forms.AskAidForm, aid_acts.AskLegalAid, ("aid",)),
    "give_aid": Deed(aid_forms.GiveAidForm, aid_acts.GiveLegalAid, ("aid",)),
    "decline_aid": Deed(aid_forms.DeclineAidForm, aid_acts.DeclineLegalAid, ("aid",)),
    "interpreter": Deed(aid_forms.NameInterpreterForm, hearing_acts.NameInterpreter, names=("hearing",)),
    "lead": Deed(aid_forms.LeadForm, hearing_acts.AssignLead, right="procedures.assign"),
}


@required("procedures.see")
def listed(request: HttpRequest) -> HttpResponse:
    """The procedures of the officer's body, and the accepted referrals that wait for one."""
    officer = officer_of(request)
    mine = service.open_to(officer)
    which = request.GET.get("list", "open")
    late = service.open_terms(officer).filter(due_at__lt=now())
    # What is ended stands with the newest first, so that the database walks the index from its end and stops after a page.
    rows = mine.filter(ended_at__isnull=False).order_by("-ended_at", "-opened_at")
    if which != "ended":
        rows = mine.filter(ended_at=None).order_by("opened_at")
    if which == "late":
        rows = rows.filter(pk__in=late.values("step__proceeding"))
    if request.GET.get("format") in spreadsheet.FORMATS:
        return spreadsheet.answer(shown.listed(rows, now()), "procedures", request.GET["format"])
    numbers = {"open": mine.filter(ended_at=None).count(), "ended": mine.filter(ended_at__isnull=False).count()}
    pages = Paginator(rows, 50)
    if which in numbers:
        pages.count = numbers[which]
    page = pages.get_page(request.GET.get("page"))
    context = {
        "page": page,
        "table": shown.listed(page, now()),
        "due": shown.due(service.steps_waiting(officer, now(), timedelta(days=14))[:50]),
        "to_begin": shown.to_begin(officer),
        "which": which,
        "late": late.count(),
        **numbers,
    }
    return render(request, "procedures/listed.html", context)


@required("procedures.see")
def new(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Open a procedure from an accepted referral."""
    officer = officer_of(request)
    referral = referrals.received_by(officer, referral_id)
    form = forms.OpenForm(shown.offered(officer), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            receipt = perform(
                acts.OpenProceeding(
                    id=UUID(request.POST["action"]),
                    by=officer.pk,
                    place=officer.post,
                    happened_at=now(),
                    proceeding=UUID(request.POST["proceeding"]),
                    file=referral.file,
                    procedure=form.cleaned_data["procedure"],
                    referral=referral.pk,
                )
            )
            return redirect("procedure", proceeding_id=receipt.result["proceeding"])
        except (KeyError, ValueError):
            messages.error(request, _("The form was not whole. Nothing was sent; try again."))
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    context = {"referral": referral, "form": form, "action": uuid7(), "proceeding": uuid7()}
    return render(request, "procedures/new.html", context, status=422 if request.method == "POST" else 200)


@required("procedures.see_one")
def one(request: HttpRequest, proceeding_id: UUID) -> HttpResponse:
    """One proceeding: where it stands, what runs, what happened, and what can be done now."""
    officer = officer_of(request)
    row = service.read(officer, proceeding_id)
    shape = terms.shape_of(row)
    wrong: dict[str, Form] = {}
    if request.method == "POST":
        form = _act(request, row)
        if form is None:
            return redirect("procedure", proceeding_id=row.pk)
        wrong[request.POST.get("act", "")] = form
    context = {
        "row": row,
        "title": words.procedure_title(row.procedure),
        "stage": words.stage_title(row.procedure, row.stage) if row.stage else words.outcome_text(row.outcome),
        "body": registration.body_title(row.body) if row.body else "",
        "holds": safeguards.shown(officer, row.file),
        "clocks": shown.clocks(row, now()),
        "stages": shown.stages(row, shape),
        "of_floor": shape.of_floor,
        "events": shown.events(row),
        "hearings": _hearings(row),
        "aid": shown.aid(row),
        "owed": shown.owed(row, shape),
        "lead": service.name_of(row.lead),
        "leading": _form("lead", row, wrong)
        if row.ended_at is None and may(officer, "procedures.assign", row)
        else None,
        "naming": _form("interpreter", row, wrong),
        "decisions": _decisions(row, officer.pk),
        "deeds": _deeds(row, officer, wrong),
        "certificates": [(one.code, words.in_reader_language(one.title)) for one in papers.certificates(row)],
        "of_record": _form("record", row, wrong),
        "may_sign": may(officer, "procedures.sign", row) and row.ended_at is None,
        "may_tell": may(officer, "procedures.work", row),
        "prints": may(officer, "procedures.see"),
        "works": may(officer, "procedures.work", row) and row.ended_at is None,
        "action": uuid7(),
        "made": uuid7(),
    }
    return render(request, "procedures/one.html", context, status=422 if wrong else 200)


def _act(request: HttpRequest, row: Proceeding) -> Form | None:
    """Perform what was posted. A form to be shown again with its errors, or None."""
    officer, posted = officer_of(request), request.POST
    deed = DEEDS.get(posted.get("act", ""))
    if deed is None or not may(officer, deed.right or "procedures.work", row):
        raise NotFound("There is no such act.")
    shape = terms.shape_of(row)
    stage = shape.stage(row.stage) if row.stage else shape.stages[-1]
    form = deed.form(shape, stage, posted)
    form.of_body(row)
    return done(request, deed, form, {"proceeding": row.pk, "happened_at": now()}, says=False)


def _form(act: str, row: Proceeding, wrong: dict[str, Form]) -> Form:
    shape = terms.shape_of(row)
    stage = shape.stage(row.stage) if row.stage else shape.stages[-1]
    form = DEEDS[act].form(shape, stage)
    form.of_body(row)
    return wrong.get(act) or form


def _deeds(row: Proceeding, officer: Any, wrong: dict[str, Form]) -> list[dict[str, Any]]:
    """The acts that are possible at this stage, each with its form; the one that leads on stands first and open."""
    if not may(officer, "procedures.work", row):
        return []
    titles = {
        "ask": (_("Ask the person again"), _("Keep the answers")),
        "detain": (_("Grounds of the detention"), _("Keep the grounds")),
        "review": (_("Review of the detention"), _("Keep the review")),
    }
    force = _acts_of_force(row)
    if row.ended_at is not None:
        return [_shown(act, titles[act], row, wrong, leading=True) for act in force if act == "review"]
    stage = terms.shape_of(row).stage(row.stage)
    titles |= {
        "end": (_("End this stage"), _("End the stage")),
        "draft": (_("Draft the decision"), _("Give it to be signed")),
        "hearing": (_("Set a hearing"), _("Set the hearing")),
        "evidence": (_("Add evidence"), _("Add it")),
        "fact": (_("Say when something happened"), _("Keep the day")),
        "pause": (_("Let clocks stand still"), _("Stop them")),
        "resume": (_("Let clocks run again"), _("Let them run")),
        "ask_aid": (_("The person asks for legal aid"), _("Keep that they ask")),
        "give_aid": (_("Somebody gives legal aid"), _("Keep who gives it")),
        "decline_aid": (_("The person declines legal aid"), _("Keep what the person said")),
    }
    leading = "draft" if rules.is_decision(stage) else "end"
    others = [act for act in titles if act not in (leading, "draft", "ask", "detain", "review")]
    order = [*force, leading, *others]
    if leading == "draft" and "end" not in order:
        order.append("end")
    if not row.pauses.filter(end=None).exists():
        order.remove("resume")
    if row.legal_aid.filter(state=rules.ASKED).exists():
        order.remove("ask_aid")
    return [_shown(act, titles[act], row, wrong, leading=act in (leading, *force)) for act in order]


def _acts_of_force(row: Proceeding) -> list[str]:
    """What comes before a step of force: asking again, grounds, reviews."""
    if row.procedure == "detention":
        held = Detention.objects.filter(proceeding=row).first()
        if held is None:
            return ["detain"] if row.ended_at is None else []
        return ["review"] if held.released_at is None else []
    if row.procedure not in rules.COERCIVE or row.ended_at is not None:
        return []
    asked = AskedAgain.objects.filter(step__proceeding=row, step__ended_at=None).last()
    clear = asked is not None and not rules.unanswered(asked.answers) and not rules.holds_of_answers(asked.answers)
    return [] if clear else ["ask"]


def _shown(
    act: str, title: tuple[str, str], row: Proceeding, wrong: dict[str, Form], *, leading: bool
) -> dict[str, Any]:
    return {
        "act": act,
        "title": title[0],
        "button": title[1],
        "form": _form(act, row, wrong),
        "open": leading or act in wrong,
        "leads": leading,
    }


def _hearings(row: Proceeding) -> list[dict[str, Any]]:
    """Hearings, each with its interpreter in words."""
    rows = list(row.hearings.all())
    names = dict(
        Officer.objects.filter(pk__in=[one.interpreter_account for one in rows if one.interpreter_account]).values_list(
            "pk", "display_name"
        )
    )
    return [
        {
            "row": one,
            "interpreter": names.get(one.interpreter_account, "") if one.interpreter_account else one.interpreter,
            "says": words.ANSWERS_OF_INTERPRETERS[one.interpreter_says] if one.interpreter_account else "",
        }
        for one in rows
    ]


def _decisions(row: Proceeding, reader: UUID) -> list[dict[str, Any]]:
    """Decisions, newest first, with what the reader can do about each."""
    return [
        {
            "row": decision,
            "outcome": words.outcome_text(decision.outcome),
            "waits": decision.signed_at is None and not decision.sent_back,
            "own": decision.drafted_by == reader,
            "to_tell": decision.signed_at is not None and decision.notified_at is None,
            "how": words.HOW_NOTIFIED.get(decision.notified_how, ""),
            "sign": _form("sign", row, {}),
            "send_back": _form("send_back", row, {}),
            "notify": _form("notify", row, {}),
        }
        for decision in Decision.objects.filter(step__proceeding=row).order_by("-drafted_at")
    ]


@required("procedures.see_detained")
def detained(request: HttpRequest) -> HttpResponse:
    """Everybody who is held now, for those who oversee; a supervisor sees those of the own body. Nobody is named."""
    officer = officer_of(request)
    held = service.detained(officer)
    table = shown.held(held)
    if request.GET.get("format") in spreadsheet.FORMATS:
        return spreadsheet.answer(table, "detained", request.GET["format"])
    context = {
        "table": table,
        "held": held.count(),
        "children": service.children_among(held),
        "missed": held.filter(review_due__lte=now()).count(),
        "over": held.filter(maximum_due__lte=now()).count(),
    }
    return render(request, "procedures/detained.html", context)


@required("procedures.see_one")
def calendar(request: HttpRequest, proceeding_id: UUID, hearing_id: UUID) -> HttpResponse:
    """The hearing as a calendar file. It names the procedure by its number, never the person."""
    row = service.read(officer_of(request), proceeding_id)
    hearing = Hearing.objects.filter(pk=hearing_id, proceeding=row).first()
    if hearing is None:
        raise NotFound("There is no such hearing.")
    answer = HttpResponse(calendars.of_hearing(row, hearing, now()), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{row.number}.ics"'
    return answer
