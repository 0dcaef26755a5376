"""What a file holds becomes questions of the library, and the other way round."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import plain
from domain.study.question import Blank, Question, QuestionKind, faults
from domain.study.question_files import code_of
from sheets import questions as sheet
from sheets.questions import Found, Kind, Loss, Lost, Mistake, Place, Wrong

MAX_DETAIL_CHARS = 60


@dataclass(frozen=True, slots=True)
class Fitted:
    """The questions of a file, each with a code; what is not carried over, and what is wrong."""

    questions: tuple[Question, ...]
    lost: Sequence[Lost] = ()
    wrong: Sequence[Wrong] = ()


@dataclass(frozen=True, slots=True)
class Losses:
    """All losses of one kind."""

    loss: Loss
    lost: Sequence[Lost]


def grouped(lost: Sequence[Lost]) -> list[Losses]:
    """Losses by their kinds."""
    found = {loss: [one for one in lost if one.loss is loss] for loss in Loss}
    return [Losses(loss, of_kind) for loss, of_kind in found.items() if of_kind]


def fit(found: Found) -> Fitted:
    """The questions in a file. One that is there twice is taken once; where its answers differ, it is a mistake."""
    if found.wrong:
        return Fitted((), found.lost, found.wrong)
    stems = Counter((one.kind, plain.key(one.text)) for one in found.questions if not one.code)
    fitted: dict[str, Question] = {}
    lost, wrong = list(found.lost), []
    for one in found.questions:
        made = _coded(to_domain(one), is_repeated=stems[one.kind, plain.key(one.text)] > 1)
        known = fitted.setdefault(made.code, made)
        if known is not made:
            detail = one.text[:MAX_DETAIL_CHARS]
            if replace(known, source=made.source, topic=made.topic, explanation=made.explanation) == made:
                lost.append(Lost(one.place, Loss.TWICE, detail))
            else:
                wrong.append(Wrong(one.place, Mistake.QUESTION_TWICE, detail))
        wrong += [Wrong(one.place, Mistake.RULE, reason) for reason in faults(made)]
    return Fitted(() if wrong else tuple(fitted.values()), lost, wrong)


def _coded(one: Question, *, is_repeated: bool) -> Question:
    return one if one.code else replace(one, code=code_of(one, with_options=is_repeated))


def to_domain(one: sheet.Question) -> Question:
    """A question of a file as the library has it."""
    return Question(
        one.code,
        QuestionKind(one.kind.value),
        one.text,
        options=one.options,
        right=one.right,
        pairs=one.pairs,
        distractors=one.distractors,
        blanks=tuple(Blank(words, one.tolerance) for words in one.blanks),
        explanation=one.explanation,
        source=one.source,
        topic=one.topic,
    )


def to_file(one: Question) -> sheet.Question:
    """A question of the library as it is written into a file."""
    tolerances = {blank.tolerance for blank in one.blanks}
    return sheet.Question(
        Place(),
        Kind(one.kind.value),
        one.text,
        options=one.options,
        right=one.right,
        pairs=one.pairs,
        distractors=one.distractors,
        blanks=tuple(blank.words for blank in one.blanks),
        tolerance=tolerances.pop() if len(tolerances) == 1 else None,
        explanation=one.explanation,
        source=one.source,
        topic=one.topic,
        code=one.code,
    )
