"""Settings of every process. One file: all variation comes from the environment (see docs/configuration.md)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from toolhub import env

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(
    env.text(
        "VAR",
        str(BASE_DIR / "var"),
        help="Folder of everything this installation writes: database, queue, search index.",
    )
).resolve()

DEBUG = env.flag(
    "DJANGO_DEBUG", help="Development mode: error details, the stand-in login. Never in production."
)
SECRET_KEY = env.secret(
    "DJANGO_SECRET_KEY", help="Signs sessions and tokens. Required unless DJANGO_DEBUG is on."
)
if not SECRET_KEY:
    if not DEBUG:
        raise ImproperlyConfigured("DJANGO_SECRET_KEY: must be set when DJANGO_DEBUG is off.")
    SECRET_KEY = "development-only-not-a-secret"  # noqa: S105 -- never used without DEBUG
ALLOWED_HOSTS = env.words(
    "DJANGO_ALLOWED_HOSTS", "localhost 127.0.0.1 [::1]", help="Host names this site answers to."
)

MAINTENANCE = env.flag(
    "MAINTENANCE",
    help="Answer everything with 503 and a page that says so, while the site is worked on.",
)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    # Its templates.
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "csp",
    "django_htmx",
    "oauth2_provider",
    "social_django",
    "toolhub.core",
    "toolhub.audit",
    "toolhub.accounts",
    "toolhub.catalog",
    "crawler",
    "deploy",
    "toolhub.web",
]

MIDDLEWARE = [
    "toolhub.core.web.api_errors.ApiErrorMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "toolhub.core.web.cors.CorsMiddleware",
    "toolhub.core.web.conditional.ConditionalMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "toolhub.web.middleware.LanguageMiddleware",
    "toolhub.web.middleware.MaintenanceMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "toolhub.web.middleware.ErrorPageMiddleware",
]

ROOT_URLCONF = "toolhub.urls"
WSGI_APPLICATION = "toolhub.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "toolhub.web.context_processors.shell",
            ],
        },
    },
]

DB_ENGINE = env.text(
    "DB_ENGINE",
    "django.db.backends.sqlite3",
    help="Database driver.",
    choices=("django.db.backends.sqlite3", "django.db.backends.mysql"),
)
DB_NAME = env.text(
    "DB_NAME", str(VAR_DIR / "db.sqlite3"), help="Database name, or the file of SQLite."
)
DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        "ENGINE": DB_ENGINE,
        "NAME": DB_NAME,
        "USER": env.text("DB_USER", help="Database user."),
        "PASSWORD": env.secret("DB_PASSWORD", help="Password of the database user."),
        "HOST": env.text("DB_HOST", help="Host of the database server."),
        "PORT": env.text("DB_PORT", help="Port of the database server."),
    }
}
if DB_ENGINE.endswith("mysql"):
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"]["OPTIONS"] = {
        "charset": "utf8mb4",
        "isolation_level": "read committed",
        "init_command": "SET sql_mode='TRADITIONAL', innodb_lock_wait_timeout=10",
    }
else:
    Path(DB_NAME).parent.mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["OPTIONS"] = {
        # One writer at a time from its first statement, so that the change sequence needs no row locks here.
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32768;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "/user/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
# Nobody has a password here. What is hashed are the 128 random characters of an application's secret.
PASSWORD_HASHERS = ["toolhub.accounts.oauth.hashers.RandomSecretHasher"]
OAUTH2_PROVIDER: dict[str, Any] = {
    # Says also which applications must use PKCE.
    "OAUTH2_VALIDATOR_CLASS": "toolhub.accounts.oauth.validators.OAuthValidator",
    "SCOPES": {
        "read": _("Read what you may read"),
        "write": _("Change things in your name"),
    },
    "ACCESS_TOKEN_EXPIRE_SECONDS": 36000,
    "ROTATE_REFRESH_TOKEN": True,
    "REFRESH_TOKEN_REUSE_PROTECTION": True,
    # RFC 9700: no tokens by redirect, by password or in an address; the database holds their digests only.
    "COMPLIANT_BCP_RFC9700_IMPLICIT_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PASSWORD_GRANT": True,
    "COMPLIANT_BCP_RFC9700_ACCESS_TOKEN_TRANSPORT": True,
    "COMPLIANT_BCP_RFC9700_TOKEN_STORAGE": True,
}

REDIS_URL = env.secret(
    "REDIS_URL",
    help="redis://… of the cache and the task queue. Empty: local memory and files under VAR.",
)
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

CELERY_BROKER_URL = REDIS_URL or "filesystem://"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SOFT_TIME_LIMIT = 45
CELERY_TASK_TIME_LIMIT = 60
# Without these two a message of a killed worker comes back only after about 100 s (kombu's transport/redis.py).
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = (
    {"visibility_timeout": 90, "unacked_restore_interval": 5, "unacked_restore_throttle": 1}
    if REDIS_URL
    else {
        "data_folder_in": str(VAR_DIR / "queue"),
        "data_folder_out": str(VAR_DIR / "queue"),
        "control_folder": str(VAR_DIR / "queue-control"),
        "store_processed": False,
    }
)
if not REDIS_URL:
    (VAR_DIR / "queue").mkdir(parents=True, exist_ok=True)
CRAWL_EVERY_SECONDS = env.number(
    "CRAWL_EVERY_SECONDS",
    3600,
    minimum=60,
    help="Seconds between two crawls of all registered addresses.",
)
CELERY_BEAT_SCHEDULE = {
    "crawl": {"task": "crawler.tasks.crawl_start", "schedule": CRAWL_EVERY_SECONDS},
    "crawl-sweep": {"task": "crawler.tasks.crawl_sweep", "schedule": 60},
    "webhooks-run": {"task": "toolhub.catalog.tasks.webhooks_run", "schedule": 15},
    "webhooks-forget": {
        "task": "toolhub.catalog.tasks.webhooks_forget",
        "schedule": crontab(hour=4, minute=41),
    },
    "tools-dump": {
        "task": "toolhub.catalog.tasks.tools_dump",
        "schedule": crontab(hour=3, minute=17),
    },
}
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")

CRAWL_THREADS = env.number(
    "CRAWL_THREADS",
    16,
    minimum=1,
    help="Addresses that one `manage.py crawl --wait` fetches at the same time.",
)
OUTBOUND_USER_AGENT = env.text(
    "OUTBOUND_USER_AGENT",
    "Toolhub/2.0 (https://meta.wikimedia.org/wiki/Toolhub; toolhub.crawler@toolforge.org)",
    help="User-Agent of every request to another site.",
)
OUTBOUND_ALLOWED_HOSTS = frozenset(
    env.words(
        "OUTBOUND_ALLOWED_HOSTS",
        help="host:port pairs that may be fetched although they are private; for the demo and tests only.",
    )
)
OUTBOUND_CA_BUNDLE = env.text(
    "CURL_CA_BUNDLE",
    help="File of certificate authorities for outbound HTTPS. Empty: the ones that ship with requests.",
)

SEARCH_DIR = Path(
    env.text("SEARCH_DIR", str(VAR_DIR / "search"), help="Folder of this machine's search index.")
)

DUMPS_DIR = Path(
    env.text(
        "DUMPS_DIR",
        str(VAR_DIR / "dumps"),
        help="Folder of the nightly dumps; all web and worker machines have to see the same one.",
    )
)

LANGUAGE_CODE = "en"
# In their own names, in the order of their codes; a name is what readers look for.
LANGUAGES = [
    ("ar", "العربية"),
    ("de", "Deutsch"),
    ("en", "English"),
    ("es", "Español"),
    ("fa", "فارسی"),
    ("fr", "Français"),
    ("he", "עברית"),
    ("id", "Bahasa Indonesia"),
    ("ja", "日本語"),
    ("pt", "Português"),
    ("ru", "Русский"),
    ("uk", "Українська"),
    ("zh-hans", "简体中文"),
]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = Path(
    env.text("STATIC_ROOT", str(VAR_DIR / "static"), help="Folder that collectstatic fills.")
)
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "toolhub.web.codex.CodexFinder",
]
NODE_MODULES = BASE_DIR / "node_modules" / "@wikimedia"
STATICFILES_DIRS = [
    (prefix, str(NODE_MODULES / path))
    for prefix, path in (
        ("codex-tokens", "codex-design-tokens/dist"),
        ("codex-icons", "codex-icons/dist/images"),
    )
    if (NODE_MODULES / path).is_dir()
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG

RATE_LIMIT_READS = env.number(
    "RATE_LIMIT_READS",
    1500,
    help="API reads a minute for each person or address; 0 sets no limit.",
)
RATE_LIMIT_WRITES = env.number(
    "RATE_LIMIT_WRITES",
    120,
    help="API writes a minute for each person or address; 0 sets no limit.",
)
TRUSTED_PROXY_HOPS = env.number(
    "TRUSTED_PROXY_HOPS",
    0,
    help="Proxies of ours in front, each of which adds to X-Forwarded-For; 0 takes the address of the connection.",
)
REST_FRAMEWORK = {
    # Who sends a token is judged by it alone, even when a session cookie comes along.
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "toolhub.accounts.api.authentication.BearerAuthentication",
        "toolhub.accounts.api.authentication.TokenAuthentication",
        "toolhub.core.rest.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["toolhub.core.rest.renderers.JSONRenderer"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "toolhub.core.rest.negotiation.ContentNegotiation",
    "DEFAULT_PARSER_CLASSES": [
        "toolhub.core.rest.parsers.JSONParser",
        "rest_framework.parsers.FormParser",
        "rest_framework.parsers.MultiPartParser",
    ],
    "DEFAULT_PAGINATION_CLASS": "toolhub.core.rest.pagination.PageNumberPagination",
    "DEFAULT_SCHEMA_CLASS": "toolhub.core.rest.schema.AutoSchema",
    "DEFAULT_THROTTLE_CLASSES": ["toolhub.core.rest.throttle.BucketThrottle"],
    "EXCEPTION_HANDLER": "toolhub.core.rest.errors.exception_handler",
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Toolhub API",
    "DESCRIPTION": "Discover, describe and list the tools that help people contribute to Wikimedia projects.",
    "VERSION": "2.0.0",
    "LICENSE": {
        "name": "CC0-1.0 (data)",
        "url": "https://creativecommons.org/publicdomain/zero/1.0/",
    },
    "SERVE_INCLUDE_SCHEMA": False,
    "OAS_VERSION": "3.1.1",
    "COMPONENT_SPLIT_REQUEST": True,
    "SCHEMA_PATH_PREFIX": "/api/",
    "ENUM_NAME_OVERRIDES": {},
    "POSTPROCESSING_HOOKS": ["toolhub.core.rest.samples.add_samples"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "script-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
        "report-uri": "/csp-report",
    }
}
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
REQUIRE_HTTPS = env.flag("REQUIRE_HTTPS", help="Redirect plain HTTP and mark cookies as secure.")
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = REQUIRE_HTTPS
SECURE_SSL_HOST = (
    env.text("SSL_CANONICAL_HOST", help="Host name to redirect plain HTTP to.") or None
)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    # At DEBUG these two write codes and tokens into the log.
    "loggers": {"oauthlib": {"level": "INFO"}, "oauth2_provider": {"level": "INFO"}},
    "root": {
        "handlers": ["console"],
        "level": env.text(
            "LOGGING_LEVEL",
            "WARNING",
            help="Least severe level that is logged.",
            choices=("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"),
        ),
    },
}
