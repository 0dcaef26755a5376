"""Moodle XML: the kinds that there are here; HTML becomes plain text, and what is lost with it is listed."""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from sheets.questionnaire.words import one_line
from sheets.questions import html, spoken, tree
from sheets.questions.collecting import Collected
from sheets.questions.draft import number
from sheets.questions.found import Format, Found, Kind, Loss, Mistake, NotRead, Place, Question
from sheets.questions.gift import topic_of
from sheets.questions.tree import Element

WHOLE = Decimal(100)
STAR = re.compile(r"(?<!\\)\*")
HTML = frozenset({"html", "moodle_auto_format", ""})
TAGGED = re.compile(r"([^\W\d_]{1,8})\s*+[:：]\s*+(.+)", re.DOTALL)


def read(data: bytes) -> Found:
    """The questions in a file, and all that is wrong with it. Raises WrongFile."""
    reader = _Reader()
    try:
        for element in tree.questions(data):
            reader.take(element)
    except NotRead as mistake:
        reader.into.blame(mistake.wrong.place, mistake.wrong.mistake, mistake.wrong.detail)
    return reader.into.found()


class _Reader:
    """Reads one element after the other."""

    def __init__(self) -> None:
        self.into = Collected(Format.MOODLE)
        self.topic = ""

    def take(self, element: Element) -> None:
        """An element below the root."""
        kind = element.attributes.get("type", "")
        place = Place(line=element.line)
        if kind == "category":
            self.topic = topic_of(element.said("category", "text"), place, self.into)
        elif element.tag != "question" or kind not in KINDS:
            self.into.lose(place, Loss.KIND, f"{kind} {self._named(element)}")
        else:
            _Question(element, self.into, self.topic).add()

    @staticmethod
    def _named(element: Element) -> str:
        return element.said("name", "text") or element.said("questiontext", "text")


