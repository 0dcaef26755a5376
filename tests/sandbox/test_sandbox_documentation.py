import re
from pathlib import Path

from sandbox import Sandbox
from sandbox.control import Control
from sandbox.methods import METHODS
from tests.botapi import spec

WORDS = (Path(__file__).parents[2] / "docs" / "sandbox.md").read_text(encoding="utf-8")


def nameless(path):
    return re.sub(r"\{\w+\}", "{}", path.partition("?")[0])


def documented():
    for row in WORDS.splitlines():
        verb, first = "", ""
        for call in re.findall(r"`([^`]+)`", row.split("|")[1]) if row.startswith("| `") else ():
            found = re.fullmatch(r"(GET|POST|PATCH|DELETE) (\S+)", call)
            if found:
                verb, first = found[1], nameless(found[2])
                yield verb, first
            elif re.fullmatch(r"[a-z]+", call):
                yield verb, f"{first.rpartition('/')[0]}/{call}"


def test_every_call_of_the_peoples_side_is_documented_and_every_documented_one_is_there():
    served = {
        (route.method, nameless(route.path.removeprefix("/sandbox/")))
        for route in Control(Sandbox()).routes()
        if route.method != "*"
    } | {("GET", "events")}
    assert set(documented()) == served


def test_every_method_is_documented_and_is_telegrams():
    section = WORDS.partition("The methods:")[2].partition("Any other is 404")[0]
    section = section.replace("editMessageText, -Caption, -ReplyMarkup, -Media", "")
    edits = {f"editMessage{what}" for what in ("Text", "Caption", "ReplyMarkup", "Media")}
    section = section.replace("deleteMessage(s)", "deleteMessage, deleteMessages")
    assert set(re.findall(r"[a-z]+[A-Z]\w+", section)) | edits == set(METHODS)
    assert set(METHODS) <= set(spec.METHODS)
