"""Every setting in one place: environment variables with defaults that run."""

import contextlib
import os
import secrets
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url

PACKAGE = Path(__file__).resolve().parent


def _integer(name: str, default: int) -> int:
    words = os.environ.get(name, str(default))
    if not words.isdigit():
        raise SystemExit(f"{name} must be a whole number, not “{words}”. Correct it and start again.")
    return int(words)


AMENDS_HOME = Path(os.environ.get("AMENDS_HOME", "data")).resolve()
AMENDS_HOST = os.environ.get("AMENDS_HOST", "127.0.0.1")
AMENDS_PORT = _integer("AMENDS_PORT", 8000)
AMENDS_SMTP_HOST = os.environ.get("AMENDS_SMTP_HOST", "127.0.0.1")
AMENDS_SMTP_PORT = _integer("AMENDS_SMTP_PORT", 2525)
AMENDS_LMTP_PORT = _integer("AMENDS_LMTP_PORT", 0)
AMENDS_URL = os.environ.get("AMENDS_URL", f"http://127.0.0.1:{AMENDS_PORT}").rstrip("/")
AMENDS_MAIL_LIMIT_MB = _integer("AMENDS_MAIL_LIMIT_MB", 25)
AMENDS_UNDO_SECONDS = _integer("AMENDS_UNDO_SECONDS", 10)
AMENDS_MAIL_URL = os.environ.get("AMENDS_MAIL_URL", "")
AMENDS_ARCHIVE = os.environ.get("AMENDS_ARCHIVE", "")
AMENDS_EXPOSURE_URL = os.environ.get("AMENDS_EXPOSURE_URL", "")
AMENDS_EXPOSURE_VIEW = os.environ.get("AMENDS_EXPOSURE_VIEW", "")


def _secret_key() -> str:
    """The signing key: AMENDS_SECRET_KEY, or one made once and kept in the data folder, readable by us alone."""
    given = os.environ.get("AMENDS_SECRET_KEY")
    if given:
        return given
    kept = AMENDS_HOME / "secret_key"
    if not kept.exists():
        AMENDS_HOME.mkdir(parents=True, exist_ok=True)
        made = AMENDS_HOME / f"secret_key.{os.getpid()}"
        made.touch(mode=0o600)
        made.write_text(secrets.token_urlsafe(48))
        with contextlib.suppress(FileExistsError):  # another process of ours was first
            os.link(made, kept)
        made.unlink()
    return kept.read_text()


SECRET_KEY = _secret_key()
DEBUG = os.environ.get("AMENDS_DEBUG") == "1"

_address = urlsplit(AMENDS_URL)
ALLOWED_HOSTS = sorted({_address.hostname or "127.0.0.1", "127.0.0.1", "localhost"})
CSRF_TRUSTED_ORIGINS = [AMENDS_URL]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _address.scheme == "https"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "axes",
    "django_htmx",
    "django_linear_migrations",
    "csp",
    "amends.apps.Amends",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "amends.ui.doorkeeper.Doorkeeper",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "amends.urls"
ASGI_APPLICATION = "amends.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / "ui/jinja2", PACKAGE / "desk/jinja2", PACKAGE / "portal/jinja2"],
        "OPTIONS": {
            "environment": "amends.ui.environment.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "amends.ui.environment.look",
            ],
            "auto_reload": DEBUG,
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]

_SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-8000; "
    "PRAGMA temp_store=MEMORY; PRAGMA journal_size_limit=67108864; PRAGMA foreign_keys=ON; "
    "PRAGMA recursive_triggers=ON;"
)
_SQLITE = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": _SQLITE_PRAGMAS}
# Our queries are short and many: compiling one (jit) costs more than running it, ten times so without statistics.
_POSTGRESQL = {"options": "-c jit=off", "pool": {"min_size": 1, "max_size": 8}}


def _database() -> dict[str, Any]:
    """SQLite in the data folder, or whatever DATABASE_URL names; PostgreSQL gets Django's own pool."""
    config: dict[str, Any] = dict(
        dj_database_url.parse(os.environ.get("DATABASE_URL") or f"sqlite:///{AMENDS_HOME / 'amends.db'}")
    )
    config["CONN_MAX_AGE"] = 0
    if config["ENGINE"].endswith("sqlite3"):
        config["OPTIONS"] = _SQLITE
    elif config["ENGINE"].endswith("postgresql"):
        if find_spec("psycopg") is None:
            raise SystemExit(
                "DATABASE_URL names PostgreSQL. Install its driver: .venv/bin/uv pip install -e '.[postgres]'"
            )
        config["OPTIONS"] = {**_POSTGRESQL, **config.get("OPTIONS", {})}
    else:
        raise SystemExit("DATABASE_URL must name sqlite or postgres: Amends keeps its promises only on those two.")
    return config


DATABASES = {"default": _database()}

AUTH_USER_MODEL = "amends.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "amends.ui.accounts.ClosedDoor"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {"login_failed": None}  # axes counts wrong passwords, and says so with a sentence
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "username"  # as allauth hands it to authenticate(), not as the form calls it
AXES_DISABLE_ACCESS_LOG = True
AXES_LOCKOUT_CALLABLE = "amends.ui.accounts.locked_out"
AXES_VERBOSE = False

LANGUAGE_CODE = "en-gb"
TIME_ZONE = os.environ.get("AMENDS_TIME_ZONE", "UTC")
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = AMENDS_HOME / "static"
STATICFILES_DIRS = [PACKAGE / "ui/static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 60

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}


def _mail() -> dict[str, Any]:
    """How letters leave: smtp://user:password@host:587?tls=1, anymail's backend by name, or the sink folder."""
    if not AMENDS_MAIL_URL or AMENDS_MAIL_URL == "sink":
        return {"EMAIL_BACKEND": "amends.channels.email.sink.Sink"}
    if AMENDS_MAIL_URL.startswith("anymail:"):
        return {"EMAIL_BACKEND": f"anymail.backends.{AMENDS_MAIL_URL.removeprefix('anymail:')}.EmailBackend"}
    parts = urlsplit(AMENDS_MAIL_URL)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise SystemExit("AMENDS_MAIL_URL must be sink, smtp://host:port, smtps://host:port or anymail:provider.")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 25),
        "EMAIL_HOST_USER": parts.username or "",
        "EMAIL_HOST_PASSWORD": parts.password or "",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": "tls=1" in parts.query,
        "EMAIL_TIMEOUT": 20,
    }


globals().update(_mail())
if AMENDS_MAIL_URL.startswith("anymail:"):
    INSTALLED_APPS.append("anymail")
AMENDS_SINK = EMAIL_FILE_PATH = AMENDS_HOME / "sent-mail"
ANYMAIL: dict[str, Any] = {"IGNORE_UNSUPPORTED_FEATURES": True}
ANYMAIL |= {name.removeprefix("ANYMAIL_"): value for name, value in os.environ.items() if name.startswith("ANYMAIL_")}

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("AMENDS_LOG", "WARNING")},
}
