from django.apps import AppConfig


class SafeguardsConfig(AppConfig):
    name = "panah.node.safeguards"
    label = "safeguards"
