"""Secrets are blanked in what is logged, told and kept, however they are written."""

import re
from collections.abc import Callable, Iterable
from urllib.parse import quote

MIN_HALF = 8  # characters of the part behind a token's colon that are a secret of their own
BLANK = "***"


def forms(secret: str) -> set[str]:
    """How a secret may be written: as it is, in addresses, and a bot token's second half."""
    halves = {secret}
    number, _, half = secret.partition(":")
    if number.isdecimal() and len(half) >= MIN_HALF:
        halves.add(half)
    quoted = {quote(one, safe=safe) for one in halves for safe in ("", ":", "/:")}
    lower = {re.sub(r"%[0-9A-F]{2}", lambda found: found[0].lower(), one) for one in quoted}
    return halves | quoted | lower


def redactor(secrets: Iterable[str]) -> Callable[[str], str]:
    """What blanks these secrets in a text."""
    known = sorted({form for one in secrets if one for form in forms(one)}, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, known))) if known else None
    return lambda text: pattern.sub(BLANK, text) if pattern else text
