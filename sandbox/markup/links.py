"""Addresses in markup: which of them Telegram takes, and in which form it gives them back."""

from __future__ import annotations

import re
from typing import Any

from sandbox.markup.errors import malformed

INNER_SCHEME = re.compile("(tg|tonsite|ton):(//)?", re.IGNORECASE | re.ASCII)
OUTER_SCHEME = re.compile("(https?)://", re.IGNORECASE | re.ASCII)
ANY_SCHEME = re.compile(r"[^:/?#@\[\]]*://")
AUTHORITY = re.compile("[^/?#]*")
PORT = re.compile(r"(?<=.):([^:@\]]*)\Z", re.DOTALL)
HOST = re.compile(r"(?:[\w.\-!$,~*'();&+=\u0080-\U0010ffff]|%[0-9A-Fa-f]{2})+", re.ASCII)
LITERAL_V6 = re.compile(r"\[[0-9a-f:.]*:[0-9a-f:.]*\]")
WHOLE_NUMBER = re.compile(r"-?[1-9][0-9]*|0")
LAST_PORT = 65535
LAST_ID = 2**63 - 1
LAST_MOMENT = 2**31 - 1


def link(url: str) -> tuple[str, dict[str, Any]] | None:
    """The entity for a link: its kind and fields, or nothing where Telegram doesn't take the address."""
    user = user_of(url)
    if user is not None:
        return "text_link", {"url": f"tg://user?id={user}", "user_id": user}
    address = checked(url)
    return ("text_link", {"url": address}) if address else None


def user_of(url: str) -> int | None:
    """The id of the person whom tg://user?id=… names."""
    value = _parameters(url.lower(), "user").get("id", "")
    user = _number(value, LAST_ID)
    return user if user and user > 0 else None


def custom_emoji(identifier: str) -> dict[str, Any]:
    """The fields of a custom emoji's entity."""
    if not _number(identifier, LAST_ID):
        raise malformed("Invalid custom emoji identifier specified")
    return {"custom_emoji_id": identifier}


def emoji_or_time(url: str) -> tuple[str, dict[str, Any]]:
    """The entity for an address such as tg://emoji?id=… or tg://time?unix=…&format=t."""
    emoji = _parameters(url, "emoji").get("id", "")
    if _number(emoji, LAST_ID):
        return "custom_emoji", {"custom_emoji_id": emoji}
    time = _parameters(url, "time")
    moment = _number(time.get("unix", ""), LAST_MOMENT)
    form = date_form(time.get("format", ""))
    if not moment or moment < 0 or form is None:
        raise malformed("Invalid tg://emoji or tg://time URL specified")
    return "date_time", {"unix_time": moment, "date_time_format": form}


def date_form(form: str) -> str | None:
    """A date's format in the order in which Telegram gives it back, or nothing where it is not one."""
    if form in ("r", "R"):
        return "r"
    if set(form) - set("tTdDwW"):
        return None
    date = "D" if "D" in form else "d" if "d" in form else ""
    time = "T" if "T" in form else "t" if "t" in form else ""
    return ("w" if set(form) & set("wW") else "") + date + time


def checked(url: str) -> str:
    """An address as Telegram gives it back, such as http://example.org/ for example.org; "" for one that it drops."""
    inner = INNER_SCHEME.match(url)
    parts = _split(url[inner.end() :] if inner else url)
    if parts is None:
        return ""
    scheme, user, host, port, rest = parts
    if not inner:
        known = "." in host or LITERAL_V6.fullmatch(host)
        return f"{scheme}://{user}{host}{port}{rest}" if known else ""
    name = inner[1].lower()
    allowed = r"[\w.-]+" if name == "tonsite" else r"[\w-]+"
    if user or port or scheme == "https" or not re.fullmatch(allowed, host, re.ASCII):
        return ""
    return f"{name}://{host}{rest[1:] if rest.startswith('/?') else rest}"


def _split(url: str) -> tuple[str, str, str, str, str] | None:
    """An http address's scheme, user with "@", host, port with ":", and the rest from its "/"."""
    outer = OUTER_SCHEME.match(url)
    if not outer and ANY_SCHEME.match(url):
        return None
    scheme, url = (outer[1].lower(), url[outer.end() :]) if outer else ("http", url)
    authority = AUTHORITY.match(url)
    where = authority[0] if authority else ""
    port = _port(where)
    if port is None:
        return None
    user, at, host = PORT.sub("", where).rpartition("@")
    host = host.lower()
    if not (HOST.fullmatch(host) or LITERAL_V6.fullmatch(host)) or host == "." or (user and not _plain(user)):
        return None
    return scheme, user + at, host, port, _rest(url[len(where) :])


def _port(where: str) -> str | None:
    found = PORT.search(where)
    if not found:
        return ""
    number = found[1].lstrip("0")
    valid = number.isascii() and number.isdecimal() and int(number) <= LAST_PORT
    return f":{number}" if valid else None


def _plain(user: str) -> bool:
    return all(HOST.fullmatch(part) for part in user.split(":") if part)


def _rest(path: str) -> str:
    path = path.rstrip(" \t\r\n\0\v") or "/"
    escaped = "".join(f"%{ord(char):02X}" if char <= " " else char for char in path)
    return escaped if escaped.startswith("/") else "/" + escaped


def _parameters(url: str, host: str) -> dict[str, str]:
    """The parameters of tg:host?… or tg://host?…, of each name the first; none where the address is another."""
    found = re.match(rf"tg:(?://)?{host}/?\?([^#]*)", url, re.IGNORECASE | re.ASCII)
    if not found:
        return {}
    pairs = (parameter.partition("=") for parameter in reversed(found[1].split("&")))
    return {key: value for key, _, value in pairs}


def _number(text: str, last: int) -> int | None:
    valid = WHOLE_NUMBER.fullmatch(text) and len(text) <= len(str(last)) + 1 and abs(int(text)) <= last
    return int(text) if valid else None
