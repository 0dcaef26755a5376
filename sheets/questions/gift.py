r"""GIFT, Moodle's format in plain text: `::title::Question{=right ~wrong #feedback ####explanation}`.

As in Moodle a blank line ends a question, `//` begins a comment, `$CATEGORY:` a category, and `\~ \= \# \{ \} \: \\`
stand for the sign, `\n` for a line end.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sheets.questionnaire.words import one_line
from sheets.questions import html, spoken
from sheets.questions.collecting import Collected
from sheets.questions.draft import number
from sheets.questions.found import Format, Found, Kind, Loss, Mistake, NotRead, Place, Question, Wrong

SIGNS = "~=#{}:\\n"
KEPT = {sign: chr(0xFDD0 + place) for place, sign in enumerate(SIGNS)}  # no text has these: `plain` removes them
BACK = {ord(mark): "\n" if sign == "n" else sign for sign, mark in KEPT.items()}
NO_SIGNS = dict.fromkeys(range(0xFDD0, 0xFDF0))
ESCAPED = re.compile(r"\\(.?)", re.DOTALL)
CATEGORY = re.compile(r"\s*+\$CATEGORY:\s*+(.*)", re.IGNORECASE)
COMMENT = re.compile(r"\s*+//\s*+(?:([^\W\d_]{1,8})\s*+[:：]\s*+(.*))?.*")
TITLE = re.compile(r"\s*+::(.*?)::", re.DOTALL)
MARK = re.compile(r"\s*+\[(html|moodle|plain|markdown)\]", re.IGNORECASE)
ANSWER = re.compile(r"([=~])")
WEIGHT = re.compile(r"\s*+%(-?[0-9]{1,3}(?:\.[0-9]{1,10})?)%")
TRUTH = re.compile(r"\s*+(T|TRUE|F|FALSE)\s*+(?:#.*)?", re.IGNORECASE | re.DOTALL)
WHOLE = Decimal(100)
MISSING = "____"
TOPS = ("top", "$course$", "$system$", "$module$", "$cat$")


@dataclass(frozen=True, slots=True)
class Block:
    """The lines of one question, the place of the first, and what stands above it."""

    place: Place
    text: str
    topic: str
    source: str


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: `=` or `~`, its weight in per cent where one is said, its words and what is said to it."""

    sign: str
    weight: Decimal | None
    words: str
    feedback: str

    @property
    def right(self) -> bool:
        """Whether it is wholly right."""
        return self.sign == "=" and self.weight in (None, WHOLE)


def read(text: str) -> Found:
    """The questions in a text, and all that is wrong with it."""
    into = Collected(Format.GIFT)
    for block in _blocks(text.translate(NO_SIGNS).splitlines(), into):
        try:
            _Block(block, into).read()
        except NotRead as mistake:
            into.blame(mistake.wrong.place, mistake.wrong.mistake, mistake.wrong.detail)
    return into.found()


def topic_of(category: str, place: Place, into: Collected) -> str:
    """The last name of a category's path."""
    parts = [part.strip() for part in re.split(r"(?<!/)/(?!/)", category)]
    named = [part.replace("//", "/") for part in parts if part and part.lower() not in TOPS]
    if len(named) > 1:
        into.lose(place, Loss.TOPIC, category)
    return named[-1] if named else ""


def _blocks(lines: Sequence[str], into: Collected) -> Iterator[Block]:
    """The questions as they stand."""
    topic = source = ""
    begun: Place | None = None
    kept: list[str] = []
    for at, line in enumerate([*lines, ""], 1):
        category, comment = CATEGORY.fullmatch(line), COMMENT.fullmatch(line)
        again = line.lstrip().startswith("::") and any("}" in one for one in kept)
        if begun and (not line.strip() or category or again):
            yield Block(begun, "\n".join(kept), topic, source)
            begun, kept, source = None, [], ""
        if category:
            topic = topic_of(_unescaped(category[1]), Place(line=at), into)
        elif comment:
            if comment[2] and (comment[1].lower() == "source" or spoken.TAGS.get(comment[1]) == "source"):
                source = comment[2]
            if begun:
                kept.append("")  # lines keep their numbers
        elif line.strip():
            begun = begun or Place(line=at)
            kept.append(line)


