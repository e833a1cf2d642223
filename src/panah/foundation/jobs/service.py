"""Jobs run apart from requests, on the same database (django-tasks). A room registers here what is to run by itself, and how often."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django_tasks.base import Task


@dataclass(frozen=True)
class Recurring:
    task: Task[Any, Any]
    every: timedelta


_recurring: list[Recurring] = []


def recurring(task: Task[Any, Any], every: timedelta) -> None:
    """Have the worker enqueue `task` every so often, and once when it starts. The task must be safe to run twice."""
    _recurring.append(Recurring(task, every))


def all_recurring() -> tuple[Recurring, ...]:
    return tuple(_recurring)
