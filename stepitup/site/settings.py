"""Settings, drawn from a few environment variables and the team's file. There is no second settings file.

STEPITUP_DATA            the data folder (default: ./data)
STEPITUP_DATABASE_URL    postgresql://… ; without it, SQLite in the data folder
STEPITUP_SITE_KEY_FILE   the site key (default: secrets/site-key in the data folder)
STEPITUP_PORT            the port of a demonstration, whose links follow it (`stepitup run --port` sets it)
"""

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.utils.functional import SimpleLazyObject

from stepitup.ground.keys import secret_for
from stepitup.ground.team import read_team
from stepitup.site.body import A_FILE_AT_MOST
from stepitup.site.data_folder import noted_address
from stepitup.site.database import database_from

DATA = Path(os.environ.get("STEPITUP_DATA", "data")).resolve()
SITE_KEY_FILE = Path(os.environ.get("STEPITUP_SITE_KEY_FILE", DATA / "secrets" / "site-key"))
TEAM = read_team(DATA)
if TEAM.demo and "STEPITUP_PORT" in os.environ:
    TEAM = replace(TEAM, public_url=f"http://localhost:{os.environ['STEPITUP_PORT']}")
elif TEAM.demo:
    TEAM = replace(TEAM, public_url=noted_address(DATA) or TEAM.public_url)

DEBUG = False
# Drawn from the site key when it is first needed: a house that is only looked at may have none yet.
SECRET_KEY = SimpleLazyObject(lambda: secret_for("django", "signing"))
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
    # Signing in to /team/. What each of these would do elsewhere is turned off in stepitup.door.team.apps.
    "stepitup.door.team.apps.Kinds",
    "stepitup.door.team.apps.Accounts",
    "stepitup.door.team.apps.SignIn",
    "stepitup.door.team.apps.Ways",
]
ROOT_URLCONF = "stepitup.site.urls"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "stepitup.door.middleware.NoDeadEnds",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "stepitup.door.team.middleware.SignedInScreens",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Each journey of the door keeps its templates beside its views.
        "DIRS": sorted((Path(__file__).parent.parent / "door").glob("**/templates")),
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

# Signing in, under /team/ alone (docs/sign-in.md). Limits are kept by account; none knows an address.
AUTH_USER_MODEL = "roster.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/team/sign-in"
LOGIN_REDIRECT_URL = "/team/"
SIGNED_IN_FOR = timedelta(hours=12)
SESSION_ENGINE = "stepitup.door.team.sessions"
SESSION_COOKIE_NAME = "__Secure-team"
SESSION_COOKIE_PATH = "/team/"
SESSION_COOKIE_AGE = int(SIGNED_IN_FOR.total_seconds())
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
ACCOUNT_ADAPTER = "stepitup.door.team.adapters.AccountsHere"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "name"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_RATE_LIMITS = {
    "login": "",
    "login_failed": "5/5m/key",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
    "signup": "",
    "reset_password": "",
    "reset_password_from_key": "",
    "request_login_code": "",
    "verify_phone": "",
}
# Nothing but those limits: every process counts the same, also after a start.
CACHES = {"default": {"BACKEND": "stepitup.door.team.tries.Tries"}}
MFA_ADAPTER = "stepitup.door.team.adapters.WaysHere"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = TEAM.public_url.startswith("http://localhost")
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_RECOVERY_CODE_DIGITS = 12  # one of them signs in by itself, so it must not be guessed
MFA_RATE_LIMITS = {"webauthn_login": ""}

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
# An uploaded roster holds names and numbers: it stays in memory and never becomes a temporary file.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = A_FILE_AT_MOST

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
        # What these write down are whole addresses of helpers' apps, passwords among them.
        "apprise": {"handlers": ["nowhere"], "propagate": False},
        "urllib3": {"handlers": ["nowhere"], "propagate": False},
        "django.security": {"handlers": ["nowhere"], "propagate": False},
        # They name addresses they ask, and a provider's can hold a helper's number.
        "httpx": {"handlers": ["nowhere"], "propagate": False},
        "httpcore": {"handlers": ["nowhere"], "propagate": False},
    },
}
