"""What the readers of all formats share: they collect questions, what is lost and what is wrong, and check each one."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from plain import appearance
from sheets.questionnaire.words import lines, one_line
from sheets.questions.found import (
    CHOICES,
    MAX_ANSWER_CHARS,
    MAX_BLANKS,
    MAX_CODE_CHARS,
    MAX_DETAIL_CHARS,
    MAX_EXPLANATION_CHARS,
    MAX_LOST,
    MAX_OPTION_CHARS,
    MAX_OPTIONS,
    MAX_PAIRS,
    MAX_QUESTIONS,
    MAX_SOURCE_CHARS,
    MAX_TEXT_CHARS,
    MAX_TOPIC_CHARS,
    MAX_WRONG,
    Format,
    Found,
    Kind,
    Loss,
    Lost,
    Mistake,
    Place,
    Question,
    Wrong,
)

NAMED = 2  # sides: a right one and a wrong one
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
Fault = tuple[Mistake, str, int | None]


class Collected:
    """The questions so far, in order; what was lost and what is wrong."""

    def __init__(self, format_: Format) -> None:
        self.format = format_
        self.questions: list[Question] = []
        self.lost: list[Lost] = []
        self.wrong: list[Wrong] = []
        self._codes: set[str] = set()

    def blame(self, place: Place, mistake: Mistake, detail: str = "", most: int | None = None) -> None:
        """Something is wrong."""
        if len(self.wrong) < MAX_WRONG:
            self.wrong.append(Wrong(place, mistake, one_line(detail)[:MAX_DETAIL_CHARS], most))

    def lose(self, place: Place, loss: Loss, detail: str = "") -> None:
        """Something is not carried over; each is told once."""
        one = Lost(place, loss, one_line(detail)[:MAX_DETAIL_CHARS])
        if len(self.lost) < MAX_LOST and one not in self.lost[-20:]:
            self.lost.append(one)

    def add(self, one: Question, *, found_wrong: bool = False) -> None:
        """Take a question that is right; `found_wrong`: a mistake in it was told before."""
        if len(self.questions) >= MAX_QUESTIONS:
            self.lose(one.place, Loss.TOO_MANY, one.text)
            return
        one = self._named(tidied(one))
        wrong = [] if found_wrong else list(mistakes(one))
        for mistake, detail, most in wrong:
            self.blame(one.place, mistake, detail, most)
        if not wrong and not found_wrong:
            self.questions.append(one)

    def _named(self, one: Question) -> Question:
        """The question with a code that no other has. In other programs' files these are names for people."""
        fits = len(one.code) <= MAX_CODE_CHARS and one.code not in self._codes
        if one.code and not fits:
            if self.format in (Format.GIFT, Format.MOODLE):
                self.lose(one.place, Loss.CODE, one.code)
            elif one.code in self._codes:
                self.blame(one.place, Mistake.CODE_TWICE, one.code)
            else:
                self.blame(one.place, Mistake.CODE_TOO_LONG, one.code, MAX_CODE_CHARS)
            return replace(one, code="")
        self._codes.add(one.code)
        return one

    def found(self) -> Found:
        """All of it."""
        if not self.questions and not self.wrong:
            self.blame(Place(), Mistake.NO_QUESTIONS)
        return Found(self.format, tuple(self.questions), tuple(self.lost), tuple(self.wrong))


def tidied(one: Question) -> Question:
    """A question whose words are as they are shown: without needless blanks, empty lines and invisible marks."""
    return replace(
        one,
        text=lines(one.text),
        options=tuple(map(one_line, one.options)),
        pairs=tuple((one_line(left), one_line(right)) for left, right in one.pairs),
        distractors=tuple(map(one_line, one.distractors)),
        blanks=tuple(tuple(dict.fromkeys(map(one_line, blank))) for blank in one.blanks),
        explanation=lines(one.explanation),
        source=one_line(one.source),
        topic=one_line(one.topic),
        code=one_line(one.code),
    )