class _Question:
    """Reads one question."""

    def __init__(self, element: Element, into: Collected, topic: str) -> None:
        self.element = element
        self.into = into
        self.place = Place(line=element.line)
        self.one = Question(
            self.place,
            Kind.SINGLE,
            self.words(element.one("questiontext")),
            explanation=self.words(element.one("generalfeedback")),
            source=self._source(),
            topic=topic,
            code=one_line(element.said("idnumber")),
        )

    def words(self, element: Element | None) -> str:
        """The words of an element, as they are shown."""
        if element is None:
            return ""
        files = element.all("file")
        if files:
            self.into.lose(self.place, Loss.FILE, " ".join(one.attributes.get("name", "") for one in files))
        said = element.said("text")
        if element.attributes.get("format", "") not in HTML:
            return said
        return html.as_text(said, self.place, self.into)

    def _source(self) -> str:
        """A tag that names the source; other tags are lost."""
        source, tags = "", self.element.one("tags")
        for tag in tags.all("tag") if tags else ():
            said = TAGGED.fullmatch(tag.said("text"))
            if said and not source and (spoken.TAGS.get(said[1]) or said[1].lower()) == "source":
                source = said[2]
            else:
                self.into.lose(self.place, Loss.SETTING, tag.said("text"))
        return source

    def add(self) -> None:
        """Hand it over."""
        for hint in self.element.all("hint"):
            if hint.said("text"):
                self.into.lose(self.place, Loss.FEEDBACK, hint.said("text"))
        made = KINDS[self.element.attributes["type"]](self)
        if made is not None:
            self.into.add(made)

    def weight(self, answer: Element) -> Decimal:
        """How much of the points an answer is worth, in per cent."""
        return number(answer.attributes.get("fraction", "0")) or Decimal(0)

    def answers(self) -> list[tuple[str, Decimal, Element]]:
        """The answers with their weights. What is said to the only right one explains, where nothing else does."""
        found = [(self.words(one), self.weight(one), one) for one in self.element.all("answer")]
        said = [(weight, self.words(one.one("feedback"))) for _, weight, one in found]
        right = [words for weight, words in said if weight == WHOLE and words.strip()]
        if len(right) == 1 and not self.one.explanation:
            self.one = replace(self.one, explanation=right[0])
            said.remove((WHOLE, right[0]))
        for _, words in said:
            if words.strip():
                self.into.lose(self.place, Loss.FEEDBACK, words)
        return found

    def choice(self) -> Question:
        """One or several options."""
        single = self.element.said("single").lower() not in ("false", "0")
        answers = self.answers()
        right = tuple(
            place for place, (_, weight, _) in enumerate(answers) if (weight == WHOLE if single else weight > 0)
        )
        for words, weight, _ in answers:
            if single and 0 < weight < WHOLE:
                self.into.lose(self.place, Loss.WEIGHT, f"{weight} % {words}")
        options = tuple(words for words, _, _ in answers)
        return replace(self.one, kind=Kind.SINGLE if single else Kind.MULTIPLE, options=options, right=right)

    def truth(self) -> Question:
        """True or false."""
        right = [words.strip().lower() for words, weight, _ in self.answers() if weight == WHOLE]
        places = tuple(place for place, word in enumerate(("true", "false")) if word in right)
        return replace(self.one, kind=Kind.TRUE_FALSE, right=places)

    def short(self) -> Question:
        """Words."""
        accepted = []
        for words, weight, _ in self.answers():
            if weight == WHOLE:
                if STAR.search(words):
                    self.into.lose(self.place, Loss.SETTING, words)
                accepted.append(words.replace("\\*", "*"))
            elif weight > 0:
                self.into.lose(self.place, Loss.WEIGHT, f"{weight} % {words}")
        if self.element.said("usecase") == "1":
            self.into.lose(self.place, Loss.CASE, " ".join(accepted))
        return replace(self.one, kind=Kind.FILL_IN, blanks=(tuple(accepted),) if accepted else ())

    def numerical(self) -> Question | None:
        """A number, and how far one may be from it."""
        right = [(words, one) for words, weight, one in self.answers() if weight == WHOLE]
        for words, weight, _ in self.answers():
            if 0 < weight < WHOLE:
                self.into.lose(self.place, Loss.WEIGHT, f"{weight} % {words}")
        for words, _ in right[1:]:
            self.into.lose(self.place, Loss.WEIGHT, words)
        if self.element.one("units"):
            self.into.lose(self.place, Loss.SETTING, "units")
        if not right:
            self.into.blame(self.place, Mistake.NO_RIGHT)
            return None
        value, tolerance = number(right[0][0]), number(right[0][1].said("tolerance") or "0")
        if value is None or tolerance is None:
            self.into.blame(self.place, Mistake.NOT_A_NUMBER, right[0][0])
            return None
        return replace(self.one, kind=Kind.FILL_IN, blanks=((f"{value:f}",),), tolerance=abs(tolerance))

    def matching(self) -> Question:
        """Pairs; one without a left-hand side is a distractor."""
        sides = [(self.words(one), self._side(one.one("answer"))) for one in self.element.all("subquestion")]
        pairs = tuple((left, right) for left, right in sides if left.strip())
        others = tuple(right for left, right in sides if not left.strip() and right.strip())
        return replace(self.one, kind=Kind.MATCHING, pairs=pairs, distractors=others)

    def _side(self, answer: Element | None) -> str:
        return answer.said("text") if answer else ""  # always plain text

    def ordering(self) -> Question:
        """Options in the order that their fractions tell."""
        answers = sorted(self.element.all("answer"), key=self.weight)
        return replace(self.one, kind=Kind.ORDERING, options=tuple(map(self.words, answers)))


KINDS: dict[str, Callable[[_Question], Question | None]] = {
    "multichoice": _Question.choice,
    "truefalse": _Question.truth,
    "shortanswer": _Question.short,
    "numerical": _Question.numerical,
    "matching": _Question.matching,
    "ordering": _Question.ordering,
}
