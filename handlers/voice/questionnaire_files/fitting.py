"""What a file holds becomes a questionnaire, as far as it can be asked; what cannot is listed.

Our own files must be right: whatever breaks a rule is a mistake. Of other programs' files what does not fit is left
out, or shortened, and told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from domain.voice.questionnaire.model import (
    MAX_INTRODUCTION_CHARS,
    MAX_OPTION_CHARS,
    MAX_QUESTION_CHARS,
    MAX_QUESTIONS,
    MAX_TITLE_CHARS,
    Condition,
    Option,
    Question,
    QuestionKind,
    Questionnaire,
    faults,
)
from sheets.questionnaire import (
    Asked,
    Choice,
    Format,
    Found,
    Head,
    Kind,
    Loss,
    Lost,
    Mistake,
    Place,
    When,
    Wrong,
)

ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Fitted:
    """The questionnaire, if nothing is wrong, and what of the file it does not have."""

    questionnaire: Questionnaire | None
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


def fit(found: Found, name: str) -> Fitted:
    """The questionnaire in a file; `name` is the file's, for one that says no title."""
    if found.wrong:
        return Fitted(None, found.lost, found.wrong)
    return _own(found) if found.head.format.own else _Fitting(found).fit(name)


def _own(found: Found) -> Fitted:
    questions = tuple(_question(one) for one in found.questions)
    head = found.head
    places: Mapping[str, Place] = {"title": head.title_at, "introduction": head.introduction_at}
    wrong = [
        Wrong(found.questions[number - 1].place if number else places.get(reason, Place()), Mistake.RULE, reason, most)
        for number, reason, most in faults(head.title, head.introduction, questions)
    ]
    if wrong:
        return Fitted(None, (), wrong)
    return Fitted(Questionnaire(head.title, questions, head.introduction))


class _Fitting:
    """Takes question by question; notes what is lost on the way."""

    def __init__(self, found: Found) -> None:
        self.found = found
        self.lost = list(found.lost)
        self.questions: list[Question] = []

    def fit(self, name: str) -> Fitted:
        """The whole. Nothing that can be asked is a mistake."""
        for one in self.found.questions:
            self._take(one)
        if not self.questions:
            return Fitted(None, self.lost, [Wrong(Place(), Mistake.NO_QUESTIONS)])
        title = self._short(Place(), self.found.head.title or name, MAX_TITLE_CHARS)
        introduction = self._short(Place(), self.found.head.introduction, MAX_INTRODUCTION_CHARS)
        return Fitted(Questionnaire(title or ELLIPSIS, tuple(self.questions), introduction), self.lost)

    def _take(self, one: Asked) -> None:
        if len(self.questions) >= MAX_QUESTIONS:
            self.lost.append(Lost(one.place, Loss.TOO_MANY))
            return
        made = self._shortened(one)
        reasons = self._reasons(made)
        if "condition" in reasons and made.when is not None and one.when is not None:
            self.lost.append(Lost(one.place, Loss.CONDITION, one.when.words[:60]))
            made = replace(made, when=None)
            reasons = self._reasons(made)
        if reasons:
            self.lost.append(Lost(one.place, Loss.UNFIT, reasons[0]))
        else:
            self.questions.append(made)

    def _reasons(self, one: Question) -> list[str]:
        """Why a question cannot be asked after those before it."""
        questions = [*self.questions, one]
        return [reason for number, reason, _ in faults(ELLIPSIS, "", questions) if number == len(questions)]

    def _shortened(self, one: Asked) -> Question:
        options = tuple(Choice(each.key, self._short(one.place, each.text, MAX_OPTION_CHARS)) for each in one.options)
        return _question(replace(one, text=self._short(one.place, one.text, MAX_QUESTION_CHARS), options=options))

    def _short(self, place: Place, text: str, most: int) -> str:
        if len(text) <= most:
            return text
        self.lost.append(Lost(place, Loss.CUT, text[most - 1 : most + 40]))
        return f"{text[: most - 1]}{ELLIPSIS}"


def _question(one: Asked) -> Question:
    """A question as the domain has it."""
    return Question(
        key=one.key,
        kind=QuestionKind(one.kind.value),
        text=one.text,
        options=tuple(Option(each.key, each.text) for each in one.options),
        required=one.required,
        shuffled=one.shuffled,
        most=one.most,
        low=one.low,
        high=one.high,
        when=None if one.when is None else Condition(one.when.question, frozenset(one.when.options)),
    )


def found_of(questionnaire: Questionnaire) -> Found:
    """A questionnaire as what is written into a file."""
    head = Head(Format.YAML, questionnaire.title, questionnaire.introduction)
    return Found(head, tuple(_asked(one) for one in questionnaire.questions))


def _asked(one: Question) -> Asked:
    return Asked(
        place=Place(),
        key=one.key,
        kind=Kind(one.kind.value),
        text=one.text,
        options=tuple(Choice(each.key, each.text) for each in one.options),
        required=one.required,
        shuffled=one.shuffled,
        most=one.most,
        low=one.low,
        high=one.high,
        when=None if one.when is None else When(one.when.question, tuple(sorted(one.when.options))),
    )
