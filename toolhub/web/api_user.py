from __future__ import annotations

from typing import Any

from django.conf import settings
from django.middleware.csrf import get_token
from django.utils.decorators import method_decorator
from django.views.decorators.cache import cache_control
from drf_spectacular.utils import extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from toolhub.accounts.casl import casl_rules
from toolhub.accounts.permissions import Actor
from toolhub.catalog.toolinfo.language import normalise_language
from toolhub.core.errors import FieldError, InvalidInput
from toolhub.web.casl import RIGHTS

UNKNOWN_LANGUAGE = 3102
YEAR_SECONDS = 365 * 24 * 3600
uncached = method_decorator(cache_control(private=True, no_store=True), name="dispatch")


@extend_schema_serializer(component_name="CASLRule")
class CaslRuleOut(serializers.Serializer[Any]):
    action = serializers.CharField(read_only=True)
    subject = serializers.CharField(read_only=True)
    conditions = serializers.DictField(required=False)


@extend_schema_serializer(component_name="CurrentUser")
class CurrentUserOut(serializers.Serializer[Any]):
    id = serializers.IntegerField(read_only=True, allow_null=True)
    username = serializers.CharField(read_only=True)
    email = serializers.CharField(read_only=True)
    is_anonymous = serializers.BooleanField(read_only=True)
    is_authenticated = serializers.BooleanField(read_only=True)
    csrf_token = serializers.CharField(read_only=True)
    casl = CaslRuleOut(many=True, read_only=True)


@extend_schema_serializer(component_name="Locale")
class LocaleOut(serializers.Serializer[Any]):
    language = serializers.CharField(max_length=16)


@uncached
class CurrentUserApi(APIView):
    @extend_schema(operation_id="user_retrieve", responses=CurrentUserOut)
    def get(self, request: Request) -> Response:
        """Read who you are, what you may do, and the token that your writes by session need as X-CSRFToken."""
        user: Actor = request.user
        facts = {
            "id": user.pk,
            "username": user.get_username(),
            # Clients read it as text, also of nobody.
            "email": getattr(user, "email", ""),
            "is_anonymous": user.is_anonymous,
            "is_authenticated": user.is_authenticated,
            "csrf_token": get_token(request._request),  # noqa: SLF001 -- the cookie is set on Django's own
            "casl": casl_rules(user, RIGHTS),
        }
        return Response(facts)


@uncached
class LocaleApi(APIView):
    @extend_schema(operation_id="user_locale_retrieve", responses=LocaleOut)
    def get(self, request: Request) -> Response:
        """Read the language you chose, else the one that your requests are answered in."""
        chosen = normalise_language(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""))
        return Response({"language": chosen or request._request.LANGUAGE_CODE})  # noqa: SLF001 -- the middleware's

    @extend_schema(operation_id="user_locale_create", request=LocaleOut, responses={200: LocaleOut})
    def post(self, request: Request) -> Response:
        """Choose a language. It is kept in a cookie."""
        data = LocaleOut(data=request.data)
        data.is_valid(raise_exception=True)
        code = normalise_language(data.validated_data["language"])
        if code is None:
            message = "There is no such language code at Wikimedia. Write one like en or pt-br."
            raise InvalidInput(FieldError("language", message, UNKNOWN_LANGUAGE))
        response = Response({"language": code})
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            code,
            max_age=YEAR_SECONDS,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
        return response
