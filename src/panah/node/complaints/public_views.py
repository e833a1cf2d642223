"""The pages of the complainer: no sign-in, no scripts, no cookie, no address kept. The code in a form is all that opens a mailbox.

There is no session to ride on, so the CSRF cookie, which would mark the browser, is not asked for; what another site
sends through a visitor's browser is refused by what browsers say of it themselves.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from panah.foundation.clock import now
from panah.foundation.door.service import IdUsed, NotFound, Refused
from panah.foundation.languages import LANGUAGES, of_tag
from panah.node.complaints import bucket, rules, service, shown, terms, tickets
from panah.node.complaints.models import Complaint
from panah.node.complaints.public_forms import CodeForm, ComplaintForm
from panah.node.complaints.texts import Texts, of_reader
from panah.web import reading


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def complain(request: HttpRequest) -> HttpResponse:
    """The form, and after sending it number and code, shown once."""
    texts, moment = _texts(request), now()
    if request.method != "POST":
        form = ComplaintForm(texts, initial={"ticket": tickets.new(moment).sealed()})
        return _shown(request, texts, "complaints/complain.html", {"form": form, "wrong": ""})
    form = ComplaintForm(texts, request.POST)
    ticket = tickets.opened(request.POST.get("ticket", ""), moment)
    wrong, status = _problem(request, form, ticket, texts, moment)
    if wrong or ticket is None:
        if ticket is None:
            form = _with_new_ticket(request, texts, moment)
        return _shown(request, texts, "complaints/complain.html", {"form": form, "wrong": wrong}, status)
    lodged = {name: value for name, value in form.cleaned_data.items() if name != "ticket"}
    try:
        receipt = service.lodge_public(ticket, lodged | {"language": texts.language.tag})
    except (IdUsed, Refused):
        # Sent before with other words: what changed is sent anew, as a complaint of its own.
        form, wrong = _with_new_ticket(request, texts, moment), texts.marked("complain.wrong.old")
        return _shown(request, texts, "complaints/complain.html", {"form": form, "wrong": wrong}, 409)
    bucket.add(moment)
    row = Complaint.objects.get(pk=receipt.result["complaint"])
    context = {"number": ticket.number, "code": ticket.code, "due": shown.due_said(row, texts)}
    return _shown(request, texts, "complaints/received.html", context)


def _with_new_ticket(request: HttpRequest, texts: Texts, moment: datetime) -> ComplaintForm:
    posted = request.POST.copy()
    posted["ticket"] = tickets.new(moment).sealed()
    return ComplaintForm(texts, posted)


def _problem(
    request: HttpRequest, form: ComplaintForm, ticket: tickets.Ticket | None, texts: Texts, moment: datetime
) -> tuple[str, int]:
    """Why it cannot be taken now, with the status; empty when it can. What was typed stays in the form."""
    if ticket is None or request.headers.get("Sec-Fetch-Site") == "cross-site":
        return texts.marked("complain.wrong.old"), 422
    if not form.is_valid():
        return texts.marked("complain.wrong.whole"), 422
    wait = bucket.wait_left(ticket.opened_at, moment)
    if wait is None or service.lodged_on(terms.day_of(moment)) >= rules.MOST_A_DAY:
        return texts.marked("complain.wrong.full"), 429
    if wait:
        return texts.marked("complain.wrong.wait", seconds=int(wait.total_seconds()) + 1), 429
    return "", 200


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """Where a complaint stands and its mailbox, for who holds number and code. Both travel in the form, never in an address."""
    texts = _texts(request)
    if request.method != "POST":
        return _shown(request, texts, "complaints/follow.html", {"form": CodeForm(texts), "wrong": ""})
    number, code = request.POST.get("number", "")[:20], request.POST.get("code", "")[:40]
    row = service.of_code(number, code)
    if row is None:
        form = CodeForm(texts, initial={"number": number})
        wrong = texts.marked("complain.follow.wrong")
        return _shown(request, texts, "complaints/follow.html", {"form": form, "wrong": wrong}, 422)
    said, status = _added(request, number, code, texts) if "act" in request.POST else ("", 200)
    row.refresh_from_db()
    context = {
        "row": row,
        "number": row.number,
        "code": code,
        "said": said,
        "state": texts.marked(f"complain.state.{row.state}"),
        "finding": texts.marked(f"complain.finding.{row.finding}") if row.finding else "",
        "due": shown.due_said(row, texts),
        "messages_": [(one, reading.gregorian_day(one.on, texts.language.tag)) for one in service.mailbox(row)],
        "open": row.state in rules.OPEN,
        "action": uuid4(),
    }
    return _shown(request, texts, "complaints/mailbox.html", context, status)


def _added(request: HttpRequest, number: str, code: str, texts: Texts) -> tuple[str, int]:
    """What was sent into the mailbox is kept; the sentence for who sent it."""
    text = request.POST.get("text", "").strip()[: rules.LONGEST_TEXT]
    try:
        action = UUID(request.POST.get("action", ""))
        if request.POST["act"] == "withdraw":
            service.withdraw(action, number, code, text, now())
            return texts.marked("complain.withdraw.asked"), 200
        if not text or request.headers.get("Sec-Fetch-Site") == "cross-site":
            return texts.marked("complain.wrong.whole"), 422
        service.add_word(action, number, code, text, now())
    except (IdUsed, Refused, NotFound):
        return texts.marked("complain.add.full"), 409
    except ValueError:
        return texts.marked("complain.wrong.whole"), 422
    return texts.marked("complain.add.kept"), 200


def _texts(request: HttpRequest) -> Texts:
    """The language that the address or the form asks for; else the reader's browser's first that we have; English else."""
    asked = request.POST.get("language", "") or request.GET.get("language", "")
    if of_tag(asked):
        return of_reader(asked)
    wishes = [wish.partition(";")[0].strip() for wish in request.headers.get("Accept-Language", "").split(",")]
    return of_reader(next((wish for wish in wishes if of_tag(wish)), "en"))


def _shown(
    request: HttpRequest, texts: Texts, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    context |= {"texts": texts, "languages": LANGUAGES}
    answer = render(request, template, context, status=status)
    answer.headers["Content-Language"] = texts.language.tag
    answer.headers["Content-Security-Policy"] = (
        "default-src 'self'; script-src 'none'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    )
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
