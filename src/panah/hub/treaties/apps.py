from datetime import timedelta

from django.apps import AppConfig


class TreatiesConfig(AppConfig):
    name = "panah.hub.treaties"
    label = "treaties"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from panah.foundation.jobs.service import recurring
        from panah.hub.evidence.service import agreements_from, confirmed_from, tally_from
        from panah.hub.participants.service import shown_on_participants
        from panah.hub.treaties import actions, permissions, words  # noqa: F401 - imported to take effect
        from panah.hub.treaties.service import agreements_in_force, confirmed
        from panah.hub.treaties.standing import tally
        from panah.hub.treaties.tasks import count_ratified, of_participant, waiting
        from panah.web import navigation, tasks

        hub = frozenset({"hub"})
        navigation.register(navigation.Entry("treaties", _("Treaties and laws"), "treaties", 50, None, hub, "t"))
        tasks.register(
            tasks.Task("treaties", _("Reports of states to check"), "treaties.verify", waiting, opens="treaty_reports")
        )
        shown_on_participants(of_participant)
        tally_from(tally)
        confirmed_from(confirmed)
        recurring(count_ratified, every=timedelta(minutes=5))
        agreements_from(agreements_in_force)
