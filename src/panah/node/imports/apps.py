from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportsConfig(AppConfig):
    name = "panah.node.imports"
    label = "imports"

    def ready(self) -> None:
        from panah.foundation.jobs.service import recurring
        from panah.node.imports import actions, permissions  # noqa: F401 - imported to take effect
        from panah.node.imports.tasks import forget_expired, go_on_with_imports
        from panah.web.navigation import Entry, register

        recurring(go_on_with_imports, every=timedelta(minutes=5))
        recurring(forget_expired, every=timedelta(hours=6))
        register(Entry("imports", _("Files"), "imports", 25, "imports.take_in", frozenset({"node"}), "i"))
