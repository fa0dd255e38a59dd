"""Values of the warehouse as JSON."""

from __future__ import annotations

import base64
import json
import math
from datetime import date, time
from decimal import Decimal
from typing import Any


def dump_json(value: Any, *, indent: int | None = None) -> str:
    """Return `value` as JSON: times in ISO 8601, bytes in base64, NaN and infinities as null."""
    return json.dumps(
        _finite(value), ensure_ascii=False, allow_nan=False, indent=indent, default=_encode
    )


def dump_line(value: Any) -> str:
    """Return `value` as a line of JSON; half of a character, which UTF-8 has not, stays escaped."""
    return dump_json(value).encode("utf-8", "backslashreplace").decode("utf-8") + "\n"


def _finite(value: Any) -> Any:
    """Replace what JSON has no number for, at any depth, and make every key a string."""
    match value:
        case float():
            return value if math.isfinite(value) else None
        case dict():
            return {str(key): _finite(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_finite(inner) for inner in value]
        case _:
            return value


def _encode(value: Any) -> Any:
    match value:
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case date() | time():
            return value.isoformat()
        case bytes():
            return base64.b64encode(value).decode("ascii")
        case _:
            return str(value)
