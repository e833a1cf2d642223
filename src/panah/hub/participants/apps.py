from datetime import timedelta

from django.apps import AppConfig


class ParticipantsConfig(AppConfig):
    name = "panah.hub.participants"
    label = "participants"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from panah.foundation.jobs.service import recurring
        from panah.hub.participants import actions, permissions, words  # noqa: F401 - imported to take effect
        from panah.hub.participants.tasks import tell_of_ends
        from panah.web.navigation import Entry, register

        hub = frozenset({"hub"})
        recurring(tell_of_ends, every=timedelta(days=1))
        register(Entry("participants", _("Participants"), "participants", 40, None, hub))
        register(Entry("seats", _("Seats"), "seats", 95, "participants.see_seats", hub))
