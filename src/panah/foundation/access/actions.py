"""Accounts, roles and break-glass: the only writer of this room."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Annotated, ClassVar
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext as _
from pydantic import Field, StringConstraints

from panah.foundation.access.models import BreakGlass, Grant, Officer, Token, WayBack
from panah.foundation.access.roles import ROLE_CODES, conflict, title_of
from panah.foundation.access.service import breaking_glass
from panah.foundation.door.service import Action, Digest, Moment, NotFound, Outcome, Refused, handles
from panah.foundation.notices.service import Word

LONGEST_BREAK_GLASS = timedelta(hours=3)
Reason = Annotated[str, StringConstraints(min_length=20, max_length=1000)]


class AddOfficer(Action):
    """Open an account. `password_hash` is made by `hashed`, so that no password enters an action."""

    code: ClassVar[str] = "access.add_officer"
    needs: ClassVar[str] = "access.administer"
    open_fields: ClassVar[frozenset[str]] = frozenset({"officer", "body", "post", "roles"})
    by_installation: ClassVar[bool] = True

    officer: UUID
    username: Annotated[str, StringConstraints(pattern=r"^[a-z0-9._-]{2,60}$")]
    display_name: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    password_hash: str = Field(repr=False)
    email: str = ""
    language: str = ""
    body: str = ""
    post: str = ""
    serves_state: str = ""
    roles: tuple[str, ...] = ()


class ChangeOfficer(Action):
    """Change what an account says of its officer. Where they work decides which files they see, so nobody changes their own."""

    code: ClassVar[str] = "access.change_officer"
    needs: ClassVar[str] = "access.administer"
    open_fields: ClassVar[frozenset[str]] = frozenset({"officer", "body", "post", "serves_state"})

    officer: UUID
    display_name: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    email: str = ""
    language: str = ""
    body: str = ""
    post: str = ""
    serves_state: str = ""


class CloseOfficer(Action):
    """Close an account: its sessions end, its tokens are revoked and its links work no more. It stays on record."""

    code: ClassVar[str] = "access.close_officer"
    needs: ClassVar[str] = "access.administer"
    open_fields: ClassVar[frozenset[str]] = frozenset({"officer"})

    officer: UUID
    reason: Annotated[str, StringConstraints(min_length=5, max_length=500)]


class SetPassword(Action):
    """Give an account a new first password; sessions and tokens of it end. `password_hash` is made by `hashed`."""

    code: ClassVar[str] = "access.set_password"
    needs: ClassVar[str] = "access.administer"
    open_fields: ClassVar[frozenset[str]] = frozenset({"officer"})

    officer: UUID
    password_hash: str = Field(repr=False)


class GrantRole(Action):
    code: ClassVar[str] = "access.grant_role"
    needs: ClassVar[str] = "access.administer"
    open_fields: ClassVar[frozenset[str]] = frozenset({"officer", "role"})
    by_installation: ClassVar[bool] = True

    officer: UUID
    role: str


class WithdrawRole(Action):
    code: ClassVar[str] = "access.withdraw_role"
    needs: ClassVar[str] = "access.administer"
    open_fields: ClassVar[frozenset[str]] = frozenset({"officer", "role"})

    officer: UUID
    role: str


class IssueToken(Action):
    """Give a program a key of an officer's rights. `digest` is made by `service.token_digest`, so that no token enters an action."""

    code: ClassVar[str] = "access.issue_token"
    needs: ClassVar[str] = "access.administer"
    open_fields: ClassVar[frozenset[str]] = frozenset({"officer", "days"})
    by_installation: ClassVar[bool] = True

    officer: UUID
    name: Annotated[str, StringConstraints(min_length=3, max_length=80)]
    token_digest: Digest
    days: Annotated[int, Field(ge=1, le=366)]


class RevokeToken(Action):
    code: ClassVar[str] = "access.revoke_token"
    needs: ClassVar[str] = "access.administer"
    open_fields: ClassVar[frozenset[str]] = frozenset({"token"})
    by_installation: ClassVar[bool] = True

    token: UUID


class OpenBreakGlass(Action):
    """Ask to read files that are not one's own, for a reason that others will read. Opens at once, ends by itself, is reviewed.

    A reason can name a person: the journal, which never changes, holds it sealed under a key of the session's own.
    """

    code: ClassVar[str] = "access.open_break_glass"
    needs: ClassVar[str] = "access.break_glass"
    open_fields: ClassVar[frozenset[str]] = frozenset({"hours"})

    reason: Reason
    hours: Annotated[int, Field(ge=1, le=3)]

    def subject(self) -> UUID:
        return self.id


