"""Adding, proving, removing and resetting second factors: the only writer of this room."""

from __future__ import annotations

import base64
from datetime import datetime, timedelta
from typing import Annotated, Any, ClassVar
from uuid import UUID, uuid4

from django.conf import settings
from django.utils.translation import gettext as _
from pydantic import Field, StringConstraints

from panah.foundation.access.models import Officer
from panah.foundation.door.service import Action, Moment, NotFound, Outcome, Refused, handles
from panah.foundation.factors import codes, passkeys
from panah.foundation.factors.models import Factor, RecoveryCode, Tries
from panah.foundation.factors.service import codes_left, factors_of, is_required, opened, recovery_key, sealed_text
from panah.foundation.keys.crypto import CannotOpen
from panah.foundation.notices.service import Word

Name = Annotated[str, StringConstraints(min_length=1, max_length=60)]


class AddTotp(Action):
    """Take an authenticator into use. `sealed_secret` is made by `service.sealed_text`, so that no secret enters an action; `said` is
    the code that the authenticator shows, which proves that it has the secret."""

    code: ClassVar[str] = "factors.add_totp"
    needs: ClassVar[str] = "factors.own"

    name: Name
    sealed_secret: str = Field(repr=False)
    said: str = Field(repr=False, max_length=20)


class AddPasskey(Action):
    """Take a passkey into use. `state` is what the server kept of its question, `answer` what the browser gave."""

    code: ClassVar[str] = "factors.add_passkey"
    needs: ClassVar[str] = "factors.own"

    name: Name
    host: str
    state: dict[str, Any]
    answer: dict[str, Any] = Field(repr=False)


class ProveCode(Action):
    """Prove oneself by a code of the authenticator or a recovery code. That it was wrong is a result and stays on record."""

    code: ClassVar[str] = "factors.prove_code"
    needs: ClassVar[str] = "factors.own"

    said: str = Field(repr=False, max_length=60)


class ProvePasskey(Action):
    """Prove oneself by a passkey. That it failed is a result and stays on record."""

    code: ClassVar[str] = "factors.prove_passkey"
    needs: ClassVar[str] = "factors.own"

    host: str
    state: dict[str, Any]
    answer: dict[str, Any] = Field(repr=False)


class MakeRecoveryCodes(Action):
    """New recovery codes; the earlier ones are void. `digests` are made by `codes.digest`, so that no code enters an action."""

    code: ClassVar[str] = "factors.make_recovery_codes"
    needs: ClassVar[str] = "factors.own"

    digests: Annotated[tuple[str, ...], Field(min_length=1, max_length=20)]


class RemoveFactor(Action):
    code: ClassVar[str] = "factors.remove"
    needs: ClassVar[str] = "factors.own"
    open_fields: ClassVar[frozenset[str]] = frozenset({"factor"})

    factor: UUID


class ResetFactors(Action):
    """Take all factors off the account of somebody who lost theirs. Every page that is open under the account closes."""

    code: ClassVar[str] = "factors.reset"
    needs: ClassVar[str] = "factors.reset"
    open_fields: ClassVar[frozenset[str]] = frozenset({"officer"})

    officer: UUID
    reason: Annotated[str, StringConstraints(min_length=10, max_length=500)]


@handles(AddTotp)
def add_totp(action: AddTotp, moment: Moment) -> Outcome:
    officer = _self(moment)
    try:
        secret = opened(officer.pk, action.sealed_secret)
    except (CannotOpen, ValueError) as error:
        raise Refused(_("The square code is out of date. Begin again."), code="secret_unreadable") from error
    step = codes.step_of(secret, _digits(action.said), moment.recorded_at, 0)
    if step is None:
        raise Refused(
            _(
                "This is not the code that belongs to the square code. Give the six digits that the authenticator shows now."
            ),
            code="wrong_code",
            field="said",
        )
    sealed = base64.b64decode(action.sealed_secret)
    Factor.objects.create(
        id=action.id,
        officer=officer,
        kind=Factor.Kind.TOTP,
        name=action.name,
        sealed=sealed,
        last_used=step,
        added_at=moment.recorded_at,
    )
    return _added(officer, action.id, action.name, Factor.Kind.TOTP)


@handles(AddPasskey)
def add_passkey(action: AddPasskey, moment: Moment) -> Outcome:
    officer = _self(moment)
    try:
        kept, credential = passkeys.enrolled(action.host, action.state, action.answer)
    except passkeys.NotProven as error:
        raise Refused(_("The passkey could not be taken into use. Begin again."), code="passkey_refused") from error
    if Factor.objects.filter(credential=credential, removed_at=None).exists():
        raise Refused(_("This passkey is in use already. Take another."), code="passkey_known")
    Factor.objects.create(
        id=action.id,
        officer=officer,
        kind=Factor.Kind.PASSKEY,
        name=action.name,
        sealed=base64.b64decode(sealed_text(officer.pk, kept)),
        credential=credential,
        added_at=moment.recorded_at,
    )
    return _added(officer, action.id, action.name, Factor.Kind.PASSKEY)


@handles(ProveCode)
def prove_code(action: ProveCode, moment: Moment) -> Outcome:
    officer, tries = _trying(moment)
    by = ""
    for factor in factors_of(officer.pk, Factor.Kind.TOTP):
        step = codes.step_of(
            opened(officer.pk, factor.sealed), _digits(action.said), moment.recorded_at, factor.last_used
        )
        if step is not None:
            Factor.objects.filter(pk=factor.pk).update(last_used=step)
            by = Factor.Kind.TOTP
    told: tuple[Word, ...] = ()
    if not by and _recovered(officer, action.said, moment.recorded_at):
        by = "recovery"
        told = (Word("factors.recovery_used", officer=officer.pk, facts={"left": str(codes_left(officer))}),)
    return _tried(tries, by, moment.recorded_at, told)


