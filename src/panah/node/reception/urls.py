"""Addresses of this room."""

from django.urls import path

from panah.node.reception import house_views, person_views, views

urlpatterns = [
    path("reception/", views.listed, name="reception"),
    path("reception/centres/new/", views.new, name="reception_new"),
    path("reception/centres/<uuid:centre_id>/", views.centre, name="reception_centre"),
    path("reception/centres/<uuid:centre_id>/hand-out/", views.hand_out, name="reception_hand_out"),
    path("reception/centres/<uuid:centre_id>/needs/", house_views.needs, name="reception_needs"),
    path("reception/centres/<uuid:centre_id>/stock/", house_views.stock, name="reception_stock"),
    path("reception/centres/<uuid:centre_id>/appointments/", house_views.appointments, name="reception_appointments"),
    path("reception/centres/<uuid:centre_id>/incidents/", house_views.incidents, name="reception_incidents"),
    path("reception/emergency/", house_views.emergency, name="reception_emergency"),
    path("files/<uuid:file_id>/place/", house_views.place, name="reception_place"),
    path("reception/units/<uuid:unit_id>/", views.unit, name="reception_unit"),
    path("reception/receipts/<uuid:hand_out_id>/", views.receipt, name="reception_receipt"),
    path("reception/families/", views.families, name="reception_families"),
    path("reception/directory/", views.directory, name="reception_directory"),
    path("files/<uuid:file_id>/reception/", person_views.person, name="reception_person"),
]
