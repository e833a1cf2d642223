from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "panah.node.audit"
    label = "audit"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from panah.node.audit import permissions  # noqa: F401 - imported to take effect
        from panah.web.navigation import Entry, register

        register(Entry("reads", _("Reads"), "reads", 70, "audit.see_reads", frozenset({"node"})))
