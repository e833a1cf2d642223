"""An officer's own account, and the way back into one: part of this room's only writers."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, ClassVar
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.utils.translation import gettext as _
from pydantic import Field, SecretStr, StringConstraints

from panah.foundation.access.actions import revoke_tokens, void_links
from panah.foundation.access.models import Officer, Token, WayBack
from panah.foundation.access.own.sessions import handle_of, sessions_of
from panah.foundation.door.service import Action, Digest, Moment, NotFound, Outcome, Refused, handles
from panah.foundation.factors.actions import take_off
from panah.foundation.notices.service import Word

WAY_BACK_HOLDS = timedelta(hours=24)
Reason = Annotated[str, StringConstraints(min_length=10, max_length=500)]


class ChangeOwnPassword(Action):
    """Change one's own password: other sessions end, and the tokens of programs unless `keep_tokens` says that they go on. The old one
    is compared and stands in no record, not even as a part of the receipt's hash; `password_hash` is made by `hashed`."""

    code: ClassVar[str] = "access.change_own_password"
    needs: ClassVar[str] = "access.own"
    open_fields: ClassVar[frozenset[str]] = frozenset({"keep_tokens"})

    old: SecretStr
    password_hash: str = Field(repr=False)
    keep_tokens: bool = False


class EndOwnSessions(Action):
    """End sessions of one's own, by their handles."""

    code: ClassVar[str] = "access.end_own_sessions"
    needs: ClassVar[str] = "access.own"

    handles: Annotated[tuple[str, ...], Field(min_length=1, max_length=200)]


class RevokeOwnToken(Action):
    code: ClassVar[str] = "access.revoke_own_token"
    needs: ClassVar[str] = "access.own"
    open_fields: ClassVar[frozenset[str]] = frozenset({"token"})

    token: UUID


class ReopenOfficer(Action):
    """Open a closed account again, without its old password and second factors. The past stays on record."""

    code: ClassVar[str] = "access.reopen_officer"
    needs: ClassVar[str] = "access.administer"
    open_fields: ClassVar[frozenset[str]] = frozenset({"officer"})

    officer: UUID
    reason: Reason


class MakeWayBack(Action):
    """A link that works once, for an officer who forgot the password. `link_digest` is made by `service.token_digest`."""

    code: ClassVar[str] = "access.make_way_back"
    needs: ClassVar[str] = "access.administer"
    open_fields: ClassVar[frozenset[str]] = frozenset({"officer"})

    officer: UUID
    link_digest: Digest = Field(repr=False)


class UseWayBack(Action):
    """Set a new password by a link; sessions and tokens of the account end. Nobody is signed in by it: the sign-in asks the second factor
    as always."""

    code: ClassVar[str] = "access.use_way_back"
    needs: ClassVar[str] = "access.own"
    by_installation: ClassVar[bool] = True

    link_digest: Digest = Field(repr=False)
    password_hash: str = Field(repr=False)


@handles(ChangeOwnPassword)
def change_own_password(action: ChangeOwnPassword, moment: Moment) -> Outcome:
    officer = _self(moment)
    if not officer.check_password(action.old.get_secret_value()):
        raise Refused(_("This is not the password that you have now."), code="wrong_password", field="old")
    _set(officer, action.password_hash, moment)
    revoked = 0 if action.keep_tokens else revoke_tokens(officer, moment)
    return Outcome(facts={"tokens_revoked": revoked}, notices=(Word("access.password_changed", officer=officer.pk),))


@handles(EndOwnSessions)
def end_own_sessions(action: EndOwnSessions, moment: Moment) -> Outcome:
    officer = _self(moment)
    keys = [one.key for one in sessions_of(officer, moment.recorded_at) if handle_of(one.key) in action.handles]
    if not keys:
        raise Refused(_("These sessions have ended already."), code="none_open")
    Session.objects.filter(pk__in=keys).delete()
    return Outcome(facts={"ended": len(keys)})


@handles(RevokeOwnToken)
def revoke_own_token(action: RevokeOwnToken, moment: Moment) -> Outcome:
    own = Token.objects.filter(pk=action.token, officer=_self(moment), revoked_at=None)
    if not own.update(revoked_at=moment.recorded_at):
        raise NotFound("There is no such token, or it was revoked before.")
    return Outcome()


@handles(ReopenOfficer)
def reopen_officer(action: ReopenOfficer, moment: Moment) -> Outcome:
    officer = _other(action.officer, action.by)
    if officer.is_active:
        raise Refused(_("The account is open already."), code="open")
    take_off(officer, moment.recorded_at)
    Officer.objects.filter(pk=officer.pk).update(is_active=True, password=make_password(None))
    facts = {"officer": officer.display_name, "by": _self(moment).display_name}
    told = [Word("access.reopened", role="auditor", facts=facts)]
    if officer.body:
        told.append(Word("access.reopened", role="supervisor", body=officer.body, facts=facts))
    return Outcome(notices=tuple(told))


@handles(MakeWayBack)
def make_way_back(action: MakeWayBack, moment: Moment) -> Outcome:
    officer = _other(action.officer, action.by)
    if not officer.is_active:
        raise Refused(_("The account is closed. Open it again first."), code="closed")
    void_links(officer, moment)
    until = moment.recorded_at + WAY_BACK_HOLDS
    digest = bytes.fromhex(action.link_digest)
    WayBack.objects.create(id=action.id, officer=officer, digest=digest, made_at=moment.recorded_at, until=until)
    return Outcome(notices=(Word("access.way_back_made", officer=officer.pk),))


@handles(UseWayBack)
def use_way_back(action: UseWayBack, moment: Moment) -> Outcome:
    link = WayBack.objects.select_for_update().filter(digest=bytes.fromhex(action.link_digest)).first()
    if link is None or not link.works_at(moment.recorded_at) or not link.officer.is_active:
        raise NotFound("There is no such link, or it was used before or is over.")
    WayBack.objects.filter(pk=link.pk).update(used_at=moment.recorded_at)
    _set(link.officer, action.password_hash, moment)
    facts = {"officer": str(link.officer_id), "tokens_revoked": revoke_tokens(link.officer, moment)}
    return Outcome(facts=facts, notices=(Word("access.password_changed", officer=link.officer_id),))


def _set(officer: Officer, password_hash: str, moment: Moment) -> None:
    """Every session that knows the old password ends by itself; links that still work do not outlive it."""
    Officer.objects.filter(pk=officer.pk).update(password=password_hash)
    void_links(officer, moment)


def _self(moment: Moment) -> Officer:
    if moment.officer is None:
        raise NotFound("Only an officer has an account.")
    return moment.officer


def _other(identifier: UUID, by: UUID | None) -> Officer:
    if identifier == by:
        raise Refused(
            _("Nobody administers their own account. Ask another administrator."), code="own_account", field="officer"
        )
    officer = Officer.objects.filter(pk=identifier).first()
    if officer is None:
        raise NotFound("There is no such officer.")
    return officer
