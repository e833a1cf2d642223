"""Who may do what in this room."""

from panah.foundation.access.roles import RECEIVING
from panah.foundation.access.service import allow, has_role

allow("access.administer", has_role("administrator"))
allow("access.break_glass", has_role("supervisor", *RECEIVING))
allow("access.review_break_glass", has_role("ombudsman", "national_coordinator"))
