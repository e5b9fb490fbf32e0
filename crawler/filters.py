"""Query parameters of the crawler's lists: which there are, and what they mean to the database."""

from __future__ import annotations

from toolhub.core.rest.filters import Filters, comparisons, day, number, text

RUN_FILTERS: Filters = {
    **comparisons("id", "id", number),
    **comparisons("start_date__date", "started_at__date", day),
    **comparisons("end_date__date", "ended_at__date", day),
}
RUN_ORDERINGS = {
    "id": "id",
    "start_date": "started_at",
    "end_date": "ended_at",
    "crawled_urls": "crawled_urls",
    "total_tools": "total_tools",
}
URL_FILTERS: Filters = {
    **comparisons("id", "id", number),
    "created_by__username": ("created_by__username", text),
    "created_by__username__contains": ("created_by__username__contains", text),
    "created_by__username__startswith": ("created_by__username__startswith", text),
    "created_by__username__endswith": ("created_by__username__endswith", text),
    "url__contains": ("url__contains", text),
}
URL_ORDERINGS = {"id": "id", "url": "url", "created_date": "created_at"}
RUN_URL_ORDERINGS = {
    "id": "id",
    "url_id": "url_id",
    "url__url": "url__url",
    "status_code": "status_code",
    "url__created_by__username": "url__created_by__username",
    "valid": "valid",
}
