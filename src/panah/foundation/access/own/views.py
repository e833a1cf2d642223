"""One's own account: password, sessions, tokens. And the page of a link that works once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.password_validation import validate_password
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from panah.foundation.access.actions import hashed
from panah.foundation.access.models import Officer, Token, WayBack
from panah.foundation.access.own.actions import ChangeOwnPassword, EndOwnSessions, RevokeOwnToken, UseWayBack
from panah.foundation.access.own.sessions import fresh, handle_of, sessions_of
from panah.foundation.access.service import officer_of, token_digest
from panah.foundation.clock import now
from panah.foundation.door.service import NotFound, Refused, perform
from panah.foundation.factors.actions import ProveCode
from panah.foundation.factors.models import Factor
from panah.foundation.factors.service import codes_left, factors_of
from panah.web.action_form import ActionForm

MOST_WRONG = 5
_WRONG = "access.wrong_passwords"


class NewPassword(ActionForm):
    new = forms.CharField(
        label=gettext_lazy("New password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=gettext_lazy("The same again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, officer: Officer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.officer = officer

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("new") and said.get("again") and said["new"] != said["again"]:
            self.add_error("again", _("The two are not the same."))
        elif said.get("new"):
            try:
                validate_password(said["new"], self.officer)
            except forms.ValidationError as weak:
                self.add_error("new", weak)
        return said


def _gives_codes(officer: Officer) -> bool:
    """Whether the second factor can be asked as a code; who has a passkey alone proves it by signing in anew."""
    return officer.second_factor is not None and (
        factors_of(officer.pk, Factor.Kind.TOTP).exists() or codes_left(officer) > 0
    )


class PasswordForm(NewPassword):
    old = forms.CharField(
        label=gettext_lazy("The password that you have now"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    proof = forms.CharField(
        label=gettext_lazy("Code"),
        help_text=gettext_lazy("Six digits of the authenticator, or a recovery code."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}),
    )
    keep_tokens = forms.BooleanField(
        label=gettext_lazy("Programs go on with the tokens that they have"),
        help_text=gettext_lazy(
            "Leave it empty where somebody else may know the old password: then every token ends too."
        ),
        required=False,
    )
    field_order = ["old", "new", "again", "proof", "keep_tokens"]

    def __init__(self, officer: Officer, *args: Any, **kwargs: Any) -> None:
        super().__init__(officer, *args, **kwargs)
        if not Token.objects.filter(officer=officer, revoked_at=None, until__gt=now()).exists():
            del self.fields["keep_tokens"]
        if not _gives_codes(officer):
            del self.fields["proof"]


class SessionsForm(ActionForm):
    handles = forms.CharField(widget=forms.HiddenInput, max_length=20_000)

    def clean_handles(self) -> tuple[str, ...]:
        return tuple(self.cleaned_data["handles"].split())


class TokenForm(ActionForm):
    token = forms.UUIDField(widget=forms.HiddenInput)


@login_required
@never_cache
@sensitive_post_parameters("old", "new", "again", "proof")
def account(request: HttpRequest) -> HttpResponse:
    """What the officer sees and does of their own account."""
    officer = officer_of(request)
    form = PasswordForm(officer, auto_id="password_%s")
    if request.method == "POST":
        deed = request.POST.get("do", "")
        if deed == "password":
            form = PasswordForm(officer, request.POST, auto_id="password_%s")
            answer = _change(request, officer, form)
            if answer is not None:
                return answer
        elif deed in {"sessions", "token"}:
            return _end(request, officer, deed)
        else:
            raise Http404
    return render(request, "access/account.html", _shown(request, officer, form), status=422 if form.errors else 200)


def _change(request: HttpRequest, officer: Officer, form: PasswordForm) -> HttpResponse | None:
    """Where to go after it; None where the form is to be shown again."""
    if not form.is_valid():
        return None
    said, made = form.said(), form.made(officer)
    try:
        if not officer.check_password(said["old"]):
            raise Refused(_("This is not the password that you have now."), field="old")
        if officer.second_factor is not None and "proof" not in said and not fresh(request.session, now()):
            raise Refused(_("Sign out and in again with your passkey; then change the password within ten minutes."))
        if "proof" in said:
            asked = ProveCode(by=officer.pk, place=officer.post, happened_at=now(), said=said["proof"])
            if not perform(asked).result["right"]:
                raise Refused(
                    _("This does not prove it. Take the code that the authenticator shows now; each works once."),
                    field="proof",
                )
        keep = said.get("keep_tokens", False)
        perform(ChangeOwnPassword(**made, old=said["old"], password_hash=hashed(said["new"]), keep_tokens=keep))
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return _too_many(request) if refusal.field == "old" else None
    request.session.pop(_WRONG, None)
    officer.refresh_from_db()
    update_session_auth_hash(request, officer)
    messages.success(request, _("The password is changed. All other sessions have ended."))
    return redirect("account")


def _too_many(request: HttpRequest) -> HttpResponse | None:
    """Who guesses at an open screen is signed out; signing in counts its own wrong tries."""
    request.session[_WRONG] = request.session.get(_WRONG, 0) + 1
    if request.session[_WRONG] < MOST_WRONG:
        return None
    logout(request)
    messages.error(request, _("Too many wrong passwords. Sign in again."))
    return redirect("login")


def _end(request: HttpRequest, officer: Officer, deed: str) -> HttpResponse:
    form: ActionForm = SessionsForm(request.POST) if deed == "sessions" else TokenForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("This page was opened too long ago. Open it anew and send it again."))
        return redirect("account")
    kind = EndOwnSessions if deed == "sessions" else RevokeOwnToken
    try:
        perform(kind(**form.made(officer), **form.said()))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Done, and on record."))
    return redirect("account")


def _shown(request: HttpRequest, officer: Officer, form: PasswordForm) -> dict[str, Any]:
    open_ = sessions_of(officer, now())
    here = request.session.session_key or ""
    others = [handle_of(one.key) for one in open_ if one.key != here]
    return {
        "form": form,
        "sessions": [
            (one, one.key == here, SessionsForm(initial={"handles": handle_of(one.key)}, auto_id=False))
            for one in open_
        ],
        "all_others": SessionsForm(initial={"handles": " ".join(others)}, auto_id=False) if len(others) > 1 else None,
        "tokens": [
            (one, TokenForm(initial={"token": one.pk}, auto_id=False))
            for one in officer.tokens.filter(revoked_at=None, until__gt=now()).order_by("-issued_at")
        ],
    }


@never_cache
@sensitive_post_parameters("new", "again")
def way_back(request: HttpRequest, link: str) -> HttpResponse:
    """A new password by a link that works once. A link that is unknown, used or over is not found."""
    digest = token_digest(link)
    row = WayBack.objects.select_related("officer").filter(digest=bytes.fromhex(digest)).first()
    if row is None or not row.works_at(now()) or not row.officer.is_active:
        raise Http404
    form = NewPassword(row.officer, request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.said()
        try:
            perform(
                UseWayBack(
                    id=form.cleaned_data["id"],
                    by=None,
                    happened_at=now(),
                    link_digest=digest,
                    password_hash=hashed(said["new"]),
                )
            )
        except NotFound as gone:
            raise Http404 from gone
        messages.success(request, _("The password is set. Sign in with it."))
        return redirect("login")
    answer = render(request, "access/way_back.html", {"form": form}, status=422 if form.errors else 200)
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
