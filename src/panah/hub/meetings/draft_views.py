"""The text of a meeting: clean, marked up, one paragraph with everything said of it, and the statement as a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from panah.hub.meetings import draft_page, drafting_acts, forms, paper, rules, seats, shown, word_files
from panah.hub.meetings import statement as values
from panah.hub.meetings.meeting_views import view_of
from panah.hub.meetings.models import Paragraph, Proposal
from panah.web import deeds
from panah.web.deeds import Deed
from panah.web.parts import Link

ON_THE_WHOLE: Mapping[str, Deed] = {
    "add": Deed(forms.ParagraphForm, drafting_acts.AddParagraph, makes=("paragraph",)),
    "insert": Deed(forms.FirstParagraphForm, drafting_acts.Propose, makes=("proposal",)),
    "move": Deed(forms.MoveForm, drafting_acts.MoveParagraph, names=("paragraph",)),
    "withdraw": Deed(forms.Nothing, drafting_acts.WithdrawProposal, names=("proposal",)),
    "decline": Deed(forms.ReasonForm, drafting_acts.Decline, names=("proposal",)),
    "merge": Deed(forms.TextForm, drafting_acts.Merge, makes=("made",), names=("proposal",)),
}
ON_A_PARAGRAPH: Mapping[str, Deed] = {
    "revise": Deed(forms.ReviseForm, drafting_acts.Revise),
    "drop": Deed(forms.ReasonForm, drafting_acts.DropParagraph),
    "reopen": Deed(forms.ReasonForm, drafting_acts.Reopen),
    "agree": Deed(forms.AgreeForm, drafting_acts.Agree),
    "propose": Deed(forms.ProposeForm, drafting_acts.Propose, makes=("proposal",)),
    "withdraw": Deed(forms.Nothing, drafting_acts.WithdrawProposal, names=("proposal",)),
    "decline": Deed(forms.ReasonForm, drafting_acts.Decline, names=("proposal",)),
    "merge": Deed(forms.MergeForm, drafting_acts.Merge, makes=("made",), names=("proposal",)),
    "remark": Deed(forms.RemarkForm, drafting_acts.AddRemark, makes=("said",)),
    "stand": Deed(forms.StandForm, drafting_acts.TakeStand, makes=("stand",)),
    "lift": Deed(forms.Nothing, drafting_acts.LiftStand, names=("stand",)),
}
_ON_PROPOSALS = ("remark", "stand")


@never_cache
def draft(request: HttpRequest, code: str) -> HttpResponse:
    """The clean text, paragraph by paragraph, with where each stands."""
    view = _of_draft(request, code)
    wrong: dict[str, Form] = {}
    if request.method == "POST":
        act = request.POST.get("act", "")
        filled: dict[str, Form] = {}
        if act == "add":
            filled["add"] = forms.ParagraphForm(request.POST, choices={"after": draft_page.places(view.meeting)})
        form = deeds.act(request, ON_THE_WHOLE, {"meeting": view.meeting.pk}, filled)
        if form is None:
            return redirect("meeting_draft", code=code)
        wrong[act] = form
    context = _frame(view, _("Draft")) | draft_page.whole(view) | {"wrong": wrong, **deeds.ids()}
    context["forms"] = draft_page.forms_of_whole(view) | wrong
    return render(request, "meetings/draft.html", context)


@require_safe
@never_cache
def marked(request: HttpRequest, code: str) -> HttpResponse:
    """The text with all changes marked, in one language."""
    view = _of_draft(request, code)
    language = request.GET.get("language", "") or ("ru" if (get_language() or "").startswith("ru") else "en")
    if language not in values.TONGUES:
        raise Http404
    made = values.marked(view.meeting, language, get_language() or "")
    context = _frame(view, _("Draft with the changes marked"), Link(_("Draft"), reverse("meeting_draft", args=[code])))
    context |= {
        "made": made,
        "names": shown.Names(),
        "language": language,
        "tongues": [("en", "English"), ("ru", "Русский")],
    }
    return render(request, "meetings/marked.html", context)


@never_cache
def paragraph(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One paragraph: the text, who supports and who reserves, the proposals with their discussion, and the whole history."""
    view = _of_draft(request, code)
    row = Paragraph.objects.select_related("meeting").filter(meeting=view.meeting, number=number).first()
    if row is None:
        raise Http404
    wrong: dict[str, Form] = {}
    if request.method == "POST":
        act = request.POST.get("act", "")
        known: dict[str, Any] = {"meeting": view.meeting.pk} | _about(request, row, act)
        form = deeds.act(request, ON_A_PARAGRAPH, known, {})
        if form is None:
            return redirect("meeting_paragraph", code=code, number=number)
        wrong[f"{act}-{known['proposal']}" if known.get("proposal") else act] = form
    title = _("Paragraph %(number)s") % {"number": row.number}
    context = _frame(view, title, Link(_("Draft"), reverse("meeting_draft", args=[code])))
    context |= draft_page.one(view, row, wrong) | {"wrong": wrong, **deeds.ids()}
    return render(request, "meetings/paragraph.html", context)


def _about(request: HttpRequest, row: Paragraph, act: str) -> dict[str, Any]:
    """What the act is on: a comment or a stand on a proposal where one is named, else on the paragraph."""
    if act in (*_ON_PROPOSALS, "withdraw", "decline", "merge") and request.POST.get("proposal"):
        try:
            wanted = UUID(request.POST["proposal"])
        except ValueError as error:
            raise Http404 from error
        if not Proposal.objects.filter(pk=wanted, paragraph=row).exists():
            raise Http404
        return {"proposal": wanted}
    return {"paragraph": row.pk}


@require_safe
@never_cache
def statement(request: HttpRequest, code: str, language: str, form: str) -> HttpResponse:
    """The chair's statement from the agreed paragraphs. A draft of it is for those who see the text; made public, it is for everybody."""
    view = view_of(request, code)
    if view.meeting.from_record or language not in values.TONGUES or form not in ("pdf", "docx"):
        raise Http404
    if not view.sees_draft and not (view.meeting.statement_at and view.meeting.public):
        raise Http404
    made = values.statement(view.meeting, language)
    content = paper.statement_paper(made) if form == "pdf" else word_files.statement_file(made)
    return _file(content, form, f"{code}-statement-{language}")


@require_safe
@never_cache
def marked_download(request: HttpRequest, code: str, language: str, form: str) -> HttpResponse:
    """The marked-up draft as DOCX with tracked changes, or as PDF."""
    view = _of_draft(request, code)
    if language not in values.TONGUES or form not in ("pdf", "docx"):
        raise Http404
    made = values.marked(view.meeting, language)
    content = paper.marked_paper(made) if form == "pdf" else word_files.marked_file(made)
    return _file(content, form, f"{code}-draft-{language}")


def _file(content: bytes, form: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=rules.MEDIA[form])
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return answer


def _of_draft(request: HttpRequest, code: str) -> seats.View:
    view = view_of(request, code)
    if view.meeting.from_record or not view.sees_draft:
        raise Http404
    return view


def _frame(view: seats.View, title: str, *before: Link) -> dict[str, Any]:
    row = view.meeting
    meeting = Link(shown.title_of(row), reverse("meeting", args=[row.code]))
    return {
        "row": row,
        "view": view,
        "title": title,
        "meeting_title": shown.title_of(row),
        "way": [Link(_("Meetings"), reverse("meetings")), meeting, *before],
    }
