from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "panah.foundation.access"
    label = "access"

    def ready(self) -> None:
        from panah.foundation.access import actions, permissions, words

        assert actions and permissions and words
