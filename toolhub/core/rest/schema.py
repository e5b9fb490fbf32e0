"""What every operation of the OpenAPI document has beside its own: the errors it can answer with."""

from __future__ import annotations

from typing import Any

from drf_spectacular.openapi import AutoSchema as SpectacularAutoSchema
from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

READS = ("GET", "HEAD", "OPTIONS")


class FieldErrorOut(serializers.Serializer[Any]):
    field = serializers.CharField()
    message = serializers.CharField()
    code = serializers.IntegerField(required=False)


@extend_schema_serializer(
    component_name="GenericError",
    examples=[
        OpenApiExample(
            "Nothing there",
            {
                "code": 4004,
                "message": "There is no tool named x.",
                "status_code": 404,
                "errors": [{"field": "detail", "message": "There is no tool named x."}],
            },
        )
    ],
)
class ErrorOut(serializers.Serializer[Any]):
    code = serializers.IntegerField(help_text="1000: see `errors`. Others: see the API guide.")
    message = serializers.CharField()
    status_code = serializers.IntegerField(required=False)
    errors = FieldErrorOut(many=True)  # type: ignore[assignment]  # the field hides a property


class AutoSchema(SpectacularAutoSchema):
    def _get_response_bodies(self, direction: str = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)  # type: ignore[arg-type]
        component = self.resolve_serializer(ErrorOut, "response")
        schema = {"application/json": {"schema": component.ref}}
        for status, description in self._errors():
            bodies.setdefault(status, {"content": schema, "description": description})
        return bodies

    def _errors(self) -> list[tuple[str, str]]:
        errors = [("default", "Another error.")]
        if self.method in READS:
            errors.append(("404", "There is no such thing, or no such page."))
        else:
            errors += [
                ("400", "What was sent breaks a rule; `errors` names the fields."),
                ("401", "Nobody is logged in."),
                ("403", "This person may not."),
                ("404", "There is no such thing."),
            ]
        return sorted(errors)
