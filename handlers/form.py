"""Forms as data: what a guided way asks for, one short question after another, and what is done in the end.

A feature declares a `Form`; the generic handlers of `handlers.messaging.form` ask, read, go back, show a preview and
confirm. What is known so far is a row in the store (`domain.messaging.draft`), so that it survives a restart.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar

from domain.messaging.message import Message, Text
from handlers.action import ButtonExpired

if TYPE_CHECKING:
    from domain.messaging.draft import Draft
    from domain.people.actor import Actor
    from domain.people.permission import Permission
    from domain.refusal import Refusal
    from domain.report.features import Stores
    from handlers.context import Context

PREVIEW = "preview"  # the step at which somebody agrees
T = TypeVar("T")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Codec(Generic[V]):
    """How a value is kept as text, and read again."""

    keep: Callable[[V], str]
    load: Callable[[str], V]


WORDS: Codec[str] = Codec(str, str)


@dataclass(frozen=True, slots=True)
class Filled:
    """What is known so far: `filled[FIELD]` is the field's value, as its type has it."""

    draft: Draft

    def __getitem__(self, field: Field[V]) -> V:
        """The value of a field that has been answered. Raises ButtonExpired for one that has not."""
        if field.name not in self.draft.values:
            raise ButtonExpired
        return field.codec.load(self.draft.values[field.name])

    def has(self, field: Field[Any]) -> bool:
        """Whether a field has been answered."""
        return field.name in self.draft.values

    def with_(self, field: Field[V], value: V) -> Filled:
        """The same with a field answered."""
        return Filled(self.draft.filled(**{field.name: field.codec.keep(value)}))


AllStores: TypeAlias = "Stores"  # of every area: the generic handlers run the forms of all
Fill = Callable[["Stores", Filled], Filled]


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer that can be tapped: what stands on its button, and the value as the field keeps it."""

    label: Text
    value: str


def no_choices(_: Stores, __: Actor, ___: Filled) -> Sequence[Choice]:
    """The choices of a field that is answered in words alone."""
    return ()


@dataclass(frozen=True, slots=True)
class Field(Generic[V]):
    """One question.

    `name` is the field's entry in the store, `step` what it was called there before, where that differs. `label` names
    its text on the button that changes it. `ask` makes the question. `hear` reads an answer in words, outside of the
    transaction, and gives what fills the form within it; raises BadArguments. `pick` does the same for a tapped value.
    `a_row` choices stand in a row.
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


@dataclass(frozen=True, slots=True)
class Stay:
    """What is said while the form stays open: the last answer may be given again."""

    message: Message


Outcome = Message | Stay | None
Ending = Callable[["Stores"], Outcome]
Done = Callable[["Context", Filled], Awaitable[Ending]]


@dataclass(frozen=True, slots=True)
class Form:
    """A guided way. `needs` is the permission that it takes; the use case in the end asks for it again.

    With a `preview` nothing is done before somebody has agreed to it; `awaits_press` is said to words that come instead
    of a press. `done` gives the use case that ends it, with what
    is said of its outcome (`None`: it has spoken for itself); it may raise AskAgain.
    """

    name: str
    fields: tuple[Field[Any], ...]
    needs: Permission
    done: Done
    preview: Callable[[Stores, Filled], Message] | None = None
    awaits_press: str = "draft.press_a_button"

    def field(self, name: str) -> Field[Any]:
        """A field by its name. Raises ButtonExpired."""
        found = next((field for field in self.fields if field.name == name), None)
        if found is None:
            raise ButtonExpired
        return found

    def asked(self, draft: Draft) -> Field[Any] | None:
        """The field that waits for an answer; none where a preview waits for a press.

        Rows of earlier versions may know other steps: there it is the first field without an answer.
        """
        named = (field for field in self.fields if draft.step in (field.name, field.step or field.name))
        return next(named, None) or self.next(Filled(draft))

    def next(self, filled: Filled) -> Field[Any] | None:
        """The first field without an answer."""
        return next((field for field in self.fields if not filled.has(field)), None)

    def before(self, field: Field[Any], filled: Filled) -> str | None:
        """The step that a step back leads to; none from the first question.

        Where all is answered, one answer is being changed: then it is the preview.
        """
        if self.preview is not None and self.next(filled) is None:
            return PREVIEW
        place = self.fields.index(field)
        return self.fields[place - 1].name if place else None


class AskAgain(Exception):  # noqa: N818 - a wish, not a fault
    """What was answered does not hold any more: the field is asked anew, after a word that says why."""

    def __init__(self, field: Field[Any], refusal: Refusal) -> None:
        super().__init__(field.name)
        self.field = field
        self.refusal = refusal


def said(use_case: Callable[[Stores], T], present: Callable[[T], Outcome]) -> Ending:
    """A use case with what is said of its outcome."""
    return lambda stores: present(use_case(stores))
