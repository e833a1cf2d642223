"""Addresses of this room."""

from django.urls import path

from panah.node.reception import person_views, views

urlpatterns = [
    path("reception/", views.listed, name="reception"),
    path("reception/centres/new/", views.new, name="reception_new"),
    path("reception/centres/<uuid:centre_id>/", views.centre, name="reception_centre"),
    path("reception/centres/<uuid:centre_id>/hand-out/", views.hand_out, name="reception_hand_out"),
    path("reception/units/<uuid:unit_id>/", views.unit, name="reception_unit"),
    path("reception/receipts/<uuid:hand_out_id>/", views.receipt, name="reception_receipt"),
    path("reception/families/", views.families, name="reception_families"),
    path("reception/directory/", views.directory, name="reception_directory"),
    path("files/<uuid:file_id>/reception/", person_views.person, name="reception_person"),
]
