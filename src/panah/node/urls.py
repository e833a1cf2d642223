"""Addresses of a node."""

from django.urls import include, path

from panah.node import views
from panah.node.api.routes import api

urlpatterns = [
    path("", views.home, name="home"),
    path("", include("panah.foundation.urls")),
    path("", include("panah.node.registration.urls")),
    path("", include("panah.node.imports.urls")),
    path("", include("panah.node.profiling.urls")),
    path("", include("panah.node.referrals.urls")),
    path("", include("panah.node.custody.urls")),
    path("", include("panah.node.procedures.urls")),
    path("", include("panah.node.reception.urls")),
    path("", include("panah.node.families.urls")),
    path("", include("panah.node.solutions.urls")),
    path("", include("panah.node.labour.urls")),
    path("", include("panah.node.complaints.urls")),
    path("", include("panah.node.safeguards.urls")),
    path("", include("panah.node.statistics.urls")),
    path("", include("panah.node.audit.urls")),
    path("api/", api.urls),
    path("", include("panah.web.urls")),
]

handler400 = "panah.web.errors.bad_request"
handler403 = handler404 = "panah.web.errors.not_found"
handler500 = "panah.web.errors.server_error"
