from __future__ import annotations

from django.apps import AppConfig


class CrawlerConfig(AppConfig):
    name = "crawler"
