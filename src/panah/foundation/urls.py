"""Addresses that node and hub share."""

from django.contrib.auth import views as auth
from django.urls import path

from panah.foundation.access import views as access
from panah.foundation.languages import views as languages
from panah.foundation.notices import views as notices

urlpatterns = [
    path("sign-in/", auth.LoginView.as_view(redirect_authenticated_user=True), name="login"),
    path("sign-out/", auth.LogoutView.as_view(), name="logout"),
    path("language/", languages.choose, name="language"),
    path("notices/", notices.mine, name="notices"),
    path("break-glass/", access.break_glass, name="break_glass"),
    path("break-glass/review/", access.break_glass_review, name="break_glass_review"),
]
