from django.apps import AppConfig


class LoadingsConfig(AppConfig):
    name = "panah.hub.loadings"
    label = "loadings"
