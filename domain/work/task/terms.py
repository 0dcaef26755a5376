"""What a command says of its tasks beside owners and plan: who reviews, who helps, how the owners share it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.people.naming import Wanted


class ReviewerOwns(Refusal):
    """The reviewer of a task was to be one of its owners."""

    text = "task_review.reviewer_owns"


class NotABranch(Refusal):
    """What is to own a task as a branch is none below the group's branch, or there are several."""

    text = "task_review.not_a_branch"


class NobodyLeads(Refusal):
    """Nobody leads the branch that is to own a task."""

    text = "task_review.nobody_leads"


class UnclearName(Refusal):
    """A reviewer's or helper's name means several people."""

    text = "task_review.unclear_name"


class OneReviewer(Refusal):
    """Several people were to review one task."""

    text = "task_review.one_reviewer"


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
