"""The interview, the proposal with the officer's decision, and the receipt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from panah.foundation.access.models import Officer
from panah.foundation.access.service import may, officer_of, required
from panah.foundation.clock import now
from panah.foundation.door.service import NotFound, Refused, perform
from panah.foundation.journal import service as journal
from panah.foundation.languages import LANGUAGES, of_tag
from panah.node.profiling import receipt, rules, shown, sight, words
from panah.node.profiling.actions import (
    Answer,
    ConfirmProfile,
    FinishInterview,
    GiveInformation,
    ResumeInterview,
    StartInterview,
    StopInterview,
    latest_proposal,
    not_yet_told,
)
from panah.node.profiling.asking import AnswerForm, initial_of
from panah.node.profiling.forms import DecisionForm, FindForm, StartForm, StopForm, ToldForm
from panah.node.profiling.models import Confirmation, Information, Interview, Proposal, Setting
from panah.node.profiling.receipt_code import file_of_code
from panah.node.profiling.second.views import form_for, reading_of
from panah.node.profiling.service import closed_lanes
from panah.node.registration import service as registration
from panah.node.safeguards import service as safeguards
from panah.web.action_form import ActionForm
from panah.web.local_time import in_local_time


@required("profiling.interview")
@in_local_time
def interview(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """Information first, then one question a page; an interview that was left or stopped goes on where it was."""
    officer = officer_of(request)
    file = _file(officer, file_id, "profiling.interview")
    going_on = Interview.objects.filter(file=file_id, finished_at=None).first()
    if going_on is None and request.POST.keys() & {"key", "stop", "resume", "finish"}:
        return _over(request, file)
    if going_on is None:
        return _before(request, officer, file)
    if request.method != "POST":
        return _ask(request, file, going_on, None)
    if "stop" in request.POST:
        return _stop(request, officer, going_on)
    if "resume" in request.POST:
        return _do(request, officer, ActionForm(request.POST), going_on, ResumeInterview)
    if "finish" in request.POST:
        return _do(request, officer, ActionForm(request.POST), going_on, FinishInterview)
    if "back" in request.POST:
        return _ask(request, file, going_on, shown.before(going_on, request.POST.get("key", "")))
    return _answer(request, officer, file, going_on)


def _over(request: HttpRequest, file: registration.PersonFile) -> HttpResponse:
    """A page of an interview that was ended meanwhile: by the same button pressed twice, or in another window."""
    if "finish" not in request.POST:
        messages.warning(
            request, _("The interview was ended in another window. What you sent last was not taken down; ask again.")
        )
    return redirect("proposal" if latest_proposal(file.pk) else "file", file_id=file.pk)


def _before(request: HttpRequest, officer: Officer, file: registration.PersonFile) -> HttpResponse:
    """What comes before the questions: the person is told, then the setting is chosen."""
    language = of_tag(file.language)
    tag = language.tag if language else "en"
    missing = not_yet_told(file.pk)
    posted = request.POST if request.method == "POST" else None
    if missing:
        form: ActionForm = ToldForm(missing, posted, initial={"language": tag, "leaflets": list(missing)})
    else:
        form = StartForm(posted, initial={"language": tag, "setting": "PRIVATE"})
    if posted is not None and form.is_valid():
        made = form.made(officer)
        try:
            if missing:
                perform(GiveInformation(file=file.pk, **made, **form.said()))
                if not form.cleaned_data["understood"]:
                    messages.warning(
                        request, _("Find an interpreter and say it again. Help that is urgent does not wait for it.")
                    )
            else:
                perform(StartInterview(file=file.pk, interview=made["id"], **made, **form.said()))
            return redirect("interview", file_id=file.pk)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    context = {
        "file": file,
        "form": form,
        "missing": missing,
        "texts": shown.to_read_out(missing, file.language),
        "holds": safeguards.shown(officer, file.pk),
        "earlier": latest_proposal(file.pk),
    }
    return render(request, "profiling/before.html", context, status=422 if form.errors else 200)


def _ask(
    request: HttpRequest,
    file: registration.PersonFile,
    going_on: Interview,
    key: str | None,
    form: AnswerForm | None = None,
) -> HttpResponse:
    """The page of one question, or of the end, or of a stop."""
    stops = [(code, title, StopForm(auto_id=False)) for code, title in words.STOPS.items()]
    frame = {"file": file, "interview": going_on, "stops": stops, "plain": ActionForm(auto_id=False)}
    if going_on.stopped_at is not None:
        return render(request, "profiling/stopped_interview.html", {**frame, "why": words.STOPS[going_on.stop_reason]})
    page = shown.question_page(going_on, key)
    if page is None:
        return render(request, "profiling/questions_done.html", {**frame, "answers": shown.answers_given(going_on)})
    if form is None:
        form = AnswerForm(
            page.key,
            initial=initial_of(page.key, page.given),
            person_language=page.question.person_language if page.asked_of == "person" else "",
        )
    journal.note_read("profiling.interview_read", by=officer_of(request).pk, place=file.place, subject=file.pk)
    context = {**frame, "page": page, "form": form}
    return render(request, "profiling/question.html", context, status=422 if form.errors else 200)


def _answer(request: HttpRequest, officer: Officer, file: registration.PersonFile, going_on: Interview) -> HttpResponse:
    key = request.POST.get("key", "")
    if key not in shown.keys_of_questions():
        raise Http404
    form = AnswerForm(key, request.POST)
    if form.is_valid():
        try:
            perform(Answer(interview=going_on.pk, key=key, value=form.answer(), **form.made(officer)))
            if key in rules.HELP_FIRST and form.answer() == "yes":
                messages.warning(request, _("Get help now. The interview waits: stop it with the button below."))
            return redirect("interview", file_id=file.pk)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return _ask(request, file, going_on, key, form)


def _stop(request: HttpRequest, officer: Officer, going_on: Interview) -> HttpResponse:
    form = StopForm(request.POST)
    if not form.is_valid():
        raise Http404
    perform(StopInterview(interview=going_on.pk, reason=form.cleaned_data["stop"], **form.made(officer)))
    return redirect("interview", file_id=going_on.file_id)


def _do(
    request: HttpRequest,
    officer: Officer,
    form: ActionForm,
    going_on: Interview,
    act: type[ResumeInterview] | type[FinishInterview],
) -> HttpResponse:
    if not form.is_valid():
        raise Http404
    perform(act(interview=going_on.pk, **form.made(officer)))
    return redirect("proposal" if act is FinishInterview else "interview", file_id=going_on.file_id)


@required("profiling.see_proposal")
@in_local_time
def proposal(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """What the machine proposes, with its reasons, beside what the officer decides."""
    officer = officer_of(request)
    file = _file(officer, file_id, "profiling.see_proposal")
    found = latest_proposal(file_id)
    if found is None:
        raise Http404
    decision = Confirmation.objects.filter(proposal=found).first()
    decides = decision is None and file.closed_at is None and may(officer, "profiling.confirm", file)
    form = DecisionForm([line["code"] for line in found.profile["profiles"]], request.POST or None) if decides else None
    if request.method == "POST":
        if form is None:
            return _decided_before(request, officer, found, decision)
        if form.is_valid():
            try:
                perform(ConfirmProfile(proposal=found.pk, add=form.added, remove=form.removed, **form.made(officer)))
                messages.success(request, _("The decision is on record, beside the proposal."))
                return redirect("proposal", file_id=file_id)
            except Refused as refusal:
                form.add_error(None, str(refusal))
    journal.note_read("profiling.proposal_read", by=officer.pk, place=officer.post, subject=file_id)
    closed = closed_lanes(officer, file)
    asks = file.closed_at is None and may(officer, "profiling.interview", file)
    context = {
        "file": file,
        "proposal": found,
        "page": shown.proposal_page(found, decision, closed),
        "form": form,
        "second": reading_of(decision),
        "second_form": form_for(officer, decision) if file.closed_at is None else None,
        "tell": _tell_form(file, found, closed) if asks else None,
        "told": shown.told(file_id, closed),
        "restricted": shown.RESTRICTED,
        "again": ActionForm(auto_id=False) if asks else None,
        "earlier": shown.earlier(found, closed),
        "prints": may(officer, "profiling.print_receipt", file),
        "languages": LANGUAGES,
    }
    return render(request, "profiling/proposal.html", context, status=422 if form and form.errors else 200)


def _decided_before(
    request: HttpRequest, officer: Officer, found: Proposal, decision: Confirmation | None
) -> HttpResponse:
    """A form that was sent twice, or after somebody else's decision."""
    if decision is not None and str(decision.pk) == request.POST.get("id"):
        return redirect("proposal", file_id=found.file_id)
    if decision is None or not may(officer, "profiling.confirm", found.file):
        raise Http404
    messages.error(request, _("This proposal is decided already. Ask again to get a new one."))
    return redirect("proposal", file_id=found.file_id)


