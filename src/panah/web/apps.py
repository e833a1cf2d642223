from django.apps import AppConfig

from panah.web import start


class WebConfig(AppConfig):
    """The look and words of every page. Holds no tables."""

    name = "panah.web"
    label = "web"

    def ready(self) -> None:
        start.keep(_load_the_addresses)


def _load_the_addresses() -> None:
    """Every view and the whole interface for programs: some hundred thousand objects, else made by the first request."""
    from django.urls import reverse

    reverse("web:keys")
