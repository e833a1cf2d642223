from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "panah.foundation.jobs"
    label = "jobs"

    def ready(self) -> None:
        from panah.foundation.jobs import tasks  # noqa: F401 - imported to take effect
