from toolhub.catalog.models.document import ToolDocument
from toolhub.catalog.models.revision import Revision
from toolhub.catalog.models.tool import Annotations, Tool
from toolhub.catalog.models.toollist import Favourite, ToolList, ToolListItem
from toolhub.catalog.models.webhook import Webhook, WebhookDelivery, WebhookPosition

__all__ = [
    "Annotations",
    "Favourite",
    "Revision",
    "Tool",
    "ToolDocument",
    "ToolList",
    "ToolListItem",
    "Webhook",
    "WebhookDelivery",
    "WebhookPosition",
]
