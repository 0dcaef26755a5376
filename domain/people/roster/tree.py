"""Branches by their names, known and new."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from domain.people.branch import path_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.ids import BranchId
    from domain.people.branch import Branch
    from domain.people.roster.model import Path


class Tree:
    """The branches there are and those that the file brings, by their names from the top down."""

    def __init__(self, known: Sequence[Branch]) -> None:
        by_id = {branch.id: branch for branch in known}
        self.paths: dict[BranchId, Path] = {branch.id: path_in(by_id, branch) for branch in known}
        self.ids = {path: branch for branch, path in self.paths.items()}
        self.new: dict[Path, None] = {}  # in the order in which they have to be added
        self._ending: defaultdict[Path, set[Path]] = defaultdict(set)
        for path in self.ids:
            self._note(path)

    def _note(self, path: Path) -> None:
        for start in range(len(path)):
            self._ending[path[start:]].add(path)

    def known(self, path: Path) -> Path | None:
        """The whole path of a branch that is there, named by its last words; `None` where none or several end so."""
        found = {path} if path in self.ids else self._ending.get(path, set())
        return next(iter(found)) if len(found) == 1 else None

    def resolve(self, path: Path) -> Path | None:
        """The whole path of a branch that a file may name by its last words; `None` where several end so."""
        if path in self.ids or path in self.new:
            return path
        found = self._ending[path]
        if len(found) > 1:
            return None
        return next(iter(found), None) or self._add(path)

    def _add(self, path: Path) -> Path | None:
        """Note a new branch, and those above it that are new; below one that is known by its last words, if it is."""
        if len(path) > 1:
            above = self.resolve(path[:-1])
            if above is None:
                return None
            path = (*above, path[-1])
        if path not in self.ids and path not in self.new:
            self.new[path] = None
            self._note(path)
        return path
