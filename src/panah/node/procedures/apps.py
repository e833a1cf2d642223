from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProceduresConfig(AppConfig):
    name = "panah.node.procedures"
    label = "procedures"

    def ready(self) -> None:
        from panah.foundation.jobs.service import recurring
        from panah.node.procedures import actions, permissions, words  # noqa: F401 - imported to take effect
        from panah.node.procedures.permissions import works_on
        from panah.node.procedures.tasks import warn_of_terms
        from panah.node.safeguards.service import worked_on_by
        from panah.web.navigation import Entry, register

        recurring(warn_of_terms, every=timedelta(minutes=5))
        worked_on_by(works_on)
        register(Entry("procedures", _("Procedures"), "procedures", 35, "procedures.see", frozenset({"node"}), "p"))
