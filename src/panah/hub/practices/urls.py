"""Addresses of this room."""

from django.urls import path

from panah.hub.practices import help_views, list_views, views

urlpatterns = [
    path("practices/", views.listed, name="practices"),
    path("practices/waiting/", views.waiting, name="practices_waiting"),
    path("practices/new/", views.write, name="practice_new"),
    path("practices/<uuid:practice_id>/", views.one, name="practice"),
    path("practices/<uuid:practice_id>/edit/", views.write, name="practice_edit"),
    path("support/", help_views.listed, name="support"),
    path("support/ask/", help_views.ask, name="help_ask"),
    path("support/offer/", help_views.give, name="help_give"),
    path("support/offers/<uuid:offer_id>/", help_views.offer, name="help_offer"),
    path("support/<uuid:request_id>/", help_views.one, name="help_request"),
    path("projects/", list_views.projects, name="projects"),
    path("projects/new/", list_views.keep_project, name="project_new"),
    path("projects/<uuid:entry>/", list_views.project, name="project"),
    path("projects/<uuid:entry>/edit/", list_views.keep_project, name="project_edit"),
    path("trainings/", list_views.courses, name="courses"),
    path("trainings/new/", list_views.keep_course, name="course_new"),
    path("trainings/<uuid:entry>/", list_views.course, name="course"),
    path("trainings/<uuid:entry>/edit/", list_views.keep_course, name="course_edit"),
    path("activities/", list_views.activities, name="activities"),
    path("activities/new/", list_views.keep_activity, name="activity_new"),
    path("activities/<uuid:entry>/", list_views.activity, name="activity"),
    path("activities/<uuid:entry>/edit/", list_views.keep_activity, name="activity_edit"),
]
