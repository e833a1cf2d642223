from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "panah.foundation.notices"
    label = "notices"
