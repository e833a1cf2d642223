from django.apps import AppConfig


class RecordConfig(AppConfig):
    name = "panah.hub.record"
    label = "record"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from panah.hub.record import actions, permissions  # noqa: F401 - imported to take effect
        from panah.web.navigation import Entry, register

        register(Entry("record", _("What was agreed"), "record", 40, None, frozenset({"hub"}), "r"))
