"""How this room's notices read."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from panah.foundation.notices.service import sentences


def _added(facts: Mapping[str, str]) -> str:
    return (
        _("A second factor was added to your account: %(name)s. If it was not you, tell the administrator now.") % facts
    )


def _removed(facts: Mapping[str, str]) -> str:
    return (
        _("A second factor was removed from your account: %(name)s. If it was not you, tell the administrator now.")
        % facts
    )


def _reset(facts: Mapping[str, str]) -> str:
    return (
        _("%(by)s took all second factors off your account. If you did not ask for it, tell your supervisor now.")
        % facts
    )


def _recovered(facts: Mapping[str, str]) -> str:
    return _("A recovery code was used to sign in to your account. Codes left: %(left)s.") % facts


def _locked(facts: Mapping[str, str]) -> str:
    return _("Somebody who knows your password gave many wrong codes. If it was not you, change the password.")


sentences(
    {
        "factors.added": _added,
        "factors.removed": _removed,
        "factors.reset": _reset,
        "factors.recovery_used": _recovered,
        "factors.locked": _locked,
    }
)
