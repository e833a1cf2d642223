"""Addresses of this room."""

from django.urls import path

from panah.node.profiling import leaflet_views, views
from panah.node.profiling.second import views as second_views

urlpatterns = [
    path("files/<uuid:file_id>/interview/", views.interview, name="interview"),
    path("files/<uuid:file_id>/interview/again/", views.ask_again, name="interview_again"),
    path("files/<uuid:file_id>/proposal/", views.proposal, name="proposal"),
    path("files/<uuid:file_id>/second-reading/", second_views.second, name="second_reading"),
    path("files/<uuid:file_id>/information/", views.information, name="information"),
    path("files/<uuid:file_id>/receipt.pdf", views.receipt_pdf, name="receipt"),
    path("files/<uuid:file_id>/leaflets.pdf", leaflet_views.leaflets_pdf, name="leaflets"),
    path("receipts/", views.receipt_find, name="receipt_find"),
]