@handles(ProvePasskey)
def prove_passkey(action: ProvePasskey, moment: Moment) -> Outcome:
    officer, tries = _trying(moment)
    standing = list(factors_of(officer.pk, Factor.Kind.PASSKEY))
    by = ""
    try:
        proof = passkeys.proven(
            action.host, action.state, action.answer, [opened(officer.pk, one.sealed) for one in standing]
        )
    except passkeys.NotProven:
        pass
    else:
        factor = next(one for one in standing if bytes(one.credential or b"") == proof.credential)
        # A counter that did not grow tells of a copied key; keys that do not count always say 0.
        if proof.counter > factor.last_used or proof.counter == factor.last_used == 0:
            Factor.objects.filter(pk=factor.pk).update(last_used=proof.counter)
            by = Factor.Kind.PASSKEY
    return _tried(tries, by, moment.recorded_at, ())


@handles(MakeRecoveryCodes)
def make_recovery_codes(action: MakeRecoveryCodes, moment: Moment) -> Outcome:
    officer = _self(moment)
    if officer.second_factor is None:
        raise Refused(_("Recovery codes stand in for a second factor. Add one first."), code="no_factor")
    _void_codes(officer, moment.recorded_at)
    RecoveryCode.objects.bulk_create(
        RecoveryCode(officer=officer, digest=bytes.fromhex(one), made_at=moment.recorded_at) for one in action.digests
    )
    return Outcome(facts={"codes": len(action.digests)})


@handles(RemoveFactor)
def remove_factor(action: RemoveFactor, moment: Moment) -> Outcome:
    officer = _self(moment)
    factor = factors_of(officer.pk).filter(pk=action.factor).first()
    if factor is None:
        raise NotFound("There is no such factor.")
    last = factors_of(officer.pk).count() == 1
    if last and is_required():
        raise Refused(
            _("This is your only second factor, and one is required. Add another before you remove it."),
            code="last_factor",
        )
    Factor.objects.filter(pk=factor.pk).update(removed_at=moment.recorded_at, sealed=b"", credential=None)
    if last:
        _without_factor(officer, moment.recorded_at)
    return Outcome(notices=(Word("factors.removed", officer=officer.pk, facts={"name": factor.name}),))


@handles(ResetFactors)
def reset_factors(action: ResetFactors, moment: Moment) -> Outcome:
    if action.by == action.officer:
        raise Refused(
            _("Nobody resets their own second factor. Ask another administrator."), code="own_factor", field="officer"
        )
    officer = Officer.objects.filter(pk=action.officer).first()
    if officer is None:
        raise NotFound("There is no such officer.")
    take_off(officer, moment.recorded_at)
    by = _self(moment).display_name
    return Outcome(notices=(Word("factors.reset", officer=officer.pk, facts={"by": by}),))


def take_off(officer: Officer, at: datetime) -> None:
    """All factors of an account end, inside the caller's act; who must have one adds it anew."""
    Factor.objects.filter(officer=officer, removed_at=None).update(removed_at=at, sealed=b"", credential=None)
    Tries.objects.filter(officer=officer).update(failed=0, locked_until=None)
    _without_factor(officer, at)


def _self(moment: Moment) -> Officer:
    if moment.officer is None:
        raise NotFound("Only an officer has a second factor.")
    return moment.officer


def _digits(said: str) -> str:
    return "".join(said.split())


def _added(officer: Officer, factor: UUID, name: str, kind: str) -> Outcome:
    mark = officer.second_factor or uuid4()
    Officer.objects.filter(pk=officer.pk).update(second_factor=mark)
    return Outcome(
        result={"factor": str(factor)},
        facts={"kind": str(kind)},
        notices=(Word("factors.added", officer=officer.pk, facts={"name": name}),),
    )


def _trying(moment: Moment) -> tuple[Officer, Tries]:
    officer = _self(moment)
    Officer.objects.select_for_update().get(pk=officer.pk)  # one proof at a time, so that no code counts twice
    tries, _made = Tries.objects.get_or_create(officer=officer)
    if tries.locked_until is not None and moment.recorded_at < tries.locked_until:
        raise Refused(_("Too many wrong codes. Wait a quarter of an hour, then try again."), code="locked")
    return officer, tries


def _tried(tries: Tries, by: str, at: datetime, told: tuple[Word, ...]) -> Outcome:
    failed = 0 if by else tries.failed + 1
    locked = failed >= settings.AXES_FAILURE_LIMIT
    until = at + timedelta(hours=settings.AXES_COOLOFF_TIME) if locked else None
    Tries.objects.filter(pk=tries.pk).update(failed=0 if locked else failed, locked_until=until)
    if locked:
        told = (*told, Word("factors.locked", officer=tries.officer_id))
    return Outcome(result={"right": bool(by)}, facts={"right": bool(by), "kind": str(by)}, notices=told)


def _recovered(officer: Officer, said: str, at: datetime) -> bool:
    standing = RecoveryCode.objects.filter(officer=officer, used_at=None, void_at=None)
    return bool(standing.filter(digest=codes.digest(said, recovery_key())).update(used_at=at))


def _void_codes(officer: Officer, at: datetime) -> None:
    RecoveryCode.objects.filter(officer=officer, used_at=None, void_at=None).update(void_at=at)


def _without_factor(officer: Officer, at: datetime) -> None:
    _void_codes(officer, at)
    Officer.objects.filter(pk=officer.pk).update(second_factor=None)
