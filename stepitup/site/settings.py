"""Settings, drawn from a few environment variables and the team's file. There is no second settings file.

STEPITUP_DATA            the data folder (default: ./data)
STEPITUP_DATABASE_URL    postgresql://… ; without it, SQLite in the data folder
STEPITUP_SITE_KEY_FILE   the site key (default: secrets/site-key in the data folder)
STEPITUP_PORT            the port of a demonstration, whose links follow it (`stepitup run --port` sets it)
"""

import os
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from stepitup.ground.team import read_team
from stepitup.site.database import database_from

DATA = Path(os.environ.get("STEPITUP_DATA", "data")).resolve()
SITE_KEY_FILE = Path(os.environ.get("STEPITUP_SITE_KEY_FILE", DATA / "secrets" / "site-key"))
TEAM = read_team(DATA)
if TEAM.demo and "STEPITUP_PORT" in os.environ:
    TEAM = replace(TEAM, public_url=f"http://localhost:{os.environ['STEPITUP_PORT']}")

DEBUG = False
# Django wants one; nothing of ours uses it. Secrets come from the site key (stepitup.ground.keys).
SECRET_KEY = "not a secret: see stepitup.ground.keys"  # noqa: S105
ALLOWED_HOSTS = [urlsplit(TEAM.public_url).hostname or "localhost", "localhost", "127.0.0.1", "[::1]"]

INSTALLED_APPS = [
    "stepitup.ground",
    "stepitup.directory",
    "stepitup.paging",
    "stepitup.roster",
    "stepitup.tally",
    "stepitup.calls",
    "stepitup.drills",
    "stepitup.watch",
    "stepitup.desk",
    "stepitup.door",
]
ROOT_URLCONF = "stepitup.site.urls"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "stepitup.door.middleware.NoDeadEnds",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Each journey of the door keeps its templates beside its views.
        "DIRS": sorted((Path(__file__).parent.parent / "door").glob("*/templates")),
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["stepitup.door.context.on_every_screen"]},
    }
]

DATABASES = {"default": database_from(os.environ.get("STEPITUP_DATABASE_URL", ""), data=DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "script-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
APPEND_SLASH = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200

# Numbers, times and states only. No access log: an address of a caller's machine is never written down.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "loggers": {
        "stepitup": {"handlers": ["console"], "level": "INFO"},
        # Django's request log names paths, and a path can hold a page key. (No handler at all would mean stderr.)
        "django.request": {"handlers": ["nowhere"], "propagate": False},
        "django.security": {"handlers": ["nowhere"], "propagate": False},
    },
}
