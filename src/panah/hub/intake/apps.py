from datetime import timedelta

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "panah.hub.intake"
    label = "intake"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from panah.foundation.jobs.service import recurring
        from panah.hub.evidence.service import publications_from
        from panah.hub.intake import actions, permissions, words  # noqa: F401 - imported to take effect
        from panah.hub.intake.tables import for_first_page
        from panah.hub.intake.tasks import publish_waiting
        from panah.web.navigation import Entry, register

        hub = frozenset({"hub"})
        recurring(publish_waiting, every=timedelta(minutes=5))
        publications_from(for_first_page)
        register(Entry("published", _("Published by states"), "published", 20, None, hub, "p"))
        register(Entry("intake", _("Received"), "intake", 30, "intake.see", hub, "i"))
