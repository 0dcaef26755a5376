"""People in a form's draft: those who are clear as choices, names that are still unclear as they were written."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from domain.people.member import Mention
from domain.people.naming import Called, Chosen
from handlers.form import Codec, Filled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.form import Field

Settled: TypeAlias = Chosen | Mention | Called

WANTED, CALLED = "wanted", "?"  # the draft's key for names that are not all clear, and the sign before a name


def _load(kept: str) -> tuple[Chosen, ...]:
    """People as they were chosen; an earlier version kept the ids of members alone."""
    read = (Chosen.read(f"m{one}" if one.isdecimal() else one) for one in kept.split(","))
    return tuple(one for one in read if one is not None)


CHOSEN: Codec[tuple[Chosen, ...]] = Codec(lambda chosen: ",".join(map(str, chosen)), _load)


def keep(wanted: Sequence[Settled]) -> str:
    """People as a draft keeps them, while some are still unclear."""
    return "\n".join(map(_keep_one, wanted))


def _keep_one(wanted: Settled) -> str:
    if isinstance(wanted, Chosen):
        return str(wanted)
    sign, words = ("@", wanted.name) if isinstance(wanted, Mention) else (CALLED, wanted.words)
    return sign + " ".join(words.split())


def _load_one(kept: str) -> Settled:
    if kept.startswith("@"):
        return Mention(kept[1:])
    return Chosen.read(kept) or Called(kept.removeprefix(CALLED))


def wanted_in(filled: Filled) -> list[Settled]:
    """The people of a draft while some are unclear."""
    kept = filled.draft.values.get(WANTED, "")
    return [_load_one(one) for one in kept.split("\n")] if kept else []


def unclear(filled: Filled) -> Mention | Called | None:
    """The first unclear name."""
    return next((one for one in wanted_in(filled) if not isinstance(one, Chosen)), None)


def with_people(filled: Filled, field: Field[tuple[Chosen, ...]], wanted: Sequence[Settled]) -> Filled:
    """The draft with these people, if all are clear; else it keeps them, and the next unclear one is asked about."""
    clear = tuple(one for one in wanted if isinstance(one, Chosen))
    if len(clear) == len(wanted):
        return Filled(filled.draft.without(WANTED)).with_(field, tuple(dict.fromkeys(clear)))
    return Filled(filled.draft.filled(**{WANTED: keep(wanted)}))


def answered(filled: Filled, answer: Sequence[Settled]) -> list[Settled]:
    """The people of a draft with an answer in place of the first unclear name; the answer alone where none is."""
    which, wanted = unclear(filled), wanted_in(filled)
    if which is None:
        return list(answer)
    place = wanted.index(which)
    return [*wanted[:place], *answer, *wanted[place + 1 :]]
