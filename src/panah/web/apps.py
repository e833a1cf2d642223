from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "panah.web"
    label = "web"
