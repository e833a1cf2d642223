from django.apps import AppConfig


class RecordConfig(AppConfig):
    name = "panah.hub.record"
    label = "record"
