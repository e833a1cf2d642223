"""How this room's notices read."""

from collections.abc import Callable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from panah.foundation.notices.service import sentences


def _saying(text: str | Promise) -> Callable[[Mapping[str, str]], str]:
    return lambda facts: str(text) % facts


sentences(
    {
        "intake.refused": _saying(_("A message of %(state)s for %(period)s, revision %(revision)s, was refused.")),
        "intake.journal_went_back": _saying(
            _(
                "The journal of %(state)s is shorter than it was, or another: its node was set back or its record changed. "
                "Ask its coordinator."
            )
        ),
    }
)
