from django.apps import AppConfig


class TreatiesConfig(AppConfig):
    name = "panah.hub.treaties"
    label = "treaties"

    def ready(self) -> None:
        from panah.hub.treaties import actions, permissions, words  # noqa: F401 - imported to take effect
