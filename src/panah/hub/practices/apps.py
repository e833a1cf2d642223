from django.apps import AppConfig


class PracticesConfig(AppConfig):
    name = "panah.hub.practices"
    label = "practices"
