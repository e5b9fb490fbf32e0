from toolhub.catalog.models.document import ToolDocument
from toolhub.catalog.models.revision import Revision
from toolhub.catalog.models.tool import Annotations, Tool

__all__ = ["Annotations", "Revision", "Tool", "ToolDocument"]
