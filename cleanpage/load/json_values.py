"""JSON as pages have it: values that may be broken, cut off or nested without end."""

from __future__ import annotations

import json
from typing import Any


def parse_json(text: str) -> Any:
    """Return the value that a text is in JSON, None if it is none; control characters may stand in strings."""
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None
