"""Aiken: a question, options `A. …` or `A) …`, and `ANSWER: B`; one option is right, and there is nothing else."""

import re

from sheets.questions.collecting import LETTERS, Collected, letters
from sheets.questions.found import Format, Found, Kind, Mistake, Place, Question

OPTION = re.compile(r"\s*+([A-Za-z])\s*+[.)]\s*+(.*)")
ANSWER = re.compile(r"\s*+ANSWER\s*+[:：]\s*+(.*)", re.IGNORECASE)
LETTER = re.compile(r"[A-Za-z]")


def read(text: str) -> Found:
    """The questions in a text, and all that is wrong with it."""
    reader = _Reader()
    for number, line in enumerate(text.splitlines(), 1):
        reader.take(Place(line=number), line)
    reader.end()
    return reader.into.found()


class _Reader:
    """Reads line after line; an answer ends a question."""

    def __init__(self) -> None:
        self.into = Collected(Format.AIKEN)
        self._begin()

    def _begin(self) -> None:
        self.place: Place | None = None
        self.text: list[str] = []
        self.options: list[str] = []

    def take(self, place: Place, line: str) -> None:
        """A line."""
        if not line.strip():
            return
        if self.place is None:
            self.place = place
        answer, option = ANSWER.fullmatch(line), OPTION.fullmatch(line)
        if answer:
            self._finish(self.place, place, answer[1])
        elif option and self._is_next(option[1]):
            self.options.append(option[2])
        elif self.options and option:
            self.into.blame(place, Mistake.LETTER_TWICE, option[1])
            self.options.append(option[2])
        elif self.options:  # another question begins, and this one has no answer
            self._unanswered(self.place)
            self.take(place, line)
        else:
            self.text.append(line)

    def _is_next(self, letter: str) -> bool:
        return letter.upper() == LETTERS[len(self.options) % len(LETTERS)]

    def _finish(self, begun: Place, place: Place, said: str) -> None:
        found = LETTER.findall(said)
        right = tuple(LETTERS.index(letter.upper()) for letter in found)
        wrong = True
        if not found or len("".join(found)) != len(re.sub(r"[\s,.;]", "", said)):
            self.into.blame(place, Mistake.NOT_AN_ANSWER if said.strip() else Mistake.NO_RIGHT, said)
        elif len(found) > 1:
            self.into.blame(place, Mistake.TWO_RIGHT, letters(right))
        elif right[0] >= len(self.options) > 0:
            self.into.blame(place, Mistake.NO_SUCH_OPTION, letters(right))
        else:
            wrong = False
        text = "\n".join(self.text)
        self.into.add(Question(begun, Kind.SINGLE, text, tuple(self.options), right), found_wrong=wrong)
        self._begin()

    def _unanswered(self, begun: Place) -> None:
        self.into.add(Question(begun, Kind.SINGLE, "\n".join(self.text), tuple(self.options)))
        self._begin()

    def end(self) -> None:
        """The text is over."""
        if self.place is not None:
            self._unanswered(self.place)
