from __future__ import annotations

from typing import Any

from django.db import models


def empty_value(model: type[models.Model], attribute: str) -> Any:
    """What the attribute holds when nothing is stated: null, or the empty list or false of its default."""
    field = model._meta.get_field(attribute)
    if not isinstance(field, models.Field):
        raise TypeError(attribute)
    return None if field.null else field.get_default()
