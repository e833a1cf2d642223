"""Django's settings, made from the environment. What may be set is in configuration.py; nothing is configured here by hand."""

from __future__ import annotations

import base64
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from panah import configuration
from panah.cores.lawbook import load_pack
from panah.foundation.languages import LANGUAGES as ALL_LANGUAGES

PANAH_ROLE = configuration.role()
PANAH_HOME = configuration.home()
PANAH_PACK = configuration.read("PANAH_PACK")
PANAH_HUB = configuration.read("PANAH_HUB")
PANAH_STATE = configuration.read("PANAH_STATE")
PANAH_BORDERS = configuration.read("PANAH_BORDERS")
PANAH_INSTALLATION = f"{PANAH_ROLE}:{PANAH_STATE or PANAH_PACK}" if PANAH_ROLE == "node" else "hub"
PANAH_LISTEN = configuration.read("PANAH_LISTEN")
PANAH_ADDRESS = f"{'https' if configuration.yes('PANAH_HTTPS') else 'http'}://{PANAH_LISTEN}"
PANAH_SECOND_FACTOR = configuration.second_factor()
PANAH_THREADS = configuration.whole_number("PANAH_THREADS")
PANAH_PROXIES = configuration.whole_number("PANAH_PROXIES", least=0)
PANAH_EXCHANGE_WORK = configuration.whole_number("PANAH_EXCHANGE_WORK")
PANAH_DESIGN_CATALOGUE = configuration.yes("PANAH_DESIGN_CATALOGUE")

_key_file = PANAH_HOME / "keys"


def _secret() -> str:
    from panah.foundation.keys.files import read_or_make

    return base64.b64encode(read_or_make(_key_file, "web")).decode()


SECRET_KEY = _secret()
DEBUG = False
ALLOWED_HOSTS = [host.strip() for host in configuration.read("PANAH_HOSTS").split(",")]

FOUNDATION_APPS = [
    "panah.foundation.keys.apps.KeysConfig",
    "panah.foundation.journal.apps.JournalConfig",
    "panah.foundation.access.apps.AccessConfig",
    "panah.foundation.notices.apps.NoticesConfig",
    "panah.foundation.door.apps.DoorConfig",
    "panah.foundation.factors.apps.FactorsConfig",
    "panah.foundation.jobs.apps.JobsConfig",
]
NODE_APPS = [
    "panah.node.safeguards.apps.SafeguardsConfig",
    "panah.node.registration.apps.RegistrationConfig",
    "panah.node.profiling.apps.ProfilingConfig",
    "panah.node.imports.apps.ImportsConfig",
    "panah.node.referrals.apps.ReferralsConfig",
    "panah.node.custody.apps.CustodyConfig",
    "panah.node.procedures.apps.ProceduresConfig",
    "panah.node.reception.apps.ReceptionConfig",
    "panah.node.families.apps.FamiliesConfig",
    "panah.node.solutions.apps.SolutionsConfig",
    "panah.node.labour.apps.LabourConfig",
    "panah.node.complaints.apps.ComplaintsConfig",
    "panah.node.statistics.apps.StatisticsConfig",
    "panah.node.audit.apps.AuditConfig",
]
HUB_APPS = [
    "panah.hub.loadings.apps.LoadingsConfig",
    "panah.hub.participants.apps.ParticipantsConfig",
    "panah.hub.evidence.apps.EvidenceConfig",
    "panah.hub.intake.apps.IntakeConfig",
    "panah.hub.exchange.apps.ExchangeConfig",
    "panah.hub.record.apps.RecordConfig",
    "panah.hub.treaties.apps.TreatiesConfig",
    "panah.hub.practices.apps.PracticesConfig",
    "panah.hub.meetings.apps.MeetingsConfig",
    "panah.hub.commitments.apps.CommitmentsConfig",
]
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "axes",
    "csp",
    "rules",
    "django_tasks",
    "django_tasks_db",
    "panah.web.apps.WebConfig",
    *FOUNDATION_APPS,
    *(NODE_APPS if PANAH_ROLE == "node" else HUB_APPS),
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "panah.foundation.languages.middleware.reader_language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "panah.foundation.factors.middleware.second_factor",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    *(["panah.node.registration.watch.firewall"] if PANAH_ROLE == "node" else []),
    "panah.web.middleware.door_errors",
    "panah.web.once.while_reading",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = f"panah.{PANAH_ROLE}.urls"
WSGI_APPLICATION = "panah.wsgi.application"
DATABASES = {"default": configuration.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "panah.web.context.page",
            ],
        },
    }
]

AUTH_USER_MODEL = "access.Officer"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "panah.foundation.access.backend.OfficerBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "panah.web.errors.too_many_attempts"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_DISABLE_ACCESS_LOG = True
SILENCED_SYSTEM_CHECKS = ["axes.W002"]

SESSION_COOKIE_AGE = 10 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_NAME = f"panah_{PANAH_ROLE}_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = f"panah_{PANAH_ROLE}_csrf"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = configuration.yes("PANAH_HTTPS")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if configuration.yes("PANAH_HTTPS") else None
SECURE_HSTS_SECONDS = 31_536_000 if configuration.yes("PANAH_HTTPS") else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

LANGUAGE_CODE = configuration.read("PANAH_LANGUAGE")
LANGUAGES = [("en", _("English")), ("ru", _("Russian"))]
PANAH_LANGUAGES = ALL_LANGUAGES
LOCALE_PATHS = [Path(__file__).parent / "locale"]
USE_I18N = True
USE_TZ = True
# Pages show times as the state's clocks do; the hub, which belongs to no state, in UTC.
TIME_ZONE = load_pack(PANAH_PACK).timezone if PANAH_ROLE == "node" else "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = PANAH_HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = PANAH_HOME / "papers"

globals().update(configuration.mail())

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"axes": {"level": "ERROR"}, "django.request": {"level": "ERROR"}, "django_tasks": {"level": "WARNING"}},
}
