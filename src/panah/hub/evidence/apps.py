from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "panah.hub.evidence"
    label = "evidence"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from panah.hub.evidence import actions, permissions  # noqa: F401
        from panah.web import navigation

        hub = frozenset({"hub"})
        for entry in (
            navigation.Entry("region", _("Region"), "home", 10, None, hub, key="h"),
            navigation.Entry("framework", _("Indicators"), "framework", 12, None, hub, key="f"),
            navigation.Entry("corridors", _("Corridors"), "corridors", 14, None, hub, key="c"),
            navigation.Entry("doubts", _("Doubts"), "doubts", 80, None, hub, key="d"),
            navigation.Entry("sources", _("Sources"), "sources", 90, None, hub, key="o"),
        ):
            navigation.register(entry)
