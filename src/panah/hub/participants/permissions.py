"""Who may do what in this room. Reading who takes part needs no permission."""

from panah.foundation.access.service import allow, has_role

ALL_WHO_WORK_HERE = (
    "administrator", "auditor", "national_coordinator", "observer", "secretariat", "senior_official", "statistician",
)  # fmt: skip

allow("participants.load", has_role("secretariat"))
allow("participants.keep", has_role("secretariat"))
allow("participants.seat", has_role("administrator"))
allow("participants.see_seats", has_role("administrator", "secretariat", "auditor"))
allow("participants.see_contacts", has_role(*ALL_WHO_WORK_HERE))
