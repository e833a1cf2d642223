"""Addresses of this room."""

from django.urls import path

from panah.hub.evidence import views

urlpatterns = [
    path("", views.home, name="home"),
    path("indicators/<slug:code>/<slug:side>/", views.indicator, name="indicator"),
    path("indicators/<slug:code>/<slug:side>/chart.json", views.indicator_chart, name="indicator_chart"),
    path("indicators/<slug:code>/<slug:side>/map.json", views.indicator_map, name="indicator_map"),
    path("indicators/<slug:code>/<slug:side>/figures.<slug:form>", views.indicator_file, name="indicator_file"),
    path("states/<slug:code>/", views.state, name="state"),
    path("states/<slug:code>/chart.json", views.state_chart, name="state_chart"),
    path("states/<slug:code>/figures.<slug:form>", views.state_file, name="state_file"),
    path("doubts/", views.doubts, name="doubts"),
    path("sources/", views.sources, name="sources"),
]
