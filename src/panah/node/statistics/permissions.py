"""Who may do what in this room. Counts before protection are for nobody; protected tables are for these two."""

from panah.foundation.access.service import allow, has_role

allow("statistics.see", has_role("national_coordinator", "statistician"))
# Supervisors see their own body; the ombudsman and the coordinator every one, the coordinator without small numbers.
allow("statistics.see_bodies", has_role("supervisor", "ombudsman", "national_coordinator"))
allow("statistics.prepare", has_role("national_coordinator", "statistician"))
allow("statistics.sign", has_role("national_coordinator"))
allow("statistics.administer", has_role("administrator"))
