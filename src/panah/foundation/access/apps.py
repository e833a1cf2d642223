from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "panah.foundation.access"
    label = "access"

    def ready(self) -> None:
        from panah.foundation.access import actions, permissions, words  # noqa: F401 - imported to take effect
