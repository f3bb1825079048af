"""JSON as it comes over the wire."""

from typing import Any

JsonObject = dict[str, Any]
