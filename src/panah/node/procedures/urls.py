"""Addresses of this room."""

from django.urls import path

from panah.node.procedures import appointment_views, paper_views, remedy_views, views

urlpatterns = [
    path("procedures/", views.listed, name="procedures"),
    path("appointments/", appointment_views.listed, name="appointments"),
    path("appointments/<uuid:hearing_id>/", appointment_views.one, name="appointment"),
    path("detained/", views.detained, name="detained"),
    path("procedures/new/<uuid:referral_id>/", views.new, name="procedure_new"),
    path("procedures/<uuid:proceeding_id>/", views.one, name="procedure"),
    path("procedures/<uuid:proceeding_id>/remedies/", remedy_views.remedies, name="procedure_remedies"),
    path("procedures/<uuid:proceeding_id>/hearings/<uuid:hearing_id>.ics", views.calendar, name="procedure_hearing"),
    path(
        "procedures/<uuid:proceeding_id>/hearings/<uuid:hearing_id>.pdf", paper_views.hearing, name="procedure_summons"
    ),
    path(
        "procedures/<uuid:proceeding_id>/decisions/<uuid:decision_id>.pdf",
        paper_views.decision,
        name="procedure_decision",
    ),
    path("procedures/<uuid:proceeding_id>/papers/<slug:paper>.pdf", paper_views.certificate, name="procedure_paper"),
]
