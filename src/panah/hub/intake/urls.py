"""Addresses of this room."""

from django.urls import path

from panah.hub.intake import receiving, views

TABLE = "published/<slug:state>/<slug:flow>/<slug:period>/"

urlpatterns = [
    path("published/", views.published, name="published"),
    path(TABLE, views.published_table, name="published_table"),
    path(f"{TABLE}chart.json", views.published_chart, name="published_chart"),
    path(f"{TABLE}map.json", views.published_map, name="published_map"),
    path(f"{TABLE}table.<slug:form>", views.published_file, name="published_file"),
    path("intake/", views.intake, name="intake"),
    path("intake/upload/", views.upload, name="intake_upload"),
    path("intake/submissions/", receiving.submissions, name="intake_submissions"),
    path("intake/<uuid:submission_id>/", views.submission, name="submission"),
    path("intake/<uuid:submission_id>/receipt.jws", views.receipt, name="submission_receipt"),
]
