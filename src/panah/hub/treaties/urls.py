"""Addresses of this room."""

from django.urls import path

from panah.hub.treaties import agreement_views, law_views, report_views, views

urlpatterns = [
    path("treaties/", views.treaties, name="treaties"),
    path("treaties/states/<slug:state>/", views.state, name="treaties_of_state"),
    path("treaties/instruments/<slug:code>/", views.instrument, name="treaty"),
    path("treaties/doubts/", views.differing, name="treaty_doubts"),
    path("treaties/reports/", report_views.reports, name="treaty_reports"),
    path("treaties/reports/new/", report_views.new_report, name="treaty_report_new"),
    path("treaties/reports/<uuid:report_id>/", report_views.report, name="treaty_report"),
    path("laws/", law_views.register, name="laws"),
    path("laws/acts/<slug:key>/", law_views.law, name="law"),
    path("laws/changes/", law_views.amendments, name="amendments"),
    path("laws/changes/new/", law_views.new_amendment, name="amendment_new"),
    path("laws/changes/<slug:key>/", law_views.amendment, name="amendment"),
    path("laws/provisions/", law_views.gaps, name="law_gaps"),
    path("laws/plans/", law_views.mainstreaming, name="mainstreaming"),
    path("agreements/", agreement_views.agreements, name="agreements"),
    path("agreements/<slug:key>/", agreement_views.agreement, name="agreement"),
    path("agreements/between/<slug:origin>/<slug:destination>/", agreement_views.corridor, name="agreement_corridor"),
]
