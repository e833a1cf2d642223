"""Who may do what in this room. Reading needs no permission: what is known of law is published with its source."""

from panah.foundation.access.service import allow, has_role
from panah.hub.participants.service import seated

allow("treaties.load", has_role("secretariat"))
# A state's own coordinator; the secretariat reports what it found at the depositary, and another one of it checks that.
allow(
    "treaties.report",
    has_role("national_coordinator", "secretariat") & (has_role("secretariat") | seated("national_coordinator")),
)
allow("treaties.take_back", has_role("national_coordinator") & seated("national_coordinator"))
allow("treaties.verify", has_role("secretariat"))
# The queue of reports: those who check, those who report (their own state's alone), and who examines the record.
allow("treaties.see_reports", has_role("secretariat", "national_coordinator", "auditor"))
allow("treaties.see_all_reports", has_role("secretariat", "auditor"))
