"""Sending a person to a competent body, and what that body answers. The only writer of this room."""

from panah.node.referrals.actions import answers, outside, sending  # noqa: F401 - imported to take effect
from panah.node.referrals.actions.sending import send_referral
from panah.node.referrals.acts import (
    AcceptReferral,
    CompleteReferral,
    ConfirmOutsideBody,
    DeclineReferral,
    EndOutsideBody,
    EnterOutsideBody,
    NoteRefusedAnswer,
    ReportSilence,
    ReportUncured,
    SendReferral,
    TakeAnswer,
    TakeEnvelope,
)

__all__ = [
    "AcceptReferral",
    "CompleteReferral",
    "ConfirmOutsideBody",
    "DeclineReferral",
    "EndOutsideBody",
    "EnterOutsideBody",
    "NoteRefusedAnswer",
    "ReportSilence",
    "ReportUncured",
    "SendReferral",
    "TakeAnswer",
    "TakeEnvelope",
    "send_referral",
]
