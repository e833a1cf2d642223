from datetime import timedelta

from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    name = "panah.hub.commitments"
    label = "commitments"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from panah.foundation.jobs.service import recurring
        from panah.hub.commitments import actions, permissions, words  # noqa: F401 - imported to take effect
        from panah.hub.commitments.day import waiting
        from panah.hub.commitments.report import sections
        from panah.hub.commitments.service import begin, executed, follow_ups, of_participant, promises
        from panah.hub.commitments.tasks import remind, tell_moved
        from panah.hub.evidence.service import supplied_from
        from panah.hub.meetings.service import follow_ups_from, statement_sections_from
        from panah.hub.participants.service import shown_on_participants
        from panah.hub.record.service import commitments_from
        from panah.web import tasks
        from panah.web.navigation import Entry, register

        hub = frozenset({"hub"})
        recurring(remind, every=timedelta(hours=12))
        recurring(tell_moved, every=timedelta(hours=12))
        supplied_from(executed)
        commitments_from(promises, begin)
        shown_on_participants(of_participant)
        follow_ups_from(follow_ups)
        statement_sections_from(sections)
        register(Entry("commitments", _("Commitments"), "commitments", 45, None, hub, "k"))
        tasks.register(
            tasks.Task(
                "commitments",
                _("Commitments that wait for you"),
                "commitments.see_board",
                waiting,
                opens="commitments_board",
            )
        )
