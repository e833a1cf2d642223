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
        from panah.hub.practices.tasks import tell_of_due
        from panah.web.navigation import Entry, register

        hub = frozenset({"hub"})
        recurring(tell_of_due, every=timedelta(days=1))
        shown_on_participants(service.related)
        register(Entry("practices", _("Good practice"), "practices", 60, None, hub))
        register(Entry("support", _("Help asked for"), "support", 62, "practices.see_support", hub))
        register(Entry("projects", _("Projects"), "projects", 64, None, hub))
        register(Entry("courses", _("Trainings"), "courses", 66, None, hub))
        register(Entry("activities", _("Who does what where"), "activities", 68, None, hub))
