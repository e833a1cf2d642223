"""One meeting: what the record says of it or how it is prepared, with the acts of those whom it concerns."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from panah.foundation.access.service import required
from panah.hub.meetings import acts, drafting_acts, forms, meeting_page, rules, seats, shown
from panah.hub.meetings.models import Meeting, Paper
from panah.hub.meetings.words import Kind, State
from panah.hub.participants import service as participants
from panah.web import deeds
from panah.web.deeds import Deed
from panah.web.parts import Link

CONVENING = Deed(forms.ConveneForm, acts.Convene, makes=("meeting",))
CHANGING = Deed(forms.MeetingForm, acts.ChangeMeeting)

DEEDS: Mapping[str, Deed] = {
    "invite": Deed(forms.InviteForm, acts.Invite),
    "uninvite": Deed(forms.Nothing, acts.Uninvite, names=("delegation",)),
    "answer": Deed(forms.AnswerForm, acts.AnswerInvitation, names=("delegation",)),
    "item": Deed(forms.ItemForm, acts.AddItem, makes=("item",)),
    "move_item": Deed(forms.MoveForm, acts.MoveItem, names=("item",)),
    "drop_item": Deed(forms.Nothing, acts.DropItem, names=("item",)),
    "paper": Deed(forms.PaperForm, acts.AddPaper, makes=("paper",)),
    "readers": Deed(forms.ReadersForm, acts.DecideOnPaper, names=("paper",)),
    "withdraw_paper": Deed(forms.ReasonForm, acts.WithdrawPaper, names=("paper",)),
    "minutes": Deed(forms.MinutesForm, acts.KeepMinutes),
    "end": Deed(forms.EndForm, acts.EndMeeting),
    "publish": Deed(forms.Nothing, acts.PublishStatement),
    "silence": Deed(forms.SilenceForm, drafting_acts.OpenSilence, makes=("silence",)),
    "stop_silence": Deed(forms.ReasonForm, drafting_acts.StopSilence, names=("silence",)),
}


@required("meetings.lead")
@never_cache
def convene(request: HttpRequest) -> HttpResponse:
    """Call a new meeting."""
    chair = participants.chair_on(participants.today()) or ""
    form: Form = forms.ConveneForm(request.POST or None, initial={"chair": chair, "public": True})
    if request.method == "POST":
        wrong = deeds.done(request, CONVENING, form, {})
        if wrong is None:
            code = form.cleaned_data.get("meeting_code", "") if form.is_valid() else ""
            return (
                redirect("meeting", code=code)
                if Meeting.objects.filter(code=code).exists()
                else redirect("meeting_new")
            )
        form = wrong
    way = [Link(_("Meetings"), reverse("meetings"))]
    return render(
        request, "meetings/particulars.html", {"form": form, "way": way, "title": _("Convene a meeting"), **deeds.ids()}
    )


@required("meetings.lead")
@never_cache
def change(request: HttpRequest, code: str) -> HttpResponse:
    """Change the particulars of a meeting that was convened here."""
    view = view_of(request, code)
    if not view.leads:
        raise Http404
    row = view.meeting
    form: Form = forms.MeetingForm(
        request.POST or None, initial={name: getattr(row, name) for name in forms.MeetingForm.base_fields}
    )
    if request.method == "POST":
        wrong = deeds.done(request, CHANGING, form, {"meeting": row.pk})
        if wrong is None:
            return redirect("meeting", code=row.code)
        form = wrong
    way = [Link(_("Meetings"), reverse("meetings")), Link(shown.title_of(row), reverse("meeting", args=[row.code]))]
    return render(
        request,
        "meetings/particulars.html",
        {"form": form, "way": way, "title": _("Change the particulars"), **deeds.ids()},
    )


@never_cache
def one(request: HttpRequest, code: str) -> HttpResponse:
    """One meeting. Its public part is for everybody, the rest for those whom it concerns; who may not know of it finds nothing."""
    view = view_of(request, code)
    row = view.meeting
    wrong: dict[str, Form] = {}
    if request.method == "POST":
        if view.reader.officer is None:
            raise Http404
        act = request.POST.get("act", "")
        form = deeds.act(request, DEEDS, {"meeting": row.pk}, _filled(request, view))
        if form is None:
            return redirect("meeting", code=row.code)
        wrong[act] = form
    names = shown.Names()
    context = {
        "row": row,
        "view": view,
        "title": shown.title_of(row),
        "kind": Kind(row.kind).label,
        "state": State(row.state).label,
        "way": [Link(_("Meetings"), reverse("meetings"))],
        "wrong": wrong,
        **meeting_page.context(view, names),
        "forms": meeting_page.blank(view, names) | wrong,
        **deeds.ids(),
    }
    return render(request, "meetings/meeting.html", context)


def _filled(request: HttpRequest, view: seats.View) -> dict[str, Form]:
    """The forms that need more than what was posted: their choices, or the file."""
    act, names = request.POST.get("act", ""), shown.Names()
    if act not in ("invite", "answer", "paper", "silence"):
        return {}
    made = meeting_page.chosen(view, names)
    choices = made.get(act, {})
    if act == "paper":
        return {act: forms.PaperForm(request.POST, request.FILES, choices=choices)}
    kind = {"invite": forms.InviteForm, "answer": forms.AnswerForm, "silence": forms.SilenceForm}[act]
    return {act: kind(request.POST, choices=choices)}


@require_safe
@never_cache
def paper(request: HttpRequest, code: str, paper_id: UUID) -> HttpResponse:
    """A paper as a file, for those who may read it. It is offered to be kept, and never shown inside a page of the hub."""
    view = view_of(request, code)
    found = Paper.objects.filter(pk=paper_id, meeting=view.meeting, withdrawn_at=None).first()
    if found is None or not (found.public or view.belongs):
        raise Http404
    answer = HttpResponse(bytes(found.content), content_type=rules.MEDIA[found.form])
    answer["Content-Disposition"] = (
        f'attachment; filename="{code}-{slugify(found.title) or "paper"}-{found.tongue}.{found.form}"'
    )
    return answer


def view_of(request: HttpRequest, code: str) -> seats.View:
    """What the reader sees of the meeting; 404 when there is none, or none for them."""
    row = Meeting.objects.filter(code=code).first()
    if row is None:
        raise Http404
    view = seats.view_of(request.user, row)
    if not view.sees:
        raise Http404
    return view
