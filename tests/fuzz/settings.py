"""The product's settings as in production, over SQLite, without limits on how often one may ask."""

from toolhub.settings import *

RATE_LIMIT_READS = RATE_LIMIT_WRITES = 10**9
ALLOWED_HOSTS = ["testserver", "127.0.0.1"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
