"""Addresses of the hub."""

from django.urls import include, path

urlpatterns = [
    path("", include("panah.hub.evidence.urls")),
    path("", include("panah.hub.intake.urls")),
    path("", include("panah.foundation.urls")),
    path("", include("panah.web.urls")),
]
