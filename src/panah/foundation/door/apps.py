from django.apps import AppConfig


class DoorConfig(AppConfig):
    name = "panah.foundation.door"
    label = "door"
