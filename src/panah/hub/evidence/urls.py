"""Addresses of this room."""

from django.urls import path

from panah.hub.evidence import corridor_views, framework_views, views

urlpatterns = [
    path("", views.home, name="home"),
    path("indicators/<slug:code>/<slug:side>/", views.indicator, name="indicator"),
    path("indicators/<slug:code>/<slug:side>/chart.json", views.indicator_chart, name="indicator_chart"),
    path("indicators/<slug:code>/<slug:side>/map.json", views.indicator_map, name="indicator_map"),
    path("indicators/<slug:code>/<slug:side>/figures.<slug:form>", views.indicator_file, name="indicator_file"),
    path("states/<slug:code>/", views.state, name="state"),
    path("states/<slug:code>/chart.json", views.state_chart, name="state_chart"),
    path("states/<slug:code>/figures.<slug:form>", views.state_file, name="state_file"),
    path("states/<slug:code>/report.pdf", views.state_report, name="state_report"),
    path("report.pdf", views.region_report, name="region_report"),
    path("framework/", framework_views.framework, name="framework"),
    path("framework/values.<slug:form>", framework_views.framework_file, name="framework_file"),
    path("framework/<str:number>/", framework_views.indicator, name="framework_indicator"),
    path("framework/<str:number>/chart.json", framework_views.indicator_chart, name="framework_chart"),
    path("framework/<str:number>/map.json", framework_views.indicator_map, name="framework_map"),
    path("framework/<str:number>/values.<slug:form>", framework_views.indicator_file, name="framework_values"),
    path("points/<slug:code>/", framework_views.point, name="point"),
    path("points/<slug:code>/values.<slug:form>", framework_views.point_file, name="point_values"),
    path("corridors/", corridor_views.corridors, name="corridors"),
    path("corridors/<slug:origin>/<slug:destination>/", corridor_views.corridor, name="corridor"),
    path("corridors/<slug:origin>/<slug:destination>/chart.json", corridor_views.corridor_chart, name="corridor_chart"),
    path(
        "corridors/<slug:origin>/<slug:destination>/values.<slug:form>",
        corridor_views.corridor_file,
        name="corridor_values",
    ),
    path("doubts/", views.doubts, name="doubts"),
    path("sources/", views.sources, name="sources"),
]
