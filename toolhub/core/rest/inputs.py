from __future__ import annotations

from typing import Any

from rest_framework import serializers

from toolhub.core.errors import InvalidInput
from toolhub.core.rest.errors import field_errors


class Input(serializers.Serializer[Any]):
    """What a body may hold. Its errors carry the numeric code that fits the type of each field."""

    def is_valid(self, *, raise_exception: bool = False) -> bool:
        try:
            return super().is_valid(raise_exception=raise_exception)
        except serializers.ValidationError as error:
            raise InvalidInput(*field_errors(error.get_full_details(), self)) from error

    @classmethod
    def read(cls, data: Any, *, partial: bool = False) -> dict[str, Any]:
        """The values the body names. Raises InvalidInput."""
        body = cls(data=data, partial=partial)
        body.is_valid(raise_exception=True)
        return dict(body.validated_data)
