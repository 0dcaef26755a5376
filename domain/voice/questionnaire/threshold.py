"""What may be told without telling on anybody: no figure about a group of fewer than `k` people, `k` least answers.

The attacker reads everything that is ever told about a round: the page, the file, what is posted, at every moment, by
everybody who may see it. They know the roster, who is in which branch and who has answered, and they calculate: they
take what is told of a part from what is told of the whole, and what was told yesterday from what is told today. What
they may learn are figures of groups of at least k people.

1. A question that fewer than k people have answered tells nothing, not even how many they are. So what those few were
   asked whom an earlier answer has led to a question is not told either.
2. Of the branches, those are told that have at least k answers to the question, where what is left of the branch above
   them is nobody or at least k people too, of those who answered and of those who were asked (`told_branches`): who was
   asked is what they have answered before. What is told is then a tree of parts. Whatever one adds
   and takes away, the smallest parts that come out are what is left of a branch without the branches told below it.
3. What is told changes only when at least k more people have answered (`Steps`), and then shows the answers that were
   there at the step before: what comes at the end are at least k more people than at the last look, however few came
   since. After the closing nothing changes any more: results are kept, so that neither a person who is erased nor a
   branch that is moved makes a second version that could be taken from the first.
4. Two rounds are compared as wholes. A question is not where fewer than k people who came, went or changed their minds
   could have made the difference: the rest has said the same, and the difference is what those few have said.
5. Single values are not told of a few: no lowest, no highest; quartiles from 2k answers on, below that the median.
6. Texts are told from k texts on, shuffled, and without anything that was answered beside them.

What this cannot prevent: that all people of a group have answered the same; that k - 1 of k people join to know the
last; that somebody tells on themselves in their own words; that two rounds, each told by itself, had the same people.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from domain.voice.questionnaire.figures import Figure
from domain.voice.questionnaire.model import QuestionKind
from domain.voice.questionnaire.round import LEAST_THRESHOLD, Confidence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from domain.ids import BranchId
    from domain.voice.questionnaire.round import Round

SPREAD = 2  # times the threshold: from so many answers on, quartiles are told


@dataclass(frozen=True, slots=True)
class Steps:
    """What is told of a question while its round is open: `told`, and the answers that wait to be told, as they were.

    They are told once at least k more have answered, so that neither two looks nor the last one and the final results
    differ by a few people.
    """

    told: Figure | None = None
    waiting: Figure | None = None

    def after(self, now: Figure, least: int) -> Steps:
        """After a look at what there is now."""
        if now.answered < least:
            return self
        if self.waiting is None:
            return replace(self, waiting=now)
        if now.answered - self.waiting.answered < least:
            return self
        return Steps(self.waiting, now)


def least_of(one: Round, *, to_all: bool) -> int:
    """From how many answers on a round's figures are told: of a named round those in charge see everything anyway."""
    if one.confidence is Confidence.NAMED and not to_all:
        return 1
    return max(one.threshold, LEAST_THRESHOLD)


def guarded(found: Figure, least: int) -> Figure:
    """As much of a figure as may be told."""
    if found.answered < least:
        return Figure(found.question, 0, 0, hidden=True)
    if least > 1 and found.answered < SPREAD * least and found.spread:
        middle = len(found.spread) // 2
        return replace(found, spread=found.spread[middle : middle + 1])
    return found


def told_branches(
    answered: Mapping[BranchId | None, int],
    asked: Mapping[BranchId | None, int],
    parents: Mapping[BranchId, BranchId | None],
    least: int,
) -> list[BranchId]:
    """The branches of which a figure may be told beside that of the whole, those above before those below.

    `answered` and `asked` say how many of each branch itself answered a question and were asked, `None` standing for
    those without a branch. Both are told, so that neither may be of a few.
    """
    totals = _Totals(_with_all_below(answered, parents), _with_all_below(asked, parents))
    below: dict[BranchId | None, list[BranchId]] = {}
    for branch in totals.answered:
        if branch is not None:
            below.setdefault(parents.get(branch), []).append(branch)
    return list(_told_below(None, totals, below, least)) if totals.answered.get(None, 0) >= least else []


class _Totals(NamedTuple):
    answered: Mapping[BranchId | None, int]
    asked: Mapping[BranchId | None, int]

    def left(self, branch: BranchId | None, told: Sequence[BranchId]) -> tuple[int, ...]:
        """How many of a branch have answered, and were asked, beside those of some below it."""
        return tuple(counts[branch] - sum(counts[one] for one in told) for counts in self)


def _with_all_below(
    counts: Mapping[BranchId | None, int], parents: Mapping[BranchId, BranchId | None]
) -> Mapping[BranchId | None, int]:
    totals: dict[BranchId | None, int] = {}
    for branch, count in counts.items():
        above = branch
        while above is not None:
            totals[above] = totals.get(above, 0) + count
            above = parents.get(above)
        totals[None] = totals.get(None, 0) + count
    return totals


def _told_below(
    branch: BranchId | None,
    totals: _Totals,
    below: Mapping[BranchId | None, Sequence[BranchId]],
    least: int,
) -> Iterator[BranchId]:
    """Those that may be told below one that is told."""
    large = [one for one in below.get(branch, ()) if totals.answered[one] >= least]
    large.sort(key=lambda one: (-totals.answered[one], one))
    if large and any(0 < left < least for left in totals.left(branch, large)):
        large.pop()  # the smallest: with it, at least `least` are left
    for one in large:
        yield one
        yield from _told_below(one, totals, below, least)


def comparable(before: Figure, now: Figure, least: int) -> bool:
    """Whether a figure may be told beside that of the round before."""
    if before.hidden or now.hidden or min(before.answered, now.answered) < least or not now.counts:
        return False
    if before.question.kind is not now.question.kind or _meaning(before) != _meaning(now):
        return False
    return least == 1 or not 0 < _movers(before, now) < least


def _movers(before: Figure, now: Figure) -> int:
    """How few people who came, went or changed could have made the difference."""
    steps = [other - one for one, other in zip(before.counts, now.counts, strict=True)]
    steps.append((now.asked - now.answered) - (before.asked - before.answered))
    if now.question.kind is QuestionKind.MULTIPLE:
        return max(map(abs, steps))
    return max(sum(step for step in steps if step > 0), -sum(step for step in steps if step < 0))


def _meaning(one: Figure) -> object:
    """What the counts are of: figures of other options or another scale cannot be compared."""
    if one.question.kind is QuestionKind.RATING:
        return one.question.low, one.question.high
    return tuple(each.key for each in one.question.options)
