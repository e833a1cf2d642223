"""Addresses of the hub."""

from django.urls import include, path

from panah.hub.views import my_day

urlpatterns = [
    path("", include("panah.hub.evidence.urls")),
    path("", include("panah.hub.intake.urls")),
    path("", include("panah.hub.exchange.urls")),
    path("", include("panah.hub.participants.urls")),
    path("", include("panah.hub.record.urls")),
    path("", include("panah.hub.treaties.urls")),
    path("", include("panah.hub.practices.urls")),
    path("", include("panah.hub.meetings.urls")),
    path("", include("panah.hub.commitments.urls")),
    path("my-day/", my_day, name="my_day"),
    path("", include("panah.foundation.urls")),
    path("", include("panah.web.urls")),
]

handler400 = "panah.web.errors.bad_request"
handler403 = handler404 = "panah.web.errors.not_found"
handler500 = "panah.web.errors.server_error"
