"""The figures of several groups as one: of a branch with all below it, and of everything somebody answers for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.reporting import Figure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from domain.ids import BranchId, ChatId
    from domain.messaging.chat import Chat
    from domain.report.features import Stores


@dataclass(frozen=True, slots=True)
class Unit:
    """Groups that are told in one line: those of a branch and of all below it, or one."""

    name: str
    groups: Sequence[Chat]


def together(found: Sequence[Mapping[str, Figure]]) -> dict[str, Figure]:
    """Counts are added up; what is of so many people is their average."""
    names = dict.fromkeys(name for figures in found for name in figures)
    return {name: _joined([figures[name] for figures in found if name in figures]) for name in names}


def _joined(figures: Sequence[Figure]) -> Figure:
    brief = next((one.brief for one in figures if one.brief is not None), None)
    of = sum(one.of for one in figures)
    if not of:
        return Figure(sum(one.value for one in figures), brief)
    return Figure(round(sum(one.value * one.of for one in figures) / of), brief, of)


def units(stores: Stores, groups: Sequence[Chat], most: int) -> Sequence[Unit]:
    """A line for each group; where that is more than `most`, for each branch of the highest level that has several."""
    alone = [Unit(_name(stores, group), [group]) for group in groups]
    if len(groups) <= most:
        return alone
    paths = {group.id: _path(stores, group) for group in groups}
    for depth in range(max(map(len, paths.values()))):
        branches = {path[depth] for path in paths.values() if len(path) > depth}
        if len(branches) > 1:
            return _by_branch(stores, groups, paths, depth)
    return alone


def _by_branch(
    stores: Stores, groups: Sequence[Chat], paths: Mapping[ChatId, Sequence[BranchId]], depth: int
) -> Sequence[Unit]:
    """The groups below each branch of a level; one that belongs to none of them stands alone."""
    below: dict[BranchId, list[Chat]] = {}
    alone = []
    for group in groups:
        path = paths[group.id]
        if len(path) > depth:
            below.setdefault(path[depth], []).append(group)
        else:
            alone.append(Unit(_name(stores, group), [group]))
    return [Unit(stores.branches.get(branch).name, own) for branch, own in below.items()] + alone


def _path(stores: Stores, group: Chat) -> Sequence[BranchId]:
    """The branches that a group belongs to, the highest first."""
    return [] if group.branch is None else [one.id for one in reversed(stores.branches.ancestors(group.branch))]


def _name(stores: Stores, group: Chat) -> str:
    return group.title if group.branch is None else stores.branches.get(group.branch).name