class CloseBreakGlass(Action):
    code: ClassVar[str] = "access.close_break_glass"
    needs: ClassVar[str] = "access.break_glass"


class ReviewBreakGlass(Action):
    code: ClassVar[str] = "access.review_break_glass"
    needs: ClassVar[str] = "access.review_break_glass"
    open_fields: ClassVar[frozenset[str]] = frozenset({"session", "justified"})

    session: UUID
    justified: bool
    remark: Annotated[str, StringConstraints(min_length=1, max_length=1000)]


def void_links(officer: Officer, moment: Moment) -> None:
    """Links by which a password could be set outlive neither another password nor the closing of the account."""
    WayBack.objects.filter(officer=officer, used_at=None, void_at=None).update(void_at=moment.recorded_at)


def revoke_tokens(officer: Officer, moment: Moment) -> int:
    """Programs act in the officer's name no more. Returns how many tokens that were."""
    return Token.objects.filter(officer=officer, revoked_at=None).update(revoked_at=moment.recorded_at)


def hashed(password: str) -> str:
    """The stored form of a password."""
    return make_password(password)


@handles(AddOfficer)
def add_officer(action: AddOfficer, moment: Moment) -> Outcome:
    for role in action.roles:
        _known(role)
    _go_together(action.roles, action.serves_state)
    if Officer.objects.filter(username=action.username).exists():
        raise Refused(
            f"The user name {action.username!r} is taken. Choose another.", code="username_taken", field="username"
        )
    officer = Officer(
        id=action.officer,
        username=action.username,
        display_name=action.display_name,
        password=action.password_hash,
        email=action.email,
        language=action.language,
        body=action.body,
        post=action.post,
        serves_state=action.serves_state,
    )
    officer.save(force_insert=True)
    Grant.objects.bulk_create(
        Grant(officer=officer, role=role, granted_at=moment.recorded_at, granted_by=action.by) for role in action.roles
    )
    return Outcome(result={"officer": str(officer.id)})


@handles(ChangeOfficer)
def change_officer(action: ChangeOfficer, moment: Moment) -> Outcome:
    officer = _officer(action.officer)
    _not_oneself(action)
    _go_together(officer.roles, action.serves_state)
    said = action.model_dump(include={"display_name", "email", "language", "body", "post", "serves_state"})
    changed = sorted(name for name, value in said.items() if getattr(officer, name) != value)
    Officer.objects.filter(pk=officer.pk).update(**said)
    return Outcome(facts={"changed": changed, "before": {"body": officer.body, "post": officer.post}})


@handles(CloseOfficer)
def close_officer(action: CloseOfficer, moment: Moment) -> Outcome:
    officer = _officer(action.officer)
    _not_oneself(action)
    if not officer.is_active:
        raise Refused(_("The account is closed already."), code="closed")
    Officer.objects.filter(pk=officer.pk).update(is_active=False)
    revoked = revoke_tokens(officer, moment)
    void_links(officer, moment)
    return Outcome(facts={"tokens_revoked": revoked})


@handles(SetPassword)
def set_password(action: SetPassword, moment: Moment) -> Outcome:
    officer = _officer(action.officer)
    _not_oneself(action)
    Officer.objects.filter(pk=officer.pk).update(password=action.password_hash)
    void_links(officer, moment)
    revoked = revoke_tokens(officer, moment)
    return Outcome(facts={"tokens_revoked": revoked}, notices=(Word("access.password_set", officer=officer.pk),))


@handles(GrantRole)
def grant_role(action: GrantRole, moment: Moment) -> Outcome:
    _known(action.role)
    officer = _officer(action.officer)
    if action.by == action.officer:
        raise Refused(
            _("Nobody gives a role to themselves. Ask another administrator."), code="own_role", field="officer"
        )
    _go_together({*officer.roles, action.role}, officer.serves_state)
    Grant.objects.get_or_create(
        officer=officer,
        role=action.role,
        withdrawn_at=None,
        defaults={"granted_at": moment.recorded_at, "granted_by": action.by},
    )
    return Outcome()


@handles(WithdrawRole)
def withdraw_role(action: WithdrawRole, moment: Moment) -> Outcome:
    if action.by == action.officer:
        raise Refused(
            _("Nobody takes a role from themselves. Ask another administrator."), code="own_role", field="officer"
        )
    _officer(action.officer).grants.filter(role=action.role, withdrawn_at=None).update(
        withdrawn_at=moment.recorded_at, withdrawn_by=action.by
    )
    return Outcome()


