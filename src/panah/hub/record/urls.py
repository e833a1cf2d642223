from django.urls import path

from panah.hub.record import views

urlpatterns = [
    path("record/", views.papers, name="record"),
    path("record/documents/<slug:code>/", views.paper, name="record_paper"),
    path("record/paragraphs/<slug:code>/", views.paragraph, name="record_paragraph"),
    path("record/requirements/", views.requirements, name="record_requirements"),
    path("record/requirements/<slug:code>/", views.requirement, name="record_requirement"),
    path("record/frameworks/", views.frameworks, name="record_frameworks"),
    path("record/frameworks/<slug:framework>/<slug:code>/", views.point, name="record_point"),
    path("record/timeline/", views.timeline, name="record_timeline"),
]
