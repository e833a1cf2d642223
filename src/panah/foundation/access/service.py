"""Who may do what. Rooms declare permissions; views, REST and the action door ask here and nowhere else."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any

import rules
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from panah.foundation.access.models import BreakGlass, Officer, Token
from panah.foundation.clock import now

__all__ = [
    "allow", "breaking_glass", "has_role", "in_break_glass", "may", "officer_of", "open_to_other_states",
    "permission_names", "required", "serves_other_state",
]  # fmt: skip

View = Callable[..., HttpResponse]


def has_role(*roles: str) -> rules.predicates.Predicate:
    """A predicate: the officer holds one of the roles now."""
    wanted = frozenset(roles)

    @rules.predicate(name="has_role:" + ",".join(sorted(wanted)))
    def holds(officer: Officer) -> bool:
        return not wanted.isdisjoint(officer.roles)

    return holds


@rules.predicate
def in_break_glass(officer: Officer, obj: Any = None) -> bool:
    """A predicate: the officer has an open break-glass session, and the file is not closed."""
    if obj is not None and getattr(obj, "closed_at", None) is not None:
        return False
    return breaking_glass(officer) is not None


def breaking_glass(officer: Officer) -> BreakGlass | None:
    """The officer's open break-glass session, if there is one now."""
    moment = now()
    return BreakGlass.objects.filter(officer=officer, closed_at=None, opened_at__lte=moment, until__gt=moment).first()


_open_to_other_states: set[str] = set()


def allow(permission: str, when: rules.predicates.Predicate, *, other_state: bool = False) -> None:
    """Declare a permission; a name is declared once. Those who serve another state never hold it, whatever their roles, unless it
    says `other_state`."""
    rules.add_perm(permission, when)
    if other_state:
        _open_to_other_states.add(permission)


def open_to_other_states() -> frozenset[str]:
    """The permissions that somebody who serves another state may hold."""
    return frozenset(_open_to_other_states)


def serves_other_state(officer: Officer) -> bool:
    """The officer is a consular officer or named as serving another state: a firewall stands between them and every person."""
    return bool(officer.serves_state) or "consular_officer" in officer.roles


def permission_names() -> tuple[str, ...]:
    return tuple(sorted(rules.permissions.permissions))


def may(officer: Any, permission: str, obj: object = None) -> bool:
    """Whether the officer may. An undeclared permission is a mistake of ours and raises, rather than reading as yes or no."""
    if not rules.perm_exists(permission):
        raise LookupError(
            f"The permission {permission!r} is declared by no room. Declare it in the room's permissions.py."
        )
    if not isinstance(officer, Officer) or not officer.is_active:
        return False
    if permission not in _open_to_other_states and serves_other_state(officer):
        return False
    return bool(rules.has_perm(permission, officer, obj))


def token_digest(token: str) -> str:
    """What is kept of a token: its SHA-256. Tokens are long and random, so no slow hash is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_token() -> str:
    """A fresh token, to be shown once and never kept."""
    return "panah_" + secrets.token_urlsafe(32)


def officer_of_token(token: str) -> Officer | None:
    """The officer with whose rights the token acts now; None for one that is unknown, revoked or over, or of a closed account."""
    moment = now()
    row = (
        Token.objects.select_related("officer")
        .filter(digest=bytes.fromhex(token_digest(token)), revoked_at=None, until__gt=moment, officer__is_active=True)
        .first()
    )
    return row.officer if row else None


def officer_of(request: HttpRequest) -> Officer:
    """The officer who is signed in. For views that `required`, or a token, lets only officers into."""
    if not isinstance(request.user, Officer):
        raise TypeError("The view lets in people who are not signed in. Guard it with `required`.")
    return request.user


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page, which leads back. A part of a page that is asked for gets 401: no sign-in form belongs into it."""
    if "HX-Request" in request.headers:
        return HttpResponse(status=401)
    if request.method == "POST":
        messages.warning(request, _("You are not signed in any more. What you sent last was not recorded."))
    return redirect_to_login(request.get_full_path())


def required(permission: str) -> Callable[[View], View]:
    """A view for those who hold the permission. Others who are signed in find nothing there: 404, not 403."""

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            if not may(request.user, permission):
                raise Http404
            return view(request, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return wrap