@handles(IssueToken)
def issue_token(action: IssueToken, moment: Moment) -> Outcome:
    officer = _officer(action.officer)
    if not officer.is_active:
        raise Refused(_("The account is closed. Open it again first."), code="closed", field="officer")
    token = Token.objects.create(
        id=action.id,
        officer=officer,
        name=action.name,
        digest=bytes.fromhex(action.token_digest),
        issued_at=moment.recorded_at,
        until=moment.recorded_at + timedelta(days=action.days),
    )
    return Outcome(result={"token": str(token.id)})


@handles(RevokeToken)
def revoke_token(action: RevokeToken, moment: Moment) -> Outcome:
    if not Token.objects.filter(pk=action.token, revoked_at=None).update(revoked_at=moment.recorded_at):
        raise NotFound("There is no such token, or it was revoked before.")
    return Outcome()


@handles(OpenBreakGlass)
def open_break_glass(action: OpenBreakGlass, moment: Moment) -> Outcome:
    assert moment.officer is not None  # noqa: S101 - `by_installation` is off, so the door has an officer
    if breaking_glass(moment.officer):
        raise Refused(
            "A break-glass session of yours is open already. Close it before you open another.", code="open_already"
        )
    session = BreakGlass.objects.create(
        id=action.id,
        officer=moment.officer,
        reason=action.reason,
        opened_at=moment.recorded_at,
        until=moment.recorded_at + min(timedelta(hours=action.hours), LONGEST_BREAK_GLASS),
    )
    word = {"officer": moment.officer.display_name, "until": session.until.isoformat()}
    return Outcome(
        result={"session": str(session.id)},
        facts={"until": session.until.isoformat()},
        notices=(
            Word("access.break_glass_opened", role="ombudsman", facts=word),
            Word("access.break_glass_opened", role="supervisor", facts=word),
        ),
    )


@handles(CloseBreakGlass)
def close_break_glass(action: CloseBreakGlass, moment: Moment) -> Outcome:
    session = breaking_glass(moment.officer) if moment.officer else None
    if session is None:
        raise Refused("You have no open break-glass session.", code="none_open")
    BreakGlass.objects.filter(pk=session.pk).update(closed_at=moment.recorded_at)
    return Outcome(facts={"session": str(session.id)})


@handles(ReviewBreakGlass)
def review_break_glass(action: ReviewBreakGlass, moment: Moment) -> Outcome:
    session = BreakGlass.objects.filter(pk=action.session).first()
    if session is None:
        raise NotFound("There is no such break-glass session.")
    if session.officer_id == action.by:
        raise Refused("Nobody reviews a session of their own.", code="own_session")
    if session.open_at(moment.recorded_at):
        raise Refused("The session is still open. Review it when it has ended.", code="still_open")
    verdict = "justified" if action.justified else "not justified"
    BreakGlass.objects.filter(pk=session.pk).update(
        reviewed_at=moment.recorded_at, reviewed_by=action.by, review=f"{verdict}: {action.remark}"
    )
    return Outcome()


def _known(role: str) -> None:
    if role not in ROLE_CODES:
        raise Refused(
            f"There is no role {role!r}. Allowed are: {', '.join(sorted(ROLE_CODES))}.",
            code="unknown_role",
            field="role",
        )


def _go_together(roles: Iterable[str], serves_state: str) -> None:
    """Refuse roles that one person never holds together, and another state's service beside any role but the consul's."""
    roles = frozenset(roles)
    line = conflict(roles)
    if line is not None:
        others = ", ".join(title_of(other) for other in sorted(line.others & roles))
        raise Refused(
            _("The role “%(role)s” does not go together with: %(others)s. %(reason)s")
            % {"role": title_of(line.role), "others": others, "reason": line.reason},
            code="incompatible_roles",
            field="role",
        )
    if serves_state and roles - {"consular_officer"}:
        raise Refused(
            _("Only a consular officer serves another state. Leave the state empty, or give no other role."),
            code="serves_other_state",
            field="serves_state",
        )


def _not_oneself(action: ChangeOfficer | CloseOfficer | SetPassword) -> None:
    if action.by == action.officer:
        raise Refused(
            _("Nobody administers their own account. Ask another administrator."), code="own_account", field="officer"
        )


def _officer(identifier: UUID) -> Officer:
    officer = Officer.objects.filter(pk=identifier).first()
    if officer is None:
        raise NotFound("There is no such officer.")
    return officer
