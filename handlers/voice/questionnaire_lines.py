"""A whole questionnaire as people write it in one message: a title, numbered questions, an option a line.

What is in brackets behind a question says how it is answered; what looks so and is not understood is asked back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import plain
from domain.voice.questionnaire.model import (
    MAX_SCALE,
    Condition,
    Option,
    Question,
    QuestionKind,
    Questionnaire,
    WrongQuestionnaire,
)
from domain.voice.questionnaire.round import Confidence
from domain.voice.questionnaire.sheet import options_named
from handlers.arguments import BadArguments, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_LINES = 2500  # sixty questions with all their options, and blank lines
NUMBERED = re.compile(r"(?:第 ?|Q)?[(（]?(\d{1,2})(?: ?题|[、:：)）]|[.．](?!\d))[.．、:：]? *(.*)")
HEADING = re.compile(r"[一二三四五六七八九十]{1,3}、.*")
LETTERED = re.compile(r"(?:^|(?<= ))([A-Za-z]) ?[.．、:：)）] ?")
BULLET = re.compile(r"[-•·*○□\u2610◯] *")
MARK = re.compile(r"[（(【\[]([^（(【\[\]】)）]{1,60})[）)】\]]$")
BETWEEN_MARKS = re.compile(r"[，,；;]")
BETWEEN_OPTIONS = re.compile(r"[、,，/或]")
CLOSING = re.compile(r"(?:截止|截至)(?:日期|时间)? *[:：] *(.+)|closes? *[:：] *(.+)", re.IGNORECASE)
CONFIDENCES = {
    "匿名": Confidence.ANONYMOUS,
    "不记名": Confidence.ANONYMOUS,
    "无记名": Confidence.ANONYMOUS,
    "anonymous": Confidence.ANONYMOUS,
    "保密": Confidence.CONFIDENTIAL,
    "confidential": Confidence.CONFIDENTIAL,
    "实名": Confidence.NAMED,
    "记名": Confidence.NAMED,
    "named": Confidence.NAMED,
}
KINDS = {
    QuestionKind.SINGLE: re.compile(r"单选题?|single(?: choice)?"),
    QuestionKind.MULTIPLE: re.compile(r"(?:不定项)?多选题?|不定项选?择?题?|multiple(?: choice)?"),
    QuestionKind.RATING: re.compile(r"(?:评分|打分|量表)题?|rating"),
    QuestionKind.RANKING: re.compile(r"排序题?|ranking"),
    QuestionKind.NUMBER: re.compile(r"(?:数字|数值)题?|number"),
    QuestionKind.DATE: re.compile(r"日期题?|date"),
    QuestionKind.TEXT: re.compile(r"(?:填空|简答|问答|文字)题?|text"),
}
RANGED = {
    QuestionKind.RATING: re.compile(r"(?:评分|打分|量表|rating) ?(\d{1,2}) ?[-~—–至到] ?(\d{1,2}) ?分?"),
    QuestionKind.NUMBER: re.compile(r"(?:数字|数值|number) ?(\d{1,9}) ?[-~—–至到] ?(\d{1,9})"),
}
AT_MOST = re.compile(r"(?:最多|至多|限)(?:可?选)? ?(\d{1,2}) ?[项个]?|max ?(\d{1,2})")
OPTIONAL = re.compile(r"选填题?|选答题?|可不填|可不答|非必填|optional")
REQUIRED = re.compile(r"必填|必答|required")
SHUFFLED = re.compile(r"(?:选项)?(?:随机|乱序|打乱)(?:顺序|排列)?|shuffled")
WHEN = re.compile(r"(?:仅|如果?|若)?(?:第 ?(\d{1,2}) ?题|if (\d{1,2})) ?(?:选择|选|为|是|答|=) ?(.{1,60})")
AFTER_WHEN = re.compile(r"(?:[时者的]|才|再|回?答|填写?){1,4}$")
AROUND_WHEN = '“”"「」 '
LIKE_MARK = re.compile(
    r"单选|多选|不定项|限\d|限选|最多|至多|至少|选填|选答|必填|必答|非必|可不|评分|打分|量表|排序|数字|数值|填空|简答"
    r"|选项|随机|乱序|第 ?\d+ ?题|single|multiple|rating|ranking|optional|required|shuffled|max ?\d|if \d"
)


@dataclass(frozen=True, slots=True)
class Written:
    """A questionnaire with what its lines say beside it; `closing` is empty where they say nothing."""

    questionnaire: Questionnaire
    confidence: Confidence | None = None
    closing: str = ""


@dataclass(slots=True)
class Raw:
    """A question while its lines are read."""

    line: int
    text: str
    words: str  # as it was written
    kind: QuestionKind | None = None
    options: list[str] = field(default_factory=list)
    required: bool = True
    shuffled: bool = False
    most: int | None = None
    low: int | None = None
    high: int | None = None
    when: tuple[int, str] | None = None


class Reader:
    """Reads line by line."""

    def __init__(self) -> None:
        self.title = ""
        self.introduction: list[str] = []
        self.questions: list[Raw] = []
        self.confidence: Confidence | None = None
        self.closing = ""

    def take(self, number: int, words: str) -> None:
        """Read a line. Raises BadArguments."""
        if closing := CLOSING.fullmatch(words):
            self.closing = closing[1] or closing[2]
        elif (said := _bare(words)) in CONFIDENCES:
            self.confidence = CONFIDENCES[said]
        elif (numbered := NUMBERED.fullmatch(words)) and self._is_next(int(numbered[1])):
            self.questions.append(self._question(number, numbered[2], words))
        elif self.questions:
            self._take_options(number, words)
        elif not self.title:
            self.title = self._titled(words)
        else:
            self.introduction.append(words)

    def _is_next(self, number: int) -> bool:
        """Whether a number is that of a question: the first, or the next one; else it numbers an option."""
        return number == len(self.questions) + 1

    def _titled(self, words: str) -> str:
        while (mark := MARK.search(words)) and mark[1].lower() in CONFIDENCES:
            self.confidence = CONFIDENCES[mark[1].lower()]
            words = words[: mark.start()].rstrip()
        return words

    @staticmethod
    def _question(number: int, text: str, words: str) -> Raw:
        one = Raw(number, text, words)
        _take_marks(one)
        before, inline = _lettered(one.text, 0)
        if len(inline) > 1:
            one.text, one.options = before, inline
            _take_marks(one)
        return one

    def _take_options(self, number: int, words: str) -> None:
        one = self.questions[-1]
        if HEADING.fullmatch(words):
            raise BadArguments("questionnaire.bad_line", line=number, words=words, reason="heading", most=None, mark="")
        if numbered := NUMBERED.fullmatch(words):
            if int(numbered[1]) != len(one.options) + 1:
                raise BadArguments(
                    "questionnaire.bad_line", line=number, words=words, reason="number", most=None, mark=""
                )
            words = numbered[2]
        before, lettered = _lettered(words, len(one.options))
        one.options += lettered if lettered and not before else [BULLET.sub("", words, count=1)]

    def whole(self) -> Written:
        """All that was read. Raises BadArguments."""
        made: list[Question] = []
        for one in self.questions:
            made.append(_made(one, made))
        try:
            whole = Questionnaire(self.title, tuple(made), "\n".join(self.introduction))
        except WrongQuestionnaire as error:
            at, reason, most = (error.values[name] for name in ("question", "reason", "most"))
            if at is None:
                raise
            raise _bad(self.questions[at - 1], reason, most=most) from error
        return Written(whole, self.confidence, self.closing)


def _bad(one: Raw, reason: str, *, most: int | None = None, mark: str = "") -> BadArguments:
    return BadArguments("questionnaire.bad_line", line=one.line, words=one.words, reason=reason, most=most, mark=mark)


def _bare(words: str) -> str:
    """A line without the brackets around it."""
    return words.strip("（()）【】[] *。.").lower()


def _take_marks(one: Raw) -> None:
    """Take the instructions at the end of a question. Raises BadArguments."""
    while mark := MARK.search(one.text):
        if not all(_understood(one, part.strip().lower()) for part in _parts(mark[1])):
            if LIKE_MARK.match(plain.line(mark[1]).lower()):
                raise _bad(one, "mark", mark=mark[1])
            break
        one.text = one.text[: mark.start()].rstrip()


def _parts(mark: str) -> Sequence[str]:
    """The instructions of a bracket; the options that one names may have commas between them."""
    words = plain.line(mark)
    parts = BETWEEN_MARKS.split(words)
    if WHEN.fullmatch(words.lower()) and not any(LIKE_MARK.match(one.strip().lower()) for one in parts[1:]):
        return [words]
    return parts


def _understood(one: Raw, words: str) -> bool:
    """Take an instruction. Whether it was one."""
    for kind, pattern in KINDS.items():
        if pattern.fullmatch(words):
            one.kind = kind
            return True
    for kind, pattern in RANGED.items():
        if ranged := pattern.fullmatch(words):
            one.kind, one.low, one.high = kind, int(ranged[1]), int(ranged[2])
            return True
    if most := AT_MOST.fullmatch(words):
        one.most = int(most[1] or most[2])
        one.kind = one.kind or QuestionKind.MULTIPLE
    elif when := WHEN.fullmatch(words):
        one.when = int(when[1] or when[2]), AFTER_WHEN.sub("", when[3]).strip(AROUND_WHEN)
    elif OPTIONAL.fullmatch(words):
        one.required = False
    elif SHUFFLED.fullmatch(words):
        one.shuffled = True
    else:
        return bool(REQUIRED.fullmatch(words))
    return True


def _lettered(text: str, known: int) -> tuple[str, list[str]]:
    """What stands before options with letters, and these; none where the letters are not the next ones."""
    found = list(LETTERED.finditer(text))
    letters = [chr(ord("A") + known + place) for place in range(len(found))]
    if not found or [one[1].upper() for one in found] != letters:
        return text, []
    ends = [one.start() for one in found[1:]] + [len(text)]
    return text[: found[0].start()].strip(), [
        text[one.end() : end].strip() for one, end in zip(found, ends, strict=True)
    ]


def _made(one: Raw, before: Sequence[Question]) -> Question:
    """Raises BadArguments."""
    kind = one.kind or (QuestionKind.SINGLE if one.options else None)
    if kind is None:
        raise _bad(one, "kind")
    if kind is QuestionKind.SINGLE and one.most is not None and one.most > 1:
        kind = QuestionKind.MULTIPLE
    rated = kind is QuestionKind.RATING and one.low is None
    made = Question(
        key=f"q{len(before) + 1}",
        kind=kind,
        text=one.text,
        options=tuple(Option(f"o{place}", text) for place, text in enumerate(one.options, start=1)),
        required=one.required,
        shuffled=one.shuffled,
        most=one.most if kind is QuestionKind.MULTIPLE else None,
        low=1 if rated else one.low,
        high=USUAL_HIGHEST if rated else one.high,
    )
    return made if one.when is None else replace(made, when=_condition(one, one.when, before))


USUAL_HIGHEST = MAX_SCALE // 2


def _condition(one: Raw, when: tuple[int, str], before: Sequence[Question]) -> Condition:
    """Raises BadArguments."""
    number, words = when
    if not 1 <= number <= len(before):
        raise _bad(one, "condition")
    asked = before[number - 1]
    named = [each.strip().upper() if len(each.strip()) == 1 else each.strip() for each in BETWEEN_OPTIONS.split(words)]
    if asked.kind is QuestionKind.RATING:
        return Condition(asked.key, frozenset(named))
    options = options_named(asked, named) or options_named(asked, [words.strip()])
    if options is None:
        raise _bad(one, "condition")
    return Condition(asked.key, frozenset(options))


def read(text: str) -> Written:
    """A questionnaire from the lines of a message. Raises BadArguments, WrongQuestionnaire."""
    reader = Reader()
    for number, raw in enumerate(text.splitlines()[:MAX_LINES], start=1):
        words = plain.tidy(raw)
        if visible(words):
            reader.take(number, words)
    return reader.whole()
