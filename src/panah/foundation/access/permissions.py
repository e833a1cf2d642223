"""Who may do what in this room."""

from panah.foundation.access.roles import RECEIVING
from panah.foundation.access.service import allow, has_role

allow("access.administer", has_role("administrator"))
# Never for those who serve another state.
allow("access.break_glass", has_role("supervisor", *(role for role in RECEIVING if role != "consular_officer")))
allow("access.review_break_glass", has_role("ombudsman", "national_coordinator"))
