"""Addresses of the room."""

from django.urls import path

from panah.node.families import person_views, views

urlpatterns = [
    path("families/", views.listed, name="families"),
    path("families/requests/<uuid:request_id>/", views.one, name="family_request"),
    path("families/matches/<uuid:match_id>/", views.match, name="family_match"),
    path("families/matches/<uuid:match_id>/asking/", views.asking, name="family_asking"),
    path("families/reunifications/<uuid:union_id>/", person_views.union, name="family_union"),
    path("files/<uuid:file_id>/family/", person_views.person, name="family_person"),
    path("files/<uuid:file_id>/family/new/", views.new, name="family_new"),
]
