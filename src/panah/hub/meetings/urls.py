"""Addresses of this room."""

from django.urls import path

from panah.hub.meetings import draft_views, meeting_views, views

ONE = "meetings/<slug:code>/"

urlpatterns = [
    path("meetings/", views.calendar, name="meetings"),
    path("meetings/register.<slug:form>", views.register_file, name="meetings_file"),
    path("meetings/calendar.ics", views.public_feed, name="meetings_feed"),
    path("meetings/mine/", views.own_feed_page, name="meetings_own"),
    path("meetings/mine/<str:secret>.ics", views.own_feed, name="meetings_own_feed"),
    path("meetings/new/", meeting_views.convene, name="meeting_new"),
    path(ONE, meeting_views.one, name="meeting"),
    path(f"{ONE}change/", meeting_views.change, name="meeting_change"),
    path(f"{ONE}papers/<uuid:paper_id>/", meeting_views.paper, name="meeting_paper"),
    path(f"{ONE}statement-<slug:language>.<slug:form>", draft_views.statement, name="meeting_statement"),
    path(f"{ONE}draft/", draft_views.draft, name="meeting_draft"),
    path(f"{ONE}draft/marked/", draft_views.marked, name="meeting_marked"),
    path(f"{ONE}draft/marked-<slug:language>.<slug:form>", draft_views.marked_download, name="meeting_marked_file"),
    path(f"{ONE}draft/<int:number>/", draft_views.paragraph, name="meeting_paragraph"),
]
