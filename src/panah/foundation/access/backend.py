"""Signing in with a user name and password. Rights are asked of access.service, never of this."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from panah.foundation.access.models import Officer


class OfficerBackend(BaseBackend):
    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: Any
    ) -> Officer | None:
        officer = Officer.objects.filter(username=(username or "").strip().lower()).first()
        if officer is None:
            Officer().set_password(password)  # as long as a check, so that time does not tell which names exist
            return None
        return officer if officer.check_password(password or "") and officer.is_active else None

    def get_user(self, user_id: UUID) -> Officer | None:
        return Officer.objects.filter(pk=user_id, is_active=True).first()
