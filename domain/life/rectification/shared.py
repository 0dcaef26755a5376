"""Findings that several branches have: of the same item of a rubric, or in similar words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from domain.ids import BranchId
    from domain.life.rectification.model import Entry

MAX_COMPARED = 300  # the newest
LISTED = 5


@dataclass(frozen=True, slots=True)
class Shared:
    """What several branches have: the words of one of the findings, and the names of the branches."""

    title: str
    branches: Sequence[str]


def shared(
    entries: Sequence[Entry], names: Mapping[BranchId, str], are_similar: Callable[[str, str], bool]
) -> list[Shared]:
    """What at least two branches have in common, the most frequent first. Similar are also those of the same item."""
    groups: list[list[Entry]] = []
    for one in entries[-MAX_COMPARED:]:
        if one.branch is None:
            continue
        known = next((some for some in groups if _are_alike(some[0], one, are_similar)), None)
        if known is None:
            groups.append([one])
        else:
            known.append(one)
    found = [_shared(some, names) for some in groups]
    several = [one for one in found if len(one.branches) > 1]
    return sorted(several, key=lambda one: (-len(one.branches), one.title))[:LISTED]


def _are_alike(one: Entry, other: Entry, are_similar: Callable[[str, str], bool]) -> bool:
    if one.item and one.item == other.item:
        return True
    return one.title == other.title or are_similar(one.title, other.title)


def _shared(entries: Sequence[Entry], names: Mapping[BranchId, str]) -> Shared:
    branches = dict.fromkeys(one.branch for one in entries if one.branch is not None)
    return Shared(entries[-1].title, [names.get(one, "") for one in branches])