def mistakes(one: Question) -> Iterator[Fault]:
    """What is wrong with a question."""
    if not one.text:
        yield Mistake.NO_TEXT, "", None
    for mistake, words, most in (
        (Mistake.TOO_LONG, one.text, MAX_TEXT_CHARS),
        (Mistake.EXPLANATION_TOO_LONG, one.explanation, MAX_EXPLANATION_CHARS),
        (Mistake.SOURCE_TOO_LONG, one.source, MAX_SOURCE_CHARS),
        (Mistake.TOPIC_TOO_LONG, one.topic, MAX_TOPIC_CHARS),
    ):
        if len(words) > most:
            yield mistake, str(len(words)), most
    yield from _OF_KIND[one.kind](one)


def _of_choice(one: Question) -> Iterator[Fault]:
    yield from _of_options(one)
    if not one.right:
        yield Mistake.NO_RIGHT, "", None
    elif one.kind is Kind.SINGLE and len(one.right) > 1:
        yield Mistake.TWO_RIGHT, letters(one.right), None
    for place in one.right:
        if place >= len(one.options) > 0:
            yield Mistake.NO_SUCH_OPTION, letters([place]), None


def _of_options(one: Question) -> Iterator[Fault]:
    if len(one.options) < NAMED:
        yield (Mistake.ONE_OPTION if one.options else Mistake.NO_OPTIONS), "", None
    if len(one.options) > MAX_OPTIONS:
        yield Mistake.TOO_MANY_OPTIONS, str(len(one.options)), MAX_OPTIONS
    yield from _of_texts(one.options)


def _of_texts(texts: Sequence[str]) -> Iterator[Fault]:
    seen: set[str] = set()
    for place, text in enumerate(texts):
        name = LETTERS[place] if place < len(LETTERS) else str(place + 1)
        if not text:
            yield Mistake.EMPTY_OPTION, name, None
        elif (looks := appearance(text)) in seen:
            yield Mistake.OPTION_TWICE, text, None
        else:
            seen.add(looks)
        if len(text) > MAX_OPTION_CHARS:
            yield Mistake.OPTION_TOO_LONG, name, MAX_OPTION_CHARS


def _of_truth(one: Question) -> Iterator[Fault]:
    if not one.right:
        yield Mistake.NO_RIGHT, "", None
    elif len(one.right) > 1:
        yield Mistake.TWO_RIGHT, "", None


def _of_blanks(one: Question) -> Iterator[Fault]:
    if not one.blanks or not all(any(blank) for blank in one.blanks):
        yield Mistake.NO_RIGHT, "", None
    if len(one.blanks) > MAX_BLANKS:
        yield Mistake.TOO_MANY_BLANKS, str(len(one.blanks)), MAX_BLANKS
    for word in (word for blank in one.blanks for word in blank):
        if len(word) > MAX_ANSWER_CHARS:
            yield Mistake.ANSWER_TOO_LONG, word, MAX_ANSWER_CHARS


def _of_pairs(one: Question) -> Iterator[Fault]:
    sides = {*(right for _, right in one.pairs), *one.distractors}
    if len(one.pairs) < NAMED or len(sides) < NAMED:
        yield Mistake.NO_PAIRS, "", None
    if len(one.pairs) > MAX_PAIRS:
        yield Mistake.TOO_MANY_PAIRS, str(len(one.pairs)), MAX_PAIRS
    yield from _of_texts([left for left, _ in one.pairs])
    yield from _of_texts([*dict.fromkeys(right for _, right in one.pairs), *one.distractors])


_OF_KIND: dict[Kind, Callable[[Question], Iterator[Fault]]] = {
    **dict.fromkeys(CHOICES, _of_choice),
    Kind.TRUE_FALSE: _of_truth,
    Kind.FILL_IN: _of_blanks,
    Kind.MATCHING: _of_pairs,
    Kind.ORDERING: _of_options,
}


def letters(places: Sequence[int]) -> str:
    """Places as letters: (0, 2) is AC."""
    return "".join(LETTERS[place] if place < len(LETTERS) else "?" for place in places)
