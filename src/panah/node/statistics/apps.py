from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    name = "panah.node.statistics"
    label = "statistics"
