from django.apps import AppConfig


class ParticipantsConfig(AppConfig):
    name = "panah.hub.participants"
    label = "participants"

    def ready(self) -> None:
        from panah.hub.participants import actions, permissions, words  # noqa: F401 - imported to take effect
