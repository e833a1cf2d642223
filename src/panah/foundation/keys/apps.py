from django.apps import AppConfig


class KeysConfig(AppConfig):
    name = "panah.foundation.keys"
    label = "keys"
