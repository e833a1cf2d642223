"""Every setting of an installation: its name, default and meaning, in one table.

The environment is the only place where an installation is configured. `docs/reference/settings.md` is made from this table.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit


class ConfigurationError(Exception):
    """A setting holds a value that is not allowed; the message names it and says what is."""


@dataclass(frozen=True)
class Setting:
    name: str
    default: str
    meaning: str


SETTINGS: tuple[Setting, ...] = (
    Setting("PANAH_ROLE", "node", "What this installation is: `node` (one state's case work) or `hub` (the Process)."),
    Setting(
        "PANAH_HOME",
        "~/.local/share/panah/<role>",
        "Folder of the embedded database, keys, mail and papers. Back it up; its `keys` folder apart.",
    ),
    Setting(
        "PANAH_DATABASE",
        "sqlite:///<home>/panah.sqlite3",
        "Address of the database: `sqlite:///path` or `postgresql://user:password@host:port/name`.",
    ),
    Setting("PANAH_PACK", "kaz", "Node only: code of the rule pack that applies, a folder of `packs/`."),
    Setting("PANAH_PACKS", "", "Folder of the packs, when they are not the ones that came with the program."),
    Setting("PANAH_HOSTS", "localhost,127.0.0.1,[::1]", "Host names that the web server answers to, parted by commas."),
    Setting("PANAH_LISTEN", "127.0.0.1:8000", "Address and port of the web server."),
    Setting("PANAH_WORKERS", "1", "Number of web server processes."),
    Setting("PANAH_THREADS", "4", "Threads of each web server process that run requests."),
    Setting(
        "PANAH_HTTPS",
        "no",
        "`yes` where the server is reached over HTTPS: cookies are then sent over it only. Anything but loopback needs it.",
    ),
    Setting(
        "PANAH_SECOND_FACTOR",
        "required",
        "Whether every officer must prove a second factor: `required`, or `offered` for a demonstration on loopback.",
    ),
    Setting(
        "PANAH_MAIL",
        "file",
        "Where mail goes: `file` (a folder in PANAH_HOME), `smtp://[user:password@]host:port` or `smtps://…`.",
    ),
    Setting("PANAH_MAIL_FROM", "panah@localhost", "Sender of the mail."),
    Setting(
        "PANAH_HUB", "", "Node only: address of the hub, for example `https://hub.example`; empty means files by hand."
    ),
    Setting("PANAH_STATE", "", "Node only: ISO 3166-1 alpha-3 code of the state; taken from the pack when empty."),
    Setting(
        "PANAH_BORDERS",
        "",
        "Hub only: a TopoJSON file of boundaries to use in place of the one that came with the program.",
    ),
    Setting(
        "PANAH_PROXIES",
        "0",
        "Number of proxies in front of the web server that add to X-Forwarded-For; with 0 nobody's word on an address is believed.",
    ),
    Setting(
        "PANAH_EXCHANGE_WORK",
        "20",
        "Hub only: seconds of computing in a minute for new answers of /sdmx/ to one address; each web server process counts for itself.",
    ),
    Setting("PANAH_LANGUAGE", "en", "Language of pages for those who have not chosen: `en` or `ru`."),
    Setting("PANAH_DESIGN_CATALOGUE", "no", "`yes` shows the catalogue of page components at /design/."),
)

_BY_NAME = {setting.name: setting for setting in SETTINGS}


def read(name: str, environment: Mapping[str, str] = os.environ) -> str:
    """The value of a setting, or its default. Raises KeyError for a name that is not in the table."""
    return environment.get(name, "").strip() or _BY_NAME[name].default


def yes(name: str, environment: Mapping[str, str] = os.environ) -> bool:
    """A yes/no setting. Raises ConfigurationError for anything else."""
    value = read(name, environment).lower()
    if value not in {"yes", "no"}:
        raise ConfigurationError(f"The setting {name} is {value!r}. Allowed are `yes` and `no`.")
    return value == "yes"


def whole_number(name: str, environment: Mapping[str, str] = os.environ, *, least: int = 1) -> int:
    """A setting that is a whole number of `least` or more."""
    value = read(name, environment)
    if not value.isdecimal() or int(value) < least:
        raise ConfigurationError(f"The setting {name} is {value!r}. Allowed is a whole number, {least} or more.")
    return int(value)


def role(environment: Mapping[str, str] = os.environ) -> str:
    value = read("PANAH_ROLE", environment)
    if value not in {"node", "hub"}:
        raise ConfigurationError(f"The setting PANAH_ROLE is {value!r}. Allowed are `node` and `hub`.")
    return value


def second_factor(environment: Mapping[str, str] = os.environ) -> str:
    value = read("PANAH_SECOND_FACTOR", environment)
    if value not in {"required", "offered"}:
        raise ConfigurationError(f"The setting PANAH_SECOND_FACTOR is {value!r}. Allowed are `required` and `offered`.")
    return value


def home(environment: Mapping[str, str] = os.environ) -> Path:
    """The folder of this installation; made, readable by its owner only, when it is not there."""
    value = environment.get("PANAH_HOME", "").strip()
    folder = Path(value).expanduser() if value else Path.home() / ".local" / "share" / "panah" / role(environment)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder.resolve()


def database(environment: Mapping[str, str] = os.environ) -> dict[str, object]:
    """The Django settings of the one database."""
    address = environment.get("PANAH_DATABASE", "").strip()
    if not address:
        return _sqlite(home(environment) / "panah.sqlite3")
    parts = urlsplit(address)
    if parts.scheme == "sqlite":
        return _sqlite(Path(unquote(parts.path)))
    if parts.scheme in {"postgresql", "postgres"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    raise ConfigurationError(
        f"The setting PANAH_DATABASE begins with {parts.scheme!r}. Allowed are `sqlite:///path` and "
        "`postgresql://user:password@host:port/name`."
    )


def _sqlite(path: Path) -> dict[str, object]:
    # Writers queue at BEGIN IMMEDIATE, so that no transaction fails half-way for a lock; FULL keeps every
    # acknowledged action through a loss of power, not only through a crash of the program.
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
    }


def mail(environment: Mapping[str, str] = os.environ) -> dict[str, object]:
    """The Django e-mail settings: files by default, SMTP by one address."""
    address = read("PANAH_MAIL", environment)
    sender: dict[str, object] = {"DEFAULT_FROM_EMAIL": read("PANAH_MAIL_FROM", environment)}
    if address == "file":
        return sender | {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": str(home(environment) / "mail"),
        }
    parts = urlsplit(address)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ConfigurationError(
            f"The setting PANAH_MAIL is {address!r}. Allowed are `file`, `smtp://[user:password@]host:port` and `smtps://…`."
        )
    return sender | {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 20,
    }
