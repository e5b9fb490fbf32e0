from toolhub.catalog.models.document import ToolDocument
from toolhub.catalog.models.revision import Revision
from toolhub.catalog.models.tool import Annotations, Tool
from toolhub.catalog.models.toollist import Favourite, ToolList, ToolListItem

__all__ = [
    "Annotations",
    "Favourite",
    "Revision",
    "Tool",
    "ToolDocument",
    "ToolList",
    "ToolListItem",
]
