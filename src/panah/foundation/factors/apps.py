from django.apps import AppConfig


class FactorsConfig(AppConfig):
    name = "panah.foundation.factors"
    label = "factors"

    def ready(self) -> None:
        from panah.foundation.factors import actions, permissions, words  # noqa: F401 - imported to take effect
