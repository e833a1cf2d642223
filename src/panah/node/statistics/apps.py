from datetime import timedelta

from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    name = "panah.node.statistics"
    label = "statistics"

    def ready(self) -> None:
        from panah.foundation.jobs.service import recurring
        from panah.node.statistics import actions, permissions, tasks, words  # noqa: F401 - imported to take effect

        recurring(tasks.take_up_again, every=timedelta(minutes=1))
