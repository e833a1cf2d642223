from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "panah.hub.exchange"
    label = "exchange"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from panah.web.navigation import Entry, register

        register(Entry("exchange", _("For programs"), "exchange", 28, None, frozenset({"hub"})))
