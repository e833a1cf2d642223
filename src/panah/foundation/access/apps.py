from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "panah.foundation.access"
    label = "access"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from panah.foundation.access import actions, permissions, words  # noqa: F401 - imported to take effect
        from panah.foundation.access.own import actions as own  # noqa: F401 - imported to take effect
        from panah.web.navigation import Entry, register

        register(Entry("officers", _("Accounts"), "officers", 80, "access.administer"))
