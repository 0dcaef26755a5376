"""A round counted: the figures of all its questions, for all and by branch, as far as they may be told."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from domain.ids import BranchId
from domain.voice.questionnaire.figures import Figure, figure, of_figure, sheet, to_figure
from domain.voice.questionnaire.model import QuestionKind
from domain.voice.questionnaire.threshold import Steps, guarded, told_branches

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from domain.voice.questionnaire.figures import Sheet
    from domain.voice.questionnaire.model import Question, Questionnaire
    from domain.voice.questionnaire.round import Returned


class Part(NamedTuple):
    """A figure of a branch with all below it."""

    branch: BranchId
    figure: Figure


@dataclass(frozen=True, slots=True)
class Counted:
    """What a round came to. `returned` responses of `invited` people, which is `None` where nobody knows how many.

    `steps` are those of a round that is still open; a closed one has none.
    """

    returned: int
    invited: int | None
    figures: tuple[Figure, ...] = ()
    parts: tuple[Part, ...] = ()
    steps: Mapping[str, Steps] = field(default_factory=dict)

    def figure(self, key: str) -> Figure | None:
        """The figure of a question."""
        return next((one for one in self.figures if one.question.key == key), None)

    def parts_of(self, key: str) -> list[Part]:
        """The figures of a question by branch."""
        return [one for one in self.parts if one.figure.question.key == key]

    @property
    def tells(self) -> bool:
        """Whether any figure may be told."""
        return any(not one.hidden for one in self.figures)

    @property
    def split(self) -> list[Question]:
        """The questions that have figures by branch."""
        return [one.question for one in self.figures if self.parts_of(one.question.key)]


def count(
    questionnaire: Questionnaire,
    returned: Sequence[Returned],
    parents: Mapping[BranchId, BranchId | None],
    *,
    invited: int | None,
    least: int,
) -> Counted:
    """The figures of a closed round that may be told from `least` answers on."""
    sheets = [sheet(questionnaire, one) for one in returned]
    figures = tuple(guarded(figure(one, sheets), least) for one in questionnaire.questions)
    below = _below(sheets, parents)
    parts = [part for one in questionnaire.questions for part in _parts(one, sheets, below, parents, least)]
    return Counted(len(returned), invited, figures, tuple(parts))


def _below(sheets: Sequence[Sheet], parents: Mapping[BranchId, BranchId | None]) -> Mapping[BranchId, Sequence[Sheet]]:
    """The responses of each branch with all below it."""
    found: dict[BranchId, list[Sheet]] = {}
    for one in sheets:
        branch = one.branch
        while branch is not None:
            found.setdefault(branch, []).append(one)
            branch = parents.get(branch)
    return found


def _parts(
    question: Question,
    sheets: Sequence[Sheet],
    below: Mapping[BranchId, Sequence[Sheet]],
    parents: Mapping[BranchId, BranchId | None],
    least: int,
) -> Iterator[Part]:
    if question.kind is QuestionKind.TEXT:
        return
    answered = Counter(one.branch for one in sheets if question.key in one.answers)
    asked = Counter(one.branch for one in sheets if question.key in one.asked)
    for branch in told_branches(answered, asked, parents, least):
        yield Part(branch, guarded(figure(question, below[branch]), least))


def step(
    before: Counted | None,
    questionnaire: Questionnaire,
    returned: Sequence[Returned],
    *,
    invited: int | None,
    least: int,
) -> Counted:
    """What may be told of a round that is open, after a look at it; never by branch."""
    sheets, known = [sheet(questionnaire, one) for one in returned], before.steps if before else {}
    steps = {
        one.key: known.get(one.key, Steps()).after(guarded(figure(one, sheets), least), least)
        for one in questionnaire.questions
    }
    figures = tuple(steps[one.key].told or Figure(one, 0, 0, hidden=True) for one in questionnaire.questions)
    return Counted(len(returned), invited, figures, steps=steps)


def of_counted(one: Counted) -> dict[str, Any]:
    """A count as plain data, for JSON."""
    return {
        "returned": one.returned,
        "invited": one.invited,
        "figures": [of_figure(each) for each in one.figures],
        "parts": [[part.branch, of_figure(part.figure)] for part in one.parts],
        "steps": {key: [_of(each.told), _of(each.waiting)] for key, each in one.steps.items()},
    }


def _of(one: Figure | None) -> dict[str, Any] | None:
    return None if one is None else of_figure(one)


def to_counted(questionnaire: Questionnaire, data: Mapping[str, Any]) -> Counted:
    """The count of data that `of_counted` made."""

    def read(kept: Mapping[str, Any] | None) -> Figure | None:
        return None if kept is None else to_figure(questionnaire, kept)

    return Counted(
        data["returned"],
        data["invited"],
        tuple(to_figure(questionnaire, one) for one in data["figures"]),
        tuple(Part(BranchId(branch), to_figure(questionnaire, one)) for branch, one in data["parts"]),
        {key: Steps(read(told), read(waiting)) for key, (told, waiting) in data["steps"].items()},
    )
