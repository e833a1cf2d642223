"""Addresses of the room."""

from django.urls import path

from panah.node.labour import views

urlpatterns = [
    path("labour/", views.listed, name="work_records"),
    path("labour/new/<uuid:referral_id>/", views.new, name="work_record_new"),
    path("labour/<uuid:record_id>/", views.one, name="work_record"),
    path("labour/<uuid:record_id>/record.pdf", views.paper, name="work_record_paper"),
]
