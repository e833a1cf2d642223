from datetime import timedelta

from django.apps import AppConfig


class PracticesConfig(AppConfig):
    name = "panah.hub.practices"
    label = "practices"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from panah.foundation.jobs.service import recurring
        from panah.hub.participants.service import shown_on_participants
        from panah.hub.practices import actions, permissions, service, words  # noqa: F401 - imported to take effect
        from panah.hub.practices.board import handed_in, offers_to_answer, requests_open
        from panah.hub.practices.tasks import tell_of_due
        from panah.web import tasks
        from panah.web.navigation import Entry, register

        hub = frozenset({"hub"})
        recurring(tell_of_due, every=timedelta(days=1))
        shown_on_participants(service.related)
        register(Entry("practices", _("Good practice"), "practices", 60, None, hub))
        register(Entry("support", _("Help asked for"), "support", 62, "practices.see_support", hub))
        tasks.register(
            tasks.Task(
                "practices_waiting",
                _("Practices to publish"),
                "practices.publish",
                handed_in,
                "practices_waiting",
                installations=hub,
            ),
            tasks.Task(
                "offers_to_answer",
                _("Offers to answer"),
                "practices.ask",
                offers_to_answer,
                "support",
                installations=hub,
            ),
            tasks.Task(
                "requests_open",
                _("Help that your participant asked for"),
                "practices.ask",
                requests_open,
                "support",
                installations=hub,
            ),
        )
