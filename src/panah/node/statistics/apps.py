from datetime import timedelta

from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    name = "panah.node.statistics"
    label = "statistics"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from panah.foundation.jobs.service import recurring
        from panah.node.statistics import actions, permissions, tasks, words  # noqa: F401 - imported to take effect
        from panah.node.statistics.day import TASKS
        from panah.web import tasks as work
        from panah.web.navigation import Entry, register

        work.register(*TASKS)
        recurring(tasks.take_up_again, every=timedelta(minutes=1))
        register(
            Entry("work", _("Work of a body"), "statistics_of_body", 55, "statistics.see_bodies", frozenset({"node"}))
        )
        register(Entry("statistics", _("Statistics"), "statistics", 60, "statistics.see", frozenset({"node"}), "s"))
