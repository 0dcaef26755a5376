"""The form of /task where its tasks serve something: the same fields, given by another use case."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol

from handlers.arguments import BadArguments
from handlers.form import AskAgain, ending
from handlers.work.task_form import DUE, OWNERS, WHAT, call_owners

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.people.actor import Actor
    from domain.people.naming import Chosen, Wanted
    from domain.work.features import Stores
    from domain.work.task import Given, Plan
    from handlers.context import Context
    from handlers.form import Ending, Filled


class Give(Protocol):
    """A use case that gives tasks which serve something."""

    def __call__(
        self,
        stores: Stores,
        actor: Actor,
        *,
        mentions: Sequence[Wanted],
        plan: Plan,
        due_at: datetime,
        source: str,
    ) -> Given:
        """Give them."""


def given(context: Context, filled: Filled, give: Give) -> Ending:
    """Give what was filled in. Raises AskAgain if the deadline has passed meanwhile."""
    if filled[DUE] <= context.now:
        raise AskAgain(DUE, BadArguments("task.past_deadline"))
    owners: tuple[Chosen, ...] = filled[OWNERS]
    use_case = partial(
        give,
        actor=context.actor,
        mentions=owners,
        plan=filled[WHAT],
        due_at=filled[DUE],
        source=f"draft:{filled.draft.id}",
    )
    return ending(use_case, call_owners)
