"""The product's settings, with the handful that tests need otherwise. The database comes from the environment as always."""

import os
import tempfile
from pathlib import Path

_VAR = tempfile.mkdtemp(prefix="toolhub-tests-")
os.environ.setdefault("DJANGO_SECRET_KEY", "tests-only")
os.environ.setdefault("VAR", _VAR)

from toolhub.settings import *

DEBUG = False
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
CELERY_BROKER_URL = "memory://"
CELERY_BROKER_TRANSPORT_OPTIONS = {}
SEARCH_DIR = Path(_VAR) / "search"
SEARCH_ALWAYS_FRESH = True
RATE_LIMIT_READS = RATE_LIMIT_WRITES = 0
DUMPS_DIR = Path(_VAR) / "dumps"
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, because threads cannot share a database in memory.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(_VAR) / "test.sqlite3")}
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
