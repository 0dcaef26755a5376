"""What a call of `/sandbox/…` asks for, read strictly: a wrong value is refused in one sentence."""

from dataclasses import dataclass
from typing import Any

from aiohttp import web

from sandbox.body import parameters_of
from sandbox.errors import ApiError, Refusal
from sandbox.files import Upload
from sandbox.parameters import INTEGER

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Wish:
    """The values of a call: of its path, its query, its body, and the file that came with it."""

    places: dict[str, str]
    values: Json
    file: Upload | None = None

    def has(self, name: str) -> bool:
        """Whether a value was given."""
        return self.values.get(name) not in (None, "")

    def path(self, name: str) -> int:
        """A whole number in the path."""
        return _whole(name, self.places[name])

    def text(self, name: str) -> str:
        """A text that must be there."""
        found = self.maybe_text(name)
        if found is None:
            raise Refusal(f'"{name}" is missing.')
        return found

    def maybe_text(self, name: str) -> str | None:
        """A text, or None."""
        value = self.values.get(name)
        if value is not None and not isinstance(value, str):
            raise Refusal(f'"{name}" must be a text.')
        return value or None

    def whole(self, name: str) -> int:
        """A whole number that must be there."""
        found = self.maybe_whole(name)
        if found is None:
            raise Refusal(f'"{name}" is missing.')
        return found

    def maybe_whole(self, name: str) -> int | None:
        """A whole number, or None."""
        return _whole(name, self.values[name]) if self.has(name) else None

    def number(self, name: str) -> float:
        """A number that must be there."""
        found = self.maybe_number(name)
        if found is None:
            raise Refusal(f'"{name}" is missing.')
        return found

    def maybe_number(self, name: str) -> float | None:
        """A number, or None."""
        if not self.has(name):
            return None
        try:
            return float(self.values[name])
        except (TypeError, ValueError):
            raise Refusal(f'"{name}" must be a number.') from None

    def flag(self, name: str) -> bool:
        """True or false; false where it is not given."""
        return self.maybe_flag(name) or False

    def maybe_flag(self, name: str) -> bool | None:
        """True, false, or None."""
        value = self.values.get(name)
        match value:
            case None | "":
                return None
            case bool():
                return value
            case "true" | "false":
                return bool(value == "true")
        raise Refusal(f'"{name}" must be true or false.')

    def numbers(self, name: str) -> list[int]:
        """A list of whole numbers; empty where it is not given."""
        value = self.values.get(name) or []
        entries = value.split(",") if isinstance(value, str) else value
        if not isinstance(entries, list):
            raise Refusal(f'"{name}" must be a list of numbers.')
        return [_whole(name, entry) for entry in entries]


async def read(http: web.Request) -> Wish:
    """Read a call. Raises Refusal: a body that is no JSON object, a form or parts."""
    try:
        given = await parameters_of(http)
    except ApiError:
        raise Refusal("The body must be a JSON object.") from None
    return Wish(dict(http.match_info), dict(given.values), given.files.get("file"))


def _whole(name: str, value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and INTEGER.fullmatch(value.strip()):
        return int(value)
    raise Refusal(f'"{name}" must be a whole number.')
