"""Polls, their votes, and who sees which of their results."""

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sandbox.clock import Alarm
from sandbox.people import User

if TYPE_CHECKING:
    from sandbox.messages import Message

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Option:
    """An answer that can be chosen."""

    text: str
    persistent_id: str
    entities: tuple[Json, ...] = ()


@dataclass(slots=True, eq=False, kw_only=True)
class Poll:
    """A poll with the votes that were cast: the indices of options by the voter's id."""

    id: str
    owner: User
    question: str
    options: tuple[Option, ...]
    question_entities: list[Json] = field(default_factory=list)
    is_quiz: bool = False
    is_anonymous: bool = True
    allows_multiple_answers: bool = False
    allows_revoting: bool = True
    hides_results: bool = False
    correct: tuple[int, ...] = ()
    explanation: str = ""
    explanation_entities: list[Json] = field(default_factory=list)
    description: str = ""
    description_entities: list[Json] = field(default_factory=list)
    open_period: int | None = None
    close_date: int | None = None
    is_closed: bool = False
    votes: dict[int, tuple[int, ...]] = field(default_factory=dict)
    voters: dict[int, User] = field(default_factory=dict)
    alarm: Alarm | None = None
    messages: "list[Message]" = field(default_factory=list)

    def as_dict(self, viewer: User | None = None, *, in_message: bool = True) -> Json:
        """Bot API's Poll as one user sees it; a description is only there inside of a message."""
        poll = {
            "id": self.id,
            "question": self.question,
            "options": self._options(),
            "total_voter_count": len(self.votes),
            "is_closed": self.is_closed,
            "is_anonymous": self.is_anonymous,
            "type": "quiz" if self.is_quiz else "regular",
            "allows_multiple_answers": self.allows_multiple_answers,
            "allows_revoting": self.allows_revoting,
            "members_only": False,
        }
        return poll | self._optional() | self._solution(viewer) | (self._described() if in_message else {})

    def knows_solution(self, viewer: User | None) -> bool:
        """Whether a user may see the right answer: its author, who has answered, and everybody once it is closed."""
        return self.is_closed or (viewer is not None and (viewer is self.owner or viewer.id in self.votes))

    def names(self, viewer: User) -> list[list[User]] | None:
        """The voters of each option, the first one first; None if this user, or nobody, may see them."""
        if self.is_anonymous or not (self.is_closed or viewer.id in self.votes):
            return None
        if self.hides_results and not self.is_closed:
            return None
        return [
            [self.voters[voter] for voter, chosen in self.votes.items() if index in chosen]
            for index in range(len(self.options))
        ]

    def _options(self) -> list[Json]:
        counts = Counter(index for vote in self.votes.values() for index in vote)
        hidden = self.hides_results and not self.is_closed
        return [
            {"persistent_id": option.persistent_id, "text": option.text}
            | ({"text_entities": list(option.entities)} if option.entities else {})
            | {"voter_count": 0 if hidden else counts[index]}
            for index, option in enumerate(self.options)
        ]

    def _optional(self) -> Json:
        optional: Json = {
            "question_entities": self.question_entities or None,
            "open_period": self.open_period,
            "close_date": self.close_date,
        }
        return {name: value for name, value in optional.items() if value is not None}

    def _solution(self, viewer: User | None) -> Json:
        if not self.is_quiz or not self.knows_solution(viewer):
            return {}
        solution: Json = {"correct_option_ids": list(self.correct)}
        if self.explanation:
            solution |= {"explanation": self.explanation, "explanation_entities": self.explanation_entities}
        return solution

    def _described(self) -> Json:
        if not self.description:
            return {}
        return {"description": self.description, "description_entities": self.description_entities}
