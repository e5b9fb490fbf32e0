from __future__ import annotations

from typing import Any

from django import template
from django.forms import BoundField

from toolhub.catalog.forms import authors

register = template.Library()


@register.filter
def author_rows(field: BoundField) -> list[list[tuple[str, Any, str]]]:
    """The inputs of the people behind a tool: part, label and content, by person."""
    return authors.author_rows(field.value())
