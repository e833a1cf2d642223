from django.apps import AppConfig


class RegistrationConfig(AppConfig):
    name = "panah.node.registration"
    label = "registration"

    def ready(self) -> None:
        from panah.node.registration import actions, permissions, words  # noqa: F401 - imported to take effect
