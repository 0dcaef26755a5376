"""setWebhook, deleteWebhook, getWebhookInfo."""

import re
from urllib.parse import urlsplit

from sandbox.errors import bad_request
from sandbox.methods.receiving import ask_for_kinds
from sandbox.methods.request import Json, Request
from sandbox.webhooks import Webhook

SECRET = re.compile(r"[A-Za-z0-9_-]*")
SECRET_LIMIT = 256
CONNECTIONS = 40
MAX_CONNECTIONS = 100


def set_webhook(request: Request) -> bool:
    """Have updates delivered to an address; an empty one ends it."""
    url = request.given.text("url").strip()
    if not url:
        return delete_webhook(request)
    webhook = Webhook(
        bot=request.bot,
        url=_checked(url),
        secret=_secret(request.given.text("secret_token")),
        max_connections=min(max(request.given.integer("max_connections", CONNECTIONS), 1), MAX_CONNECTIONS),
        ip_address=request.given.text("ip_address") or None,
    )
    ask_for_kinds(request)
    _drop(request)
    request.bot.inbox.interrupt("terminated by setWebhook request")
    request.world.webhooks.set(webhook)
    return True


def delete_webhook(request: Request) -> bool:
    """Go back to getUpdates."""
    request.world.webhooks.remove(request.bot)
    _drop(request)
    return True


def get_webhook_info(request: Request) -> Json:
    """Where updates go, how many wait, and what went wrong last."""
    return request.world.webhooks.info(request.bot)


def _drop(request: Request) -> None:
    if request.given.flag("drop_pending_updates"):
        request.bot.inbox.clear()


def _checked(url: str) -> str:
    """An address as it is: unlike Telegram, the sandbox delivers to plain HTTP and to this machine too."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise bad_request("invalid webhook URL specified") from None
    if parts.scheme not in {"http", "https"} or not parts.hostname or port == 0:
        raise bad_request("invalid webhook URL specified")
    return url


def _secret(token: str) -> str:
    if len(token) > SECRET_LIMIT:
        raise bad_request("secret token is too long")
    if not SECRET.fullmatch(token):
        raise bad_request("secret token contains unallowed characters")
    return token
