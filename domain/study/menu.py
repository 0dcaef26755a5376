"""What the parts of study contribute to the message of /study in private, and to the page of who is in charge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from domain.people.actor import Actor
    from domain.study.features import Stores
    from domain.today import Part


@dataclass(frozen=True, slots=True)
class StudyEntry:
    """A part of study under today's item, or on the page 管理学习; those of a low `order` come first.

    `tell` gives nothing where there is nothing to do. It only reads, and is short: a line and a row of buttons.
    """

    order: int
    tell: Callable[[Stores, Actor], Part | None]
