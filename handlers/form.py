"""Forms as data: the questions that are asked one after another, and what is done with the answers.

A feature declares a `Form`; the generic handlers of `handlers.messaging.form` ask, read, go back, show a preview and
confirm. The answers so far are a row in the store (`domain.messaging.draft`), so they survive a restart.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar

from domain.messaging.message import Message, Text
from handlers.action import ButtonExpired
from handlers.arguments import BadArguments

if TYPE_CHECKING:
    from domain.messaging.draft import Draft
    from domain.people.actor import Actor
    from domain.people.permission import Permission
    from domain.refusal import Refusal
    from domain.report.features import Stores
    from handlers.context import Context

PREVIEW = "preview"  # the step that waits for confirmation
T = TypeVar("T")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Codec(Generic[V]):
    """Converts a value to the text that is stored, and back."""

    keep: Callable[[V], str]
    load: Callable[[str], V]


WORDS: Codec[str] = Codec(str, str)
NUMBER: Codec[int] = Codec(str, int)
DAY: Codec[date] = Codec(date.isoformat, date.fromisoformat)
MOMENT: Codec[datetime] = Codec(
    lambda at: str(int(at.timestamp())), lambda kept: datetime.fromtimestamp(int(kept), UTC)
)
LINES: Codec[tuple[str, ...]] = Codec(
    lambda lines: json.dumps(list(lines), ensure_ascii=False), lambda kept: tuple(json.loads(kept))
)


@dataclass(frozen=True, slots=True)
class Filled:
    """The answers so far: `filled[FIELD]` is the field's typed value."""

    draft: Draft

    def __getitem__(self, field: Field[V]) -> V:
        """The value of a field. Raises ButtonExpired if it has not been answered."""
        if field.name not in self.draft.values:
            raise ButtonExpired
        return field.codec.load(self.draft.values[field.name])

    def has(self, field: Field[Any]) -> bool:
        """Whether a field has been answered."""
        return field.name in self.draft.values

    def number(self, key: str) -> int:
        """A number that the draft keeps beside the answers, by its key. Raises ButtonExpired."""
        kept = self.draft.values.get(key, "")
        if not kept.isdecimal():
            raise ButtonExpired
        return int(kept)

    def with_(self, field: Field[V], value: V) -> Filled:
        """A copy with a field answered."""
        return Filled(self.draft.filled(**{field.name: field.codec.keep(value)}))


AllStores: TypeAlias = "Stores"  # those of every area, since the generic handlers run the forms of all areas
Fill = Callable[["Stores", Filled], Filled]


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer that can be tapped: its button's label, and the value as stored."""

    label: Text
    value: str


def no_choices(_: Stores, __: Actor, ___: Filled) -> Sequence[Choice]:
    """The choices of a field that is only answered by typing."""
    return ()


async def hear_press(_: Context) -> Fill:
    """What is typed for a field that is only answered by a button. Raises BadArguments."""
    raise BadArguments("draft.press_a_button")


@dataclass(frozen=True, slots=True)
class Field(Generic[V]):
    """One question.

    `name` is the field's key in the store, `step` its former key if that differs. `label` is the text on the button
    that changes it. `ask` makes the question. `hear` parses a typed answer before the transaction and returns the
    function that fills it in within the transaction; raises BadArguments. `pick` does the same for a tapped value.
    `a_row` is the number of choices in a row. While a field that `takes_files` is asked, a file in private is its
    answer, whatever it looks like.
    """

    name: str
    codec: Codec[V]
    label: str
    ask: Callable[[Stores, Filled], Message]
    hear: Callable[[Context], Awaitable[Fill]]
    choices: Callable[[Stores, Actor, Filled], Sequence[Choice]] = no_choices
    pick: Callable[[Actor, str], Fill] | None = None
    step: str = ""
    a_row: int = 1
    takes_files: bool = False


@dataclass(frozen=True, slots=True)
class KeepOpen:
    """An outcome after which the form stays open, so that the last answer can be given again."""

    message: Message


@dataclass(frozen=True, slots=True)
class Told:
    """An outcome of which the use case has told the sender itself, in the chat where they filled in the form."""


Outcome = Message | KeepOpen | Told | None
Ending = Callable[["Stores"], Outcome]
Done = Callable[["Context", Filled], Awaitable[Ending]]


@dataclass(frozen=True, slots=True)
class Form:
    """Questions to fill in. `needs` is the permission to begin; the final use case checks it again.

    With a `preview`, nothing is done before it is confirmed; `awaits_press` is the text for whoever types instead of
    pressing a button then. `done` returns the use case that ends the form; its result is the answer (`None`: the use
    case sends its own messages). `done` may raise AskAgain. One that is `for_groups` may be filled in in private for
    one of the sender's groups; its fields and `done` then get the sender as an actor in that group. `usual` are answers
    that need not be asked for, by field; they are changed at the preview. With `hear` the form takes what is typed
    itself, and its questions are put elsewhere.
    """

    name: str
    fields: tuple[Field[Any], ...]
    needs: Permission
    done: Done
    preview: Callable[[Stores, Filled], Message] | None = None
    awaits_press: str = "draft.press_a_button"
    for_groups: bool = False
    usual: Mapping[str, str] = field(default_factory=dict)
    hear: Callable[[Context, Draft], Awaitable[None]] | None = None

    def field(self, name: str) -> Field[Any]:
        """A field by its name. Raises ButtonExpired."""
        found = next((field for field in self.fields if field.name == name), None)
        if found is None:
            raise ButtonExpired
        return found

    def asked(self, draft: Draft) -> Field[Any] | None:
        """The field that waits for an answer; `None` where a preview waits for confirmation.

        For an unknown step of an earlier version it is the first field without an answer.
        """
        named = (field for field in self.fields if draft.step in (field.name, field.step or field.name))
        return next(named, None) or self.next(Filled(draft))

    def next(self, filled: Filled) -> Field[Any] | None:
        """The first field without an answer; one that has a usual answer is not asked."""
        asked = (field for field in self.fields if field.name not in self.usual)
        return next((field for field in asked if not filled.has(field)), None)

    def before(self, field: Field[Any], filled: Filled) -> str | None:
        """The step before a field; `None` for the first question.

        If every field is answered, one answer is being changed: then it is the preview.
        """
        if self.preview is not None and self.next(filled) is None:
            return PREVIEW
        place = self.fields.index(field)
        return self.fields[place - 1].name if place else None


class AskAgain(Exception):  # noqa: N818 - a request, not an error
    """An answer is no longer valid: the refusal is shown and the field is asked again."""

    def __init__(self, field: Field[Any], refusal: Refusal) -> None:
        super().__init__(field.name)
        self.field = field
        self.refusal = refusal


def ending(use_case: Callable[[Stores], T], present: Callable[[T], Outcome]) -> Ending:
    """A use case and its presenter as the ending of a form."""
    return lambda stores: present(use_case(stores))


async def ends_elsewhere(_: Context, __: Filled) -> Ending:
    """The end of a form without fields: a button of its message ends it. Raises ButtonExpired."""
    raise ButtonExpired
