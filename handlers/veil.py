"""Secrets on their way: an invitation's token is in no store, backup or log, neither going out nor coming in.

What goes out waits as a seed, or veiled, until it is sent: only the bot's own token, which is not in the store, makes
of it what is sent. What comes in is replaced by its digest before it is stored.
"""

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from typing import Any

from domain.people.invitation import digest

TOKEN_BYTES = 24  # 32 characters in a link; cannot be guessed
NONCE_BYTES = 16
SEEDED = re.compile(r"start=invite\.([A-Za-z0-9_-]{32})")
ACCEPTED = re.compile(r"^(/start(?:@\w+)?\s+)(?:invited?-)(\S+)")
TOLD = re.compile(r"invite-[A-Za-z0-9_-]{32}")
MASKED = "invite-" + 32 * "x"
MARK = "invite"  # what a text holds that may hold a token


def seed() -> str:
    """What a token is made of."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def token_of(seed: str, bot_token: str) -> str:
    """The token that goes into a link."""
    mac = hmac.digest(bot_token.encode(), f"invitation {seed}".encode(), "sha256")
    return base64.urlsafe_b64encode(mac[:TOKEN_BYTES]).decode()


def unveil_text(text: str, bot_token: str) -> str:
    """A message with its links as they are sent."""
    return SEEDED.sub(lambda found: f"start=invite-{token_of(found[1], bot_token)}", text)


def veil(content: bytes, bot_token: str) -> bytes:
    """A file as it waits in the store."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + _mixed(content, bot_token, nonce)


def unveil(content: bytes, bot_token: str) -> bytes:
    """The file."""
    return _mixed(content[NONCE_BYTES:], bot_token, content[:NONCE_BYTES])


def _mixed(content: bytes, bot_token: str, nonce: bytes) -> bytes:
    stream = hashlib.shake_256(b"file " + nonce + bot_token.encode()).digest(len(content))
    mixed = int.from_bytes(content, "big") ^ int.from_bytes(stream, "big")
    return mixed.to_bytes(len(content), "big")


def without_tokens(body: Mapping[str, Any]) -> dict[str, Any]:
    """An update without invitations' tokens: one that is followed becomes its digest, others are masked.

    A digest that somebody sends is taken for a token, so that reading the store opens nothing.
    """
    return {name: _without(value) for name, value in body.items()}


def _without(value: Any) -> Any:
    if isinstance(value, str):
        return TOLD.sub(MASKED, ACCEPTED.sub(lambda found: f"{found[1]}invited-{digest(found[2])}", value))
    if isinstance(value, dict):
        return without_tokens(value)
    return [_without(one) for one in value] if isinstance(value, list) else value
