"""Addresses of this room."""

from django.urls import path

from panah.node.registration import file_views, views

urlpatterns = [
    path("arrivals/", views.arrivals, name="arrivals"),
    path("arrivals/new/", views.person_new, name="person_new"),
    path("arrivals/new/zone/", views.zone_check, name="zone_check"),
    path("arrivals/new/known/", views.person_known, name="person_known"),
    path("arrivals/groups/new/", views.group_new, name="group_new"),
    path("search/", views.search, name="search"),
    path("files/<uuid:file_id>/", file_views.file, name="file"),
    path("files/<uuid:file_id>/story.pdf", file_views.printed, name="file_printed"),
    path("files/<uuid:file_id>/register/", views.person_of_number, name="person_of_number"),
    path("files/<uuid:file_id>/amend/", views.file_amend, name="file_amend"),
    path("files/<uuid:file_id>/close/", views.file_close, name="file_close"),
]