def _unescaped(text: str) -> str:
    return ESCAPED.sub(lambda found: found[1], text)


class _Block:
    """Reads one question."""

    def __init__(self, block: Block, into: Collected) -> None:
        self.block = block
        self.place = block.place
        self.into = into
        self.html = False

    def fail(self, mistake: Mistake, detail: str = "") -> NotRead:
        """A mistake, to be raised."""
        return NotRead(Wrong(self.place, mistake, detail))

    def read(self) -> None:
        """The question. Raises NotRead."""
        text = ESCAPED.sub(self._keep, self.block.text)
        title = TITLE.match(text)
        text = text[title.end() :] if title else text
        mark = MARK.match(text)
        text = text[mark.end() :] if mark else text
        self.html = bool(mark) and mark[1].lower() == "html" if mark else False
        self.plain = bool(mark) and mark[1].lower() == "plain" if mark else False
        head, answers, tail = self._parted(text)
        stem = f"{head.rstrip()} {MISSING} {tail.lstrip()}" if tail.strip() else head
        answers, _, explanation = answers.partition("####")
        one = Question(
            self.place,
            Kind.SINGLE,
            self.words(stem),
            explanation=self.words(explanation),
            source=self.block.source,
            topic=self.block.topic,
            code=one_line(_restored(title[1])) if title else "",
        )
        if answers.strip():
            self.into.add(self._of_kind(one, answers))
        else:  # an essay or a description
            self.into.lose(self.place, Loss.KIND, one.text)

    def _keep(self, found: re.Match[str]) -> str:
        if found[1] and found[1] in SIGNS:
            return KEPT[found[1]]
        line = self.place.line + self.block.text.count("\n", 0, found.start())
        raise NotRead(Wrong(Place(line=line), Mistake.ESCAPE, found[0]))

    def _parted(self, text: str) -> tuple[str, str, str]:
        """What stands before, between and behind the braces. Raises NotRead."""
        opened, closed = text.find("{"), text.find("}")
        if opened < 0 and closed < 0:
            return text, "", ""
        if opened < 0 or closed < opened or text.count("{") > 1 or text.count("}") > 1:
            raise self.fail(Mistake.UNCLOSED, _restored(text).strip())
        return text[:opened], f"{text[opened + 1 : closed]} ", text[closed + 1 :]

    def words(self, text: str) -> str:
        """A text as it is shown."""
        mark = MARK.match(text)
        restored = _restored(text[mark.end() :] if mark else text)
        if self.html or (not self.plain and html.looks_like_html(restored)):
            return html.as_text(restored, self.place, self.into)
        return restored

    def _of_kind(self, one: Question, answers: str) -> Question:
        bare = answers.strip()
        if bare.startswith("#"):
            return self._numerical(one, bare[1:])
        if TRUTH.fullmatch(bare):
            return self._truth(one, bare)
        if bare.startswith(">"):  # the plug-in for ordering: how it is shown, then an option a line
            return replace(one, kind=Kind.ORDERING, options=tuple(map(self.words, bare.splitlines()[1:])))
        listed = self._answers(bare)
        if any(answer.sign == "~" for answer in listed):
            return self._choice(one, listed)
        if all("->" in answer.words for answer in listed):
            return self._matching(one, listed)
        return self._short(one, listed)

    def _answers(self, text: str) -> list[Answer]:
        """The answers, each with its sign. Raises NotRead."""
        before, *parts = ANSWER.split(text)
        if before.strip() or not parts:
            raise self.fail(Mistake.NOT_AN_ANSWER, _restored(before).strip())
        found = []
        for sign, said in zip(parts[::2], parts[1::2], strict=True):
            words, _, feedback = said.partition("#")
            weight = WEIGHT.match(words)
            value = Decimal(weight[1]) if weight else None
            found.append(Answer(sign, value, words[weight.end() :] if weight else words, feedback))
        return found

    def _explained(self, one: Question, listed: Sequence[Answer]) -> Question:
        """What is said to the only right answer is the explanation where there is no other; the rest is lost."""
        said = [answer for answer in listed if answer.feedback.strip()]
        right = [answer for answer in said if answer.right]
        if len(right) == 1 and not one.explanation:
            one = replace(one, explanation=self.words(right[0].feedback))
            said.remove(right[0])
        for answer in said:
            self.into.lose(self.place, Loss.FEEDBACK, _restored(answer.feedback))
        return one

    def _choice(self, one: Question, listed: Sequence[Answer]) -> Question:
        single = any(answer.sign == "=" for answer in listed)
        right = tuple(
            place
            for place, answer in enumerate(listed)
            if (answer.sign == "=" if single else answer.weight is not None and answer.weight > 0)
        )
        for answer in listed:
            if single and answer.weight is not None and 0 < answer.weight < WHOLE:
                self.into.lose(self.place, Loss.WEIGHT, f"{answer.weight} % {_restored(answer.words)}")
        kind = Kind.SINGLE if single else Kind.MULTIPLE
        options = tuple(self.words(answer.words) for answer in listed)
        return self._explained(replace(one, kind=kind, options=options, right=right), listed)

    def _matching(self, one: Question, listed: Sequence[Answer]) -> Question:
        sides = [tuple(map(self.words, answer.words.split("->", 1))) for answer in listed]
        pairs = tuple((left, right) for left, right in sides if left.strip())
        others = tuple(right for left, right in sides if not left.strip())
        return self._explained(replace(one, kind=Kind.MATCHING, pairs=pairs, distractors=others), listed)

    def _short(self, one: Question, listed: Sequence[Answer]) -> Question:
        for answer in listed:
            if not answer.right:
                self.into.lose(self.place, Loss.WEIGHT, f"{answer.weight} % {_restored(answer.words)}")
        words = tuple(self.words(answer.words) for answer in listed if answer.right)
        return self._explained(replace(one, kind=Kind.FILL_IN, blanks=(words,) if words else ()), listed)

    def _truth(self, one: Question, bare: str) -> Question:
        value, *said = bare.split("#")
        place = 0 if value.strip()[0] in "tT" else 1
        right = said[1] if len(said) > 1 else ""  # first what is said to the wrong answer
        if right.strip() and not one.explanation:
            one = replace(one, explanation=self.words(right))
        elif right.strip():
            self.into.lose(self.place, Loss.FEEDBACK, _restored(right))
        if said and said[0].strip():
            self.into.lose(self.place, Loss.FEEDBACK, _restored(said[0]))
        return replace(one, kind=Kind.TRUE_FALSE, right=(place,))

    def _numerical(self, one: Question, text: str) -> Question:
        listed = self._answers(text.strip()) if ANSWER.search(text) else [_plain_answer(text)]
        right = [answer for answer in listed if answer.right]
        for answer in [*(answer for answer in listed if not answer.right), *right[1:]]:
            self.into.lose(self.place, Loss.WEIGHT, f"{answer.weight or 100} % {_restored(answer.words)}")
        if not right:
            raise self.fail(Mistake.NO_RIGHT)
        value, tolerance = self._value(_restored(right[0].words))
        made = replace(one, kind=Kind.FILL_IN, blanks=((f"{value:f}",),), tolerance=tolerance)
        return self._explained(made, listed)

    def _value(self, said: str) -> tuple[Decimal, Decimal]:
        """A number and how far an answer may be from it. Raises NotRead."""
        span = ".." in said
        value, _, other = said.partition(".." if span else ":")
        first, second = number(value), number(other or "0")
        if first is None or second is None:
            raise self.fail(Mistake.NOT_A_NUMBER, said.strip())
        if not span:
            return first, abs(second)
        return (first + second) / 2, abs(second - first) / 2


def _plain_answer(text: str) -> Answer:
    words, _, feedback = text.partition("#")
    return Answer("=", None, words, feedback)


def _restored(text: str) -> str:
    """A text whose signs are what they stood for."""
    return text.translate(BACK)
