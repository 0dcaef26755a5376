"""What a command says of its tasks beside owners and plan: who reviews, who helps, how the owners share it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.people.naming import Wanted


@dataclass(frozen=True, slots=True)
class Myself:
    """Whoever writes the command."""


MYSELF = Myself()


@dataclass(frozen=True, slots=True)
class Terms:
    """Who is to review the results and who helps; owners who do it `together` are done by the first one's word.

    `by_branch`: a party group or branch is named as the owner, and whoever leads it owns the task for it.
    """

    reviewer: Wanted | Myself | None = None
    helpers: Sequence[Wanted | Myself] = ()
    together: bool = False
    by_branch: bool = False


PLAIN = Terms()
