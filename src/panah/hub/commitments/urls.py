from django.urls import path

from panah.hub.commitments import views

urlpatterns = [
    path("commitments/", views.listed, name="commitments"),
    path("commitments/board/", views.board, name="commitments_board"),
    path("commitments/new/", views.new, name="commitment_new"),
    path("commitments/lists/", views.exchange, name="commitments_lists"),
    path("commitments/report.<slug:form>", views.chair_report, name="commitments_report"),
    path("commitments/<str:code>/", views.one, name="commitment"),
]
