"""Keeping other web pages out: what they send says where it comes from."""

from urllib.parse import urlsplit

from aiohttp import web

from sandbox.errors import Refusal


def guarded(http: web.Request) -> None:
    """Raises Refusal 403 for a change that another site's page asks for."""
    origin = http.headers.get("Origin")
    if http.method not in {"GET", "HEAD"} and origin is not None and urlsplit(origin).netloc != http.host:
        raise Refusal("Another site's page may not change this sandbox.", 403)
