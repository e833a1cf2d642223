from django.apps import AppConfig


class WebConfig(AppConfig):
    """The look and words of every page. Holds no tables."""

    name = "panah.web"
    label = "web"
