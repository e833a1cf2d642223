"""Signing in: the password, and then the second factor of those who have one. Nobody is signed in between the two."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, cast

from django.contrib.auth import login
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from panah.foundation.access.models import Officer, officer_or_none
from panah.foundation.clock import now
from panah.foundation.door.service import Action, Refused, perform
from panah.foundation.factors import passkeys
from panah.foundation.factors.actions import ProveCode, ProvePasskey
from panah.foundation.factors.forms import AnswerForm, CodeForm
from panah.foundation.factors.middleware import PROVEN
from panah.foundation.factors.models import Factor
from panah.foundation.factors.service import factors_of, opened
from panah.foundation.factors.views import host_of

LONGEST_WAIT = timedelta(minutes=10)
_WAITING = "factors.waiting"
_STATE = "factors.question"
_BACKEND = "panah.foundation.access.backend.OfficerBackend"


class SignIn(LoginView):
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponseRedirect:
        officer = cast(Officer, form.get_user())
        if officer.second_factor is None:
            return cast(HttpResponseRedirect, super().form_valid(form))
        self.request.session.cycle_key()
        self.request.session[_WAITING] = {
            "officer": str(officer.pk),
            "password": officer.password[-16:],
            "since": now().isoformat(),
            "next": self.get_success_url(),
        }
        return HttpResponseRedirect(redirect("sign_in_second").url)


@never_cache
def second(request: HttpRequest) -> HttpResponse:
    """Asked after the right password: a code or a passkey."""
    waiting: dict[str, str] = request.session.get(_WAITING, {})
    officer = _waiting_officer(waiting)
    if officer is None:
        request.session.pop(_WAITING, None)
        return redirect("login")
    state = request.session.pop(_STATE, None)
    by_passkey = "answer" in request.POST
    code = CodeForm(request.POST if request.method == "POST" and not by_passkey else None)
    answer = AnswerForm(request.POST if by_passkey else None)
    form: CodeForm | AnswerForm = answer if by_passkey else code
    if request.method == "POST" and form.is_valid():
        common: dict[str, Any] = {"by": officer.pk, "place": officer.post, "happened_at": now()}
        act: Action = (
            ProvePasskey(**common, host=host_of(request), state=state or {}, answer=form.cleaned_data["answer"])
            if by_passkey
            else ProveCode(**common, said=form.cleaned_data["said"])
        )
        problem = _problem(act)
        if not problem:
            return _signed_in(request, officer, waiting["next"])
        form.add_error(None, problem)
    known = [opened(officer.pk, one.sealed) for one in factors_of(officer.pk, Factor.Kind.PASSKEY)]
    options = None
    if known:
        options, request.session[_STATE] = passkeys.question(host_of(request), known)
    context = {"code": code, "answer": answer, "options": options}
    return render(request, "factors/second.html", context, status=422 if form.errors else 200)


def _waiting_officer(waiting: dict[str, str]) -> Officer | None:
    """Who gave the right password a moment ago and has not changed it since."""
    if not waiting or now() - datetime.fromisoformat(waiting["since"]) > LONGEST_WAIT:
        return None
    officer = officer_or_none(cast(Any, waiting["officer"]))
    if officer is None or officer.second_factor is None or officer.password[-16:] != waiting["password"]:
        return None
    return officer


def _problem(act: Action) -> str:
    """Why the proof does not count; empty when it does."""
    try:
        right = perform(act).result["right"]
    except Refused as refusal:
        return str(refusal)
    return (
        "" if right else _("This does not prove it. Take the code that the authenticator shows now; each works once.")
    )


def _signed_in(request: HttpRequest, officer: Officer, onward: str) -> HttpResponse:
    del request.session[_WAITING]
    login(request, officer, backend=_BACKEND)
    request.session[PROVEN] = str(officer.second_factor)
    return redirect(onward)
