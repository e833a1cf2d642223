"""Settings of the tests: node and hub in one process, keys and files in a temporary folder, fast password hashing."""

import os
import tempfile

os.environ.setdefault("PANAH_HOME", tempfile.mkdtemp(prefix="panah-test-"))
os.environ.setdefault("PANAH_ROLE", "node")

from panah.settings import *  # noqa: F403
from panah.settings import DATABASES, HUB_APPS, INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, *HUB_APPS]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
AXES_ENABLED = False
PANAH_DESIGN_CATALOGUE = True
PANAH_SECOND_FACTOR = "offered"
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, since threads cannot share a database in memory. Durability is tested where processes are killed
    # (tests/journeys/test_crash.py), not in each unit test.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;",
    }
    DATABASES["default"]["TEST"] = {"NAME": f"{PANAH_HOME}/test.sqlite3"}  # noqa: F405
