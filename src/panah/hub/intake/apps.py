from datetime import timedelta

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "panah.hub.intake"
    label = "intake"

    def ready(self) -> None:
        from panah.foundation.jobs.service import recurring
        from panah.hub.intake import actions, permissions, words  # noqa: F401 - imported to take effect
        from panah.hub.intake.tasks import publish_waiting

        recurring(publish_waiting, every=timedelta(minutes=5))
