"""Links and e-mail addresses in plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

GENERAL = "\u200c\u200d\u2010-\u2015"
"""Of the block of general punctuation (U+2000 to U+206F), what can be in an address."""

BEYOND = f"\u00c0-\u167f\u1681-\u1fff{GENERAL}\u2070-\u2fff\u3001-\U0010ffff"
"""All that is no separator beyond Latin-1's signs: Telegram takes Chinese punctuation for a part of an address."""

HOST = re.compile(f"[A-Za-z0-9_.~@{BEYOND}-]+")
USER = re.compile("[^/\\[\\]{}()'`<>\"@\0- \u00a0\u00ab\u00bb\u1680\u2000-\u200b\u200e-\u200f\u2016-\u206f\u3000]")
TAIL = '[^<>"\0- \u00a0\u00ab\u00bb\u1680\u2000-\u200b\u200e-\u200f\u2016-\u206f\u3000]*'
PORT_AND_PATH = re.compile(f"(?::0*(?P<port>[1-9][0-9]{{0,4}})(?![0-9]))?(?P<path>[/?#]{TAIL})?")
INNER = re.compile(f"(?:tg|ton)://[A-Za-z0-9_-]{{1,253}}(?P<path>[/?#]{TAIL})?", re.IGNORECASE | re.ASCII)
SCHEME = re.compile(r"(?:(?<!s)https?|(?<![st])ftp|tonsite)://\Z", re.IGNORECASE | re.ASCII)
EMAIL = re.compile(
    r"(?:[a-z0-9_-]{0,26}[.+]){0,10}[a-z0-9_-]{1,35}@(?:[a-z0-9](?:[a-z0-9_-]{0,28}[a-z0-9])?\.){1,6}[a-z]{2,8}",
    re.IGNORECASE | re.ASCII,
)
NUMBERS = re.compile(
    r"(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\.(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])){3}"
)
PUNYCODE = re.compile("xn--[a-z0-9]{2,}", re.IGNORECASE | re.ASCII)

SENTENCE_ENDS = ".:;,('?!`"
BRACKETS = {")": "(", "]": "[", "}": "{"}
MAX_LABEL_CHARS = 63
LAST_PORT = 65535
MAX_SCHEME_CHARS = 10

DOMAINS = frozenset(
    domain
    for line in (Path(__file__).parent / "domains.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for domain in line.split()
)
"""Top-level domains that Telegram knows; it has a longer list of general ones."""


def addresses(text: str) -> Iterator[tuple[str, int, int]]:
    """Every link and e-mail address: "url" or "email", and where it starts and ends."""
    for found in INNER.finditer(text):
        path = found["path"] or ""
        yield "url", found.start(), found.end() - len(path) + len(_path(path))
    at = 0
    while host := HOST.search(text, at):
        at = host.end()
        address = _address(text, host.start(), host.end()) if "." in host[0] else None
        if address:
            yield address
            at = max(at, address[2])


def _address(text: str, start: int, end: int) -> tuple[str, int, int] | None:
    """The address of which a run of characters from `start` to `end` is the host, with or without a user."""
    at = text.rfind("@", start, end)
    begin = _user(text, at) if at >= 0 else start
    host = text[at + 1 if at >= 0 else start : end]
    kept = host.rstrip(".")
    stop = end - len(host) + len(kept)
    scheme = SCHEME.search(text, max(0, begin - MAX_SCHEME_CHARS), begin)
    if begin == at or (not scheme and _is_stuck(text, begin)):
        return None
    if not scheme and EMAIL.fullmatch(text[begin:stop].removeprefix("mailto:")):
        return "email", begin + len("mailto:") * text.startswith("mailto:", begin), stop
    if not _is_host(kept, known=not scheme) or set(text[begin : max(at, begin)]) & set("?#"):
        return None
    rest = PORT_AND_PATH.match(text, end) if kept == host else None
    return "url", scheme.start() if scheme else begin, stop + _rest(rest)


def _is_stuck(text: str, begin: int) -> bool:
    """Whether the character before belongs to the same word, so that no address can begin here."""
    return begin > 0 and (text[begin - 1] in "/#@_" or text[begin - 1].isalnum())


def _user(text: str, at: int) -> int:
    """Where the user before an "@" begins."""
    begin = at
    while begin > 0 and USER.match(text[begin - 1]):
        begin -= 1
    return begin


def _rest(found: re.Match[str] | None) -> int:
    """How much of a port and a path belongs to a link."""
    if not found:
        return 0
    port = found.start("path") - found.start() if found["path"] else len(found[0])
    if found["port"] and int(found["port"]) > LAST_PORT:
        return 0
    return port + len(_path(found["path"] or ""))


def _path(path: str) -> str:
    """A path up to a closing bracket that it never opened, without the marks that end a sentence."""
    opened = dict.fromkeys(BRACKETS.values(), 0)
    end = len(path)
    for position, char in enumerate(path):
        opened |= {char: opened[char] + 1} if char in opened else {}
        opened |= {BRACKETS[char]: opened[BRACKETS[char]] - 1} if char in BRACKETS else {}
        if min(opened.values()) < 0:
            end = position
            break
    kept = path[:end].rstrip(SENTENCE_ENDS)
    return "" if kept in ("?", "#") else kept


def _is_host(host: str, *, known: bool) -> bool:
    """Whether a host can be one; `known`: its last label must be a top-level domain that exists."""
    labels = host.split(".")
    if any(not label or len(label.encode()) > MAX_LABEL_CHARS or label.endswith("-") for label in labels):
        return False
    if NUMBERS.fullmatch(host):
        return True
    last = labels[-1]
    if len(labels) == 1 or len(last) == 1 or "_" in labels[-2] or host.replace(".", "").isdecimal():
        return False
    if PUNYCODE.fullmatch(last):
        return True
    return not set(last) & set("_-") and (not known or (last.lower() in DOMAINS and not _begins_sentence(last)))


def _begins_sentence(last: str) -> bool:
    """Whether only the first letter is a capital one, as where the space after a full stop is missing."""
    return last[0] != last[0].lower() and last[1:] == last[1:].lower()
