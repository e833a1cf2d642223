"""An officer's own second factors: adding, removing, recovery codes."""

from __future__ import annotations

import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from panah.foundation.access.models import Officer
from panah.foundation.access.service import officer_of
from panah.foundation.clock import now
from panah.foundation.door.service import Receipt, Refused, perform
from panah.foundation.factors import codes, passkeys
from panah.foundation.factors.actions import AddPasskey, AddTotp, MakeRecoveryCodes, RemoveFactor
from panah.foundation.factors.forms import AppForm, PasskeyForm, RemoveForm
from panah.foundation.factors.middleware import PROVEN
from panah.foundation.factors.models import Factor
from panah.foundation.factors.service import codes_left, factors_of, is_required, opened, recovery_key, sealed_text

_SECRET = "factors.secret"  # noqa: S105 - the name of a place in the session, whose content is sealed
_STATE = "factors.state"


@login_required
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    """The officer's factors, and how to add or remove one."""
    officer = officer_of(request)
    form = RemoveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            perform(
                RemoveFactor(by=officer.pk, place=officer.post, happened_at=now(), factor=form.cleaned_data["factor"])
            )
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            _remember(request, officer)
            messages.success(request, _("The second factor is removed."))
        return redirect("second_factor")
    context = {
        "factors": factors_of(officer.pk),
        "codes_left": codes_left(officer),
        "must": is_required() and officer.second_factor is None,
    }
    return render(request, "factors/mine.html", context)


@login_required
@never_cache
def app(request: HttpRequest) -> HttpResponse:
    """Take an authenticator into use: scan or type the secret, then give the first code."""
    officer, form = officer_of(request), AppForm(request.POST or None)
    sealed = request.session.get(_SECRET, "")
    if request.method != "POST" or not sealed:
        sealed = request.session[_SECRET] = sealed_text(officer.pk, codes.new_secret())
    elif form.is_valid():
        try:
            receipt = perform(
                AddTotp(by=officer.pk, place=officer.post, happened_at=now(), sealed_secret=sealed, **form.cleaned_data)
            )
        except Refused as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            del request.session[_SECRET]
            return _added(request, officer, receipt)
    secret = opened(officer.pk, sealed)
    letters = codes.in_letters(secret)
    context = {
        "form": form,
        "letters": " ".join(letters[at : at + 4] for at in range(0, len(letters), 4)),
        "square": segno.make(codes.address(secret, officer.username, str(settings.PANAH_INSTALLATION))).svg_data_uri(
            scale=5
        ),
    }
    return render(request, "factors/app.html", context, status=422 if form.errors else 200)


@login_required
@never_cache
def passkey(request: HttpRequest) -> HttpResponse:
    """Take a passkey into use. The browser makes it; without scripts the page says to use an authenticator."""
    officer, form = officer_of(request), PasskeyForm(request.POST or None)
    state = request.session.pop(_STATE, None)
    if request.method == "POST" and form.is_valid() and state:
        said = form.cleaned_data
        try:
            receipt = perform(
                AddPasskey(
                    by=officer.pk, place=officer.post, happened_at=now(), host=host_of(request), state=state, **said
                )
            )
            return _added(request, officer, receipt)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    known = [opened(officer.pk, one.sealed) for one in factors_of(officer.pk, Factor.Kind.PASSKEY)]
    options, request.session[_STATE] = passkeys.enrolment(
        host_of(request), officer.pk.bytes, officer.username, officer.display_name, known
    )
    context = {"form": form, "options": options}
    return render(request, "factors/passkey.html", context, status=422 if form.errors else 200)


@login_required
@never_cache
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Make new recovery codes and show them once."""
    officer = officer_of(request)
    fresh: tuple[str, ...] = ()
    if request.method == "POST":
        fresh = codes.new_recovery_codes()
        digests = tuple(codes.digest(one, recovery_key()).hex() for one in fresh)
        perform(MakeRecoveryCodes(by=officer.pk, place=officer.post, happened_at=now(), digests=digests))
    context = {"fresh": fresh, "left": codes_left(officer), "may": officer.second_factor is not None}
    return render(request, "factors/recovery_codes.html", context)


def host_of(request: HttpRequest) -> str:
    """The name to which passkeys are bound: the host without its port."""
    return request.get_host().partition(":")[0]


def _added(request: HttpRequest, officer: Officer, receipt: Receipt) -> HttpResponse:
    _remember(request, officer)
    messages.success(request, _("The second factor is in use. Now make recovery codes and keep them on paper."))
    return redirect("recovery_codes")


def _remember(request: HttpRequest, officer: Officer) -> None:
    """This session proved what stands now; all others of the officer must sign in again."""
    officer.refresh_from_db(fields=["second_factor"])
    request.session.cycle_key()
    request.session[PROVEN] = str(officer.second_factor or "")
