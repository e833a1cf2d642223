from __future__ import annotations

from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from uuid6 import uuid7


class Officers(BaseUserManager["Officer"]):
    def get_by_natural_key(self, username: str | None) -> Officer:
        return self.get(username=username)


class Officer(AbstractBaseUser):
    """A person who works with the system. There is no superuser: what an officer may do follows from roles, body and post."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    username = models.CharField(max_length=60, unique=True)
    display_name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=8, blank=True)
    body = models.CharField(
        max_length=80, blank=True, help_text="Code of the officer's body in the pack; on the hub, of the state."
    )
    post = models.CharField(max_length=40, blank=True, help_text="Code of the border post, centre or office.")
    serves_state = models.CharField(max_length=3, blank=True, help_text="The state whom a consular officer serves.")
    is_active = models.BooleanField(default=True)
    second_factor = models.UUIDField(
        null=True, help_text="Mark of the second factor while there is one; a session holds what it proved."
    )

    objects = Officers()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["display_name"]

    class Meta:
        app_label = "access"

    def __str__(self) -> str:
        return self.display_name

    @cached_property
    def roles(self) -> frozenset[str]:
        """Codes of the roles that the officer holds now. Empty for a closed account."""
        if not self.is_active:
            return frozenset()
        return frozenset(self.grants.filter(withdrawn_at=None).values_list("role", flat=True))

    def has_perm(self, permission: str, obj: object = None) -> bool:
        from panah.foundation.access.service import may

        return may(self, permission, obj)


class Grant(models.Model):
    """A role given to an officer, and by whom. Withdrawn, never deleted."""

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=40)
    granted_at = models.DateTimeField()
    granted_by = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.UUIDField(null=True)

    class Meta:
        app_label = "access"
        constraints = [
            models.UniqueConstraint(
                fields=["officer", "role"], condition=models.Q(withdrawn_at=None), name="one_standing_grant_of_a_role"
            )
        ]


class Token(models.Model):
    """A key with which a program acts as an officer, with that officer's rights and no more. Only its hash is kept."""

    id = models.UUIDField(primary_key=True)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=80, help_text="Which program or device holds it.")
    digest = models.BinaryField(max_length=32, unique=True)
    issued_at = models.DateTimeField()
    until = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "access"


class WayBack(models.Model):
    """A link by which an officer who forgot the password sets a new one, once. Only its hash is kept."""

    id = models.UUIDField(primary_key=True)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="ways_back")
    digest = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    void_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "access"

    def works_at(self, moment: datetime) -> bool:
        return self.used_at is None and self.void_at is None and self.made_at <= moment < self.until


class BreakGlass(models.Model):
    """A time in which an officer may read files that are not theirs, for a written reason. At most three hours."""

    id = models.UUIDField(primary_key=True)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="break_glass")
    reason = models.TextField()
    opened_at = models.DateTimeField()
    until = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.UUIDField(null=True)
    review = models.TextField(blank=True)

    class Meta:
        app_label = "access"

    def open_at(self, moment: datetime) -> bool:
        return self.closed_at is None and self.opened_at <= moment < self.until


def officer_or_none(identifier: UUID | None) -> Officer | None:
    return Officer.objects.filter(pk=identifier, is_active=True).first() if identifier else None
