from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers

NAME_LENGTH = 255
URL_LENGTH = 255


@extend_schema_serializer(component_name="User")
class UserOut(serializers.Serializer[Any]):
    id = serializers.IntegerField(read_only=True)
    username = serializers.CharField(read_only=True)


@extend_schema_serializer(component_name="Group")
class GroupOut(serializers.Serializer[Any]):
    id = serializers.IntegerField(read_only=True)
    name = serializers.CharField(read_only=True)


@extend_schema_serializer(component_name="GroupDetail")
class GroupDetailOut(GroupOut):
    users = UserOut(source="user_set.all", many=True, read_only=True)


@extend_schema_serializer(component_name="UserSocialAuth")
class UserSocialAuthOut(serializers.Serializer[Any]):
    """An account elsewhere that the person logs in with."""

    provider = serializers.CharField(read_only=True)
    uid = serializers.CharField(read_only=True)
    blocked = serializers.SerializerMethodField()
    registered = serializers.SerializerMethodField()

    def get_blocked(self, row: Any) -> bool:
        return (row.extra_data or {}).get("blocked") is True

    @extend_schema_field(serializers.IntegerField(allow_null=True))
    def get_registered(self, row: Any) -> int | None:
        """The wiki's timestamp of 14 digits, which it may not know."""
        raw = str((row.extra_data or {}).get("registered"))
        return int(raw) if raw.isascii() and raw.isdigit() else None


@extend_schema_serializer(component_name="UserDetail")
class UserDetailOut(UserOut):
    groups = GroupOut(many=True)
    date_joined = serializers.DateTimeField(read_only=True)
    social_auth = UserSocialAuthOut(many=True, read_only=True)


@extend_schema_serializer(component_name="AuthToken")
class AuthTokenOut(serializers.Serializer[Any]):
    token = serializers.CharField(read_only=True)
    user = UserOut(read_only=True)


@extend_schema_serializer(component_name="Application")
class ApplicationOut(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=NAME_LENGTH)
    redirect_url = serializers.URLField(source="redirect_uris", max_length=URL_LENGTH)
    client_id = serializers.CharField(max_length=100, read_only=True)
    user = UserOut(read_only=True)


@extend_schema_serializer(component_name="UpdateApplication")
class UpdatedApplicationOut(ApplicationOut):
    """The whole application, although only the address can change."""


@extend_schema_serializer(component_name="RegisterApplication")
class RegisteredApplicationOut(serializers.Serializer[Any]):
    """The only answer that ever shows the secret."""

    name = serializers.CharField(source="application.name", max_length=NAME_LENGTH)
    redirect_url = serializers.URLField(source="application.redirect_uris", max_length=URL_LENGTH)
    client_id = serializers.CharField(
        source="application.client_id", max_length=100, read_only=True
    )
    client_secret = serializers.CharField(max_length=255, read_only=True)
    user = UserOut(source="application.user", read_only=True)


@extend_schema_serializer(component_name="RegisterApplication")
class RegisterApplicationIn(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=NAME_LENGTH)
    redirect_url = serializers.URLField(max_length=URL_LENGTH)


@extend_schema_serializer(component_name="UpdateApplication")
class UpdateApplicationIn(serializers.Serializer[Any]):
    redirect_url = serializers.URLField(max_length=URL_LENGTH)


@extend_schema_serializer(component_name="Authorization")
class AuthorizationOut(serializers.Serializer[Any]):
    id = serializers.IntegerField(read_only=True)
    user = UserOut(read_only=True)
    application = ApplicationOut(read_only=True)
    created = serializers.DateTimeField(read_only=True)
    updated = serializers.DateTimeField(read_only=True)
    expires = serializers.DateTimeField(read_only=True)
