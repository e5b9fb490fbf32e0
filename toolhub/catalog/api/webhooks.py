from __future__ import annotations

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_serializer
from rest_framework import generics, serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from toolhub.catalog.models import Webhook, WebhookDelivery
from toolhub.catalog.models.tool import URL_LENGTH
from toolhub.catalog.selectors.webhooks import delivery_list, webhook_get, webhook_list
from toolhub.catalog.services.webhooks import webhook_create, webhook_delete
from toolhub.core.rest.inputs import Input


@extend_schema_serializer(component_name="EditWebhook")
class WebhookIn(Input):
    url = serializers.CharField(max_length=URL_LENGTH)
    kind = serializers.ChoiceField(Webhook.Kind.values)
    target = serializers.CharField(
        max_length=URL_LENGTH, help_text="A tool's name, a list's id, or the query of a search."
    )


@extend_schema_serializer(component_name="Webhook")
class WebhookOut(serializers.ModelSerializer[Webhook]):
    created_date = serializers.DateTimeField(source="created_at")

    class Meta:
        model = Webhook
        fields = ("id", "url", "kind", "target", "is_active", "created_date")


@extend_schema_serializer(component_name="NewWebhook")
class NewWebhookOut(WebhookOut):
    secret = serializers.CharField(help_text="Shown this once. It checks the signatures.")

    class Meta(WebhookOut.Meta):
        fields = (*WebhookOut.Meta.fields, "secret")  # type: ignore[assignment]


@extend_schema_serializer(component_name="WebhookDelivery")
class WebhookDeliveryOut(serializers.ModelSerializer[WebhookDelivery]):
    class Meta:
        model = WebhookDelivery
        fields = (
            "id", "seq", "body", "created_at", "next_at", "delivered_at", "tries", "status_code", "error",
            "answer", "elapsed_ms",
        )  # fmt: skip


class WebhookListApi(generics.ListAPIView[Webhook]):
    permission_classes = (IsAuthenticated,)
    serializer_class = WebhookOut

    def get_queryset(self) -> QuerySet[Webhook]:
        return webhook_list(user=self.request.user)  # type: ignore[arg-type]  # the permission above

    @extend_schema(operation_id="webhooks_list")
    def get(self, request: Request, *args: object, **kwargs: object) -> Response:
        """List your webhooks."""
        return super().get(request, *args, **kwargs)

    @extend_schema(
        operation_id="webhooks_create", request=WebhookIn, responses={201: NewWebhookOut}
    )
    def post(self, request: Request) -> Response:
        """Be told of changes at an address of yours."""
        webhook, secret = webhook_create(actor=request.user, **WebhookIn.read(request.data))
        return Response({**WebhookOut(webhook).data, "secret": secret}, status=201)


class WebhookDetailApi(generics.RetrieveAPIView[Webhook]):
    permission_classes = (IsAuthenticated,)
    serializer_class = WebhookOut

    def get_object(self) -> Webhook:
        return webhook_get(self.kwargs["pk"], user=self.request.user)  # type: ignore[arg-type]  # the permission above

    @extend_schema(operation_id="webhooks_retrieve")
    def get(self, request: Request, *args: object, **kwargs: object) -> Response:
        """Read one of your webhooks."""
        return super().get(request, *args, **kwargs)

    @extend_schema(operation_id="webhooks_destroy", responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        """Be told no longer."""
        webhook_delete(actor=request.user, pk=pk)
        return Response(status=204)


class WebhookDeliveryListApi(generics.ListAPIView[WebhookDelivery]):
    permission_classes = (IsAuthenticated,)
    serializer_class = WebhookDeliveryOut

    def get_queryset(self) -> QuerySet[WebhookDelivery]:
        webhook = webhook_get(self.kwargs["pk"], user=self.request.user)  # type: ignore[arg-type]  # the permission above
        return delivery_list(webhook)

    @extend_schema(operation_id="webhooks_deliveries_list")
    def get(self, request: Request, *args: object, **kwargs: object) -> Response:
        """List what was sent, newest first, with the last answer."""
        return super().get(request, *args, **kwargs)
