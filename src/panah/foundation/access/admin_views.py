"""The administrator's pages: who has an account, with which roles, and what can be done about it. No file of a person is reached from here."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from panah.foundation.access import admin_forms as forms
from panah.foundation.access.actions import (
    AddOfficer,
    ChangeOfficer,
    CloseOfficer,
    GrantRole,
    IssueToken,
    RevokeToken,
    SetPassword,
    WithdrawRole,
    hashed,
)
from panah.foundation.access.models import Officer
from panah.foundation.access.own.actions import MakeWayBack, ReopenOfficer
from panah.foundation.access.roles import INCOMPATIBLE, title_of
from panah.foundation.access.service import new_token, officer_of, required, token_digest
from panah.foundation.clock import now
from panah.foundation.door.service import Refused, perform
from panah.foundation.factors.actions import ResetFactors
from panah.foundation.factors.service import factors_of
from panah.web.action_form import ActionForm
from panah.web.parts import Column, Link, Table


@required("access.administer")
def officers(request: HttpRequest) -> HttpResponse:
    """All accounts, by name; `q` looks in names and user names."""
    wanted = request.GET.get("q", "").strip()[:120]
    rows = Officer.objects.prefetch_related("grants").order_by("-is_active", "display_name", "id")
    if wanted:
        rows = rows.filter(Q(display_name__icontains=wanted) | Q(username__icontains=wanted))
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    return render(request, "access/officers.html", {"table": _table(list(page)), "page": page, "wanted": wanted})


def _table(rows: list[Officer]) -> Table:
    return Table(
        caption=_("Accounts"),
        columns=[
            Column(_("Name"), heading=True),
            Column(_("User name")),
            Column(_("Roles")),
            Column(_("Body")),
            Column(_("Post")),
            Column(_("Second factor")),
            Column(_("Account")),
        ],
        rows=[
            [
                Link(row.display_name, reverse("officer", args=[row.pk])),
                row.username,
                ", ".join(title_of(grant.role) for grant in row.grants.all() if grant.withdrawn_at is None),
                row.body,
                row.post,
                _("yes") if row.second_factor else _("no"),
                _("open") if row.is_active else _("closed"),
            ]
            for row in rows
        ],
        empty=_("No account is like this. Look for another name, or open one."),
    )


@required("access.administer")
def officer_new(request: HttpRequest) -> HttpResponse:
    """Open an account."""
    form = forms.OpenAccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.said()
        password = said.pop("password")
        made = form.made(officer_of(request))
        try:
            # The id of the account is that of the act, so that the form sent twice opens one account.
            perform(AddOfficer(**made, officer=made["id"], password_hash=hashed(password), **said))
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("The account is open. Tell the officer the first password."))
            return redirect("officer", officer_id=made["id"])
    context = {"form": form, "incompatible": incompatible()}
    return render(request, "access/officer_new.html", context, status=422 if form.errors else 200)


Doing = Callable[[Any, dict[str, Any], dict[str, Any]], Any]

_DEEDS: dict[str, tuple[type[ActionForm], Doing]] = {
    "about": (forms.AboutForm, lambda who, made, said: ChangeOfficer(**made, officer=who, **said)),
    "grant": (forms.RoleForm, lambda who, made, said: GrantRole(**made, officer=who, **said)),
    "withdraw": (forms.RoleForm, lambda who, made, said: WithdrawRole(**made, officer=who, **said)),
    "password": (
        forms.PasswordForm,
        lambda who, made, said: SetPassword(**made, officer=who, password_hash=hashed(said["password"])),
    ),
    "factors": (forms.ReasonForm, lambda who, made, said: ResetFactors(**made, officer=who, **said)),
    "reopen": (forms.ReasonForm, lambda who, made, said: ReopenOfficer(**made, officer=who, **said)),
    "close": (forms.ReasonForm, lambda who, made, said: CloseOfficer(**made, officer=who, **said)),
    "revoke": (forms.RevokeForm, lambda who, made, said: RevokeToken(**made, **said)),
}


@required("access.administer")
@never_cache
def officer(request: HttpRequest, officer_id: UUID) -> HttpResponse:
    """One account, and everything that an administrator may do with it."""
    found = Officer.objects.filter(pk=officer_id).first()
    if found is None:
        raise Http404
    failed: dict[str, ActionForm] = {}
    fresh = link = ""
    if request.method == "POST":
        deed = request.POST.get("do", "")
        if deed == "token":
            failed["token"], fresh = _token(request, found)
        elif deed == "way_back":
            failed["way_back"], link = _way_back(request, found)
        elif deed in _DEEDS:
            form = _do(request, found, deed)
            if form is None:
                return redirect("officer", officer_id=officer_id)
            failed[deed] = form
        else:
            raise Http404
    wrong = any(form.errors for form in failed.values())
    return render(
        request, "access/officer.html", _shown(found, failed, fresh) | {"link": link}, status=422 if wrong else 200
    )


def _do(request: HttpRequest, found: Officer, deed: str) -> ActionForm | None:
    """The form that could not be done, with its errors; None when it was done."""
    kind, action = _DEEDS[deed]
    form = kind(request.POST)
    if not form.is_valid():
        return form
    try:
        perform(action(found.pk, form.made(officer_of(request)), form.said()))
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return form
    messages.success(request, _("Done, and on record."))
    return None


def _token(request: HttpRequest, found: Officer) -> tuple[ActionForm, str]:
    """A new token, shown this one time; or the form with its errors."""
    form, fresh = forms.TokenForm(request.POST), new_token()
    if not form.is_valid():
        return form, ""
    try:
        made = form.made(officer_of(request)) | {"happened_at": now()}
        perform(IssueToken(**made, officer=found.pk, token_digest=token_digest(fresh), **form.said()))
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return form, ""
    return forms.TokenForm(auto_id="token_%s"), fresh


def _way_back(request: HttpRequest, found: Officer) -> tuple[ActionForm, str]:
    """A link that works once, shown this one time; or the form with its errors."""
    form, fresh = ActionForm(request.POST), secrets.token_urlsafe(32)
    if not form.is_valid():
        return form, ""
    try:
        perform(MakeWayBack(**form.made(officer_of(request)), officer=found.pk, link_digest=token_digest(fresh)))
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return form, ""
    return ActionForm(auto_id="way_back_%s"), request.build_absolute_uri(reverse("way_back", args=[fresh]))


def _shown(found: Officer, failed: dict[str, ActionForm], fresh: str) -> dict[str, Any]:
    about = {
        name: getattr(found, name) for name in ("display_name", "email", "language", "body", "post", "serves_state")
    }
    made: dict[str, ActionForm] = {
        "about": forms.AboutForm(initial=about, auto_id="about_%s"),
        "grant": forms.RoleForm(auto_id="grant_%s"),
        "password": forms.PasswordForm(auto_id="password_%s"),
        "factors": forms.ReasonForm(auto_id="factors_%s"),
        "close": forms.ReasonForm(auto_id="close_%s"),
        "reopen": forms.ReasonForm(auto_id="reopen_%s"),
        "way_back": ActionForm(auto_id="way_back_%s"),
        "token": forms.TokenForm(auto_id="token_%s"),
    }
    return {
        "found": found,
        "forms": made | failed,
        "withdraw": [
            (role, title_of(role), forms.RoleForm(initial={"role": role}, auto_id=False))
            for role in sorted(found.roles)
        ],
        "factors": factors_of(found.pk),
        "tokens": [
            (token, forms.RevokeForm(initial={"token": token.pk}, auto_id=False))
            for token in found.tokens.filter(revoked_at=None, until__gt=now()).order_by("-issued_at")
        ],
        "fresh": fresh,
        "incompatible": incompatible(),
    }


def incompatible() -> Table:
    """Which roles do not go together, and why."""
    return Table(
        caption=_("Roles that do not go together"),
        columns=[Column(_("Role"), heading=True), Column(_("Not beside")), Column(_("Why"))],
        rows=[
            [
                title_of(line.role),
                _("any other role")
                if line.role == "consular_officer"
                else ", ".join(map(title_of, sorted(line.others))),
                line.reason,
            ]
            for line in INCOMPATIBLE
        ],
        empty="",
    )
