"""Screening: from an interview to a proposed profile with its reasons. See README.md."""

from panah.cores.screening.decoding import decode_record
from panah.cores.screening.profile import Because, Line, Profile, Referral, encode_profile
from panah.cores.screening.record import FieldError, InterviewRecord, RecordError, read_record
from panah.cores.screening.screening import Screener, screen, screener

__all__ = [
    "Because",
    "FieldError",
    "InterviewRecord",
    "Line",
    "Profile",
    "RecordError",
    "Referral",
    "Screener",
    "decode_record",
    "encode_profile",
    "read_record",
    "screen",
    "screener",
]