def _tell_form(
    file: registration.PersonFile, found: Proposal, closed: Sequence[sight.Lane], posted: Any = None
) -> ToldForm | None:
    told = set(Information.objects.filter(file=file.pk, understood=True).values_list("leaflet", flat=True))
    open_ = [leaflet for leaflet in sight.cut(found.profile, closed)[0]["information"] if leaflet not in told]
    language = of_tag(file.language)
    initial = {"language": language.tag if language else "en"}
    return ToldForm(open_, posted, initial=initial) if open_ else None


@required("profiling.interview")
@require_POST
def information(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """Leaflets that the proposal asks for were given."""
    officer = officer_of(request)
    file = _file(officer, file_id, "profiling.interview")
    found = latest_proposal(file_id)
    form = _tell_form(file, found, closed_lanes(officer, file), request.POST) if found else None
    if form is not None and form.is_valid():
        perform(GiveInformation(file=file_id, **form.made(officer), **form.said()))
        messages.success(request, _("It is on record what the person was told, and in which language."))
    elif form is not None:
        messages.error(request, _("Tick what was given, and say in which language and whether it was understood."))
    return redirect("proposal", file_id=file_id)


@required("profiling.interview")
@require_POST
def ask_again(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """A new interview that starts from the answers of the last one. The earlier proposal stays."""
    officer = officer_of(request)
    _file(officer, file_id, "profiling.interview")
    found, form = latest_proposal(file_id), ActionForm(request.POST)
    if found is None or not form.is_valid():
        raise Http404
    last, made = found.interview, form.made(officer)
    perform(
        StartInterview(
            file=file_id,
            interview=made["id"],
            language=last.language,
            setting=Setting(last.setting or Setting.PRIVATE),
            setting_reason=last.setting_reason,
            interpreter=last.interpreter,
            continues=last.pk,
            **made,
        )
    )
    return redirect("interview", file_id=file_id)


@required("profiling.print_receipt")
@require_safe
def receipt_pdf(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """The paper that the person takes along, in their language or in the one asked for."""
    officer = officer_of(request)
    file = _file(officer, file_id, "profiling.print_receipt")
    wanted = of_tag(request.GET.get("language", "") or file.language)
    paper = receipt.paper_of(file, wanted.tag if wanted else "en", now(), closed_lanes(officer, file))
    journal.note_read(
        "profiling.receipt_printed",
        by=officer.pk,
        place=officer.post,
        subject=file_id,
        facts={"language": paper.language},
    )
    response = HttpResponse(receipt.as_pdf(paper), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{file.number}.pdf"'
    return response


@required("profiling.print_receipt")
def receipt_find(request: HttpRequest) -> HttpResponse:
    """From the number of a receipt to its file, for those who may read the file. Others find nothing."""
    officer, form = officer_of(request), FindForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        found = file_of_code(form.cleaned_data["code"])
        try:
            if found is not None:
                registration.file_for(officer, found)
                return redirect("file", file_id=found)
        except NotFound:
            pass
        journal.note_read("profiling.receipt_not_found", by=officer.pk, place=officer.post, subject=None)
        form.add_error("code", _("No file of yours has this number. Check it letter by letter."))
    return render(request, "profiling/receipt_find.html", {"form": form}, status=422 if form.errors else 200)


def _file(officer: Officer, file_id: UUID, permission: str) -> registration.PersonFile:
    """The file, or 404 for those who may not do this with it."""
    file = registration.file_by_id(file_id)
    if not may(officer, permission, file):
        raise NotFound("There is no such file.")
    return file
