"""Addresses of this room."""

from django.urls import path

from panah.node.safeguards import views

urlpatterns = [
    path("board/", views.board, name="board"),
    path("board/<slug:code>/", views.board_list, name="board_list"),
    path("holds/<uuid:hold_id>/", views.hold, name="hold"),
    path("files/<uuid:file_id>/holds/new/", views.hold_new, name="hold_new"),
    path("files/<uuid:file_id>/coercive-act/", views.coercive_act, name="coercive_act"),
]
