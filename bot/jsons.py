"""JSON by orjson, in a third of the standard library's time to read and a sixth to write.

What orjson refuses the standard library takes: half characters, NaN, and to write whole numbers of more than 64 bits,
which orjson reads as floats; the platform has none.
"""

import json
from typing import Any

import orjson


def read(text: bytes | str) -> Any:
    """What a text says; bytes that are no UTF-8 get replacement characters. Raises ValueError where it is no JSON."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return json.loads(text.decode("utf-8", "replace") if isinstance(text, bytes) else text)


def write(value: Any) -> str:
    """A text for `read`, on one line. No character is escaped that need not be."""
    try:
        return orjson.dumps(value).decode()
    except TypeError:
        return json.dumps(value, ensure_ascii=False)
