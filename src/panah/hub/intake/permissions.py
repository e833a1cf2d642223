"""Who may do what in this room. Reading what is published needs no permission."""

from panah.foundation.access.service import allow, has_role

allow("intake.see", has_role("secretariat", "statistician", "auditor"))
allow("intake.take_in", has_role("secretariat"))
allow("intake.publish", has_role("secretariat"))
allow("intake.withdraw", has_role("secretariat"))
allow("intake.administer", has_role("administrator"))
