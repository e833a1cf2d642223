"""Addresses that node and hub share."""

from django.contrib.auth import views as auth
from django.urls import path

from panah.foundation.access import admin_views as accounts
from panah.foundation.access import views as access
from panah.foundation.access.own import views as own
from panah.foundation.factors import sign_in
from panah.foundation.factors import views as factors
from panah.foundation.languages import views as languages
from panah.foundation.notices import views as notices

urlpatterns = [
    path("sign-in/", sign_in.SignIn.as_view(), name="login"),
    path("sign-in/second/", sign_in.second, name="sign_in_second"),
    path("second-factor/", factors.mine, name="second_factor"),
    path("second-factor/app/", factors.app, name="second_factor_app"),
    path("second-factor/passkey/", factors.passkey, name="second_factor_passkey"),
    path("second-factor/codes/", factors.recovery_codes, name="recovery_codes"),
    path("account/", own.account, name="account"),
    path("way-back/<str:link>/", own.way_back, name="way_back"),
    path("sign-out/", auth.LogoutView.as_view(), name="logout"),
    path("officers/", accounts.officers, name="officers"),
    path("officers/new/", accounts.officer_new, name="officer_new"),
    path("officers/<uuid:officer_id>/", accounts.officer, name="officer"),
    path("language/", languages.choose, name="language"),
    path("notices/", notices.mine, name="notices"),
    path("break-glass/", access.break_glass, name="break_glass"),
    path("break-glass/review/", access.break_glass_review, name="break_glass_review"),
]
