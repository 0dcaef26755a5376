"""A LimeSurvey questionnaire: its structure as LimeSurvey 2 to 6 exports it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from sheets.questionnaire import lss
from sheets.questionnaire.foreign import Collected, known
from sheets.questionnaire.found import (
    Asked,
    Format,
    Found,
    Kind,
    Loss,
    Mistake,
    NotRead,
    Place,
    Wrong,
    found_wrong,
)
from sheets.questionnaire.lss import Row, Structure, by, number, own_language, texts
from sheets.questionnaire.spoken import FIXED
from sheets.questionnaire.words import one_line
from sheets.reading import Reason, WrongFile


class From(Enum):
    """Where a question's options come from."""

    NOWHERE = auto()
    ANSWERS = auto()
    PARTS = auto()  # its subquestions


@dataclass(frozen=True, slots=True)
class Made:
    """What a type of LimeSurvey becomes. `fixed` are codes of options whose words we know; `rows`: a question a row."""

    kind: Kind
    options: From = From.NOWHERE
    fixed: str = ""
    rows: bool = False
    scale: tuple[int | None, int | None] = (None, None)
    comment: bool = False  # words beside it, which are lost


MADE = {
    **dict.fromkeys("L!", Made(Kind.SINGLE, From.ANSWERS)),
    "O": Made(Kind.SINGLE, From.ANSWERS, comment=True),
    "M": Made(Kind.MULTIPLE, From.PARTS),
    "P": Made(Kind.MULTIPLE, From.PARTS, comment=True),
    "R": Made(Kind.RANKING, From.ANSWERS),
    "5": Made(Kind.RATING, scale=(1, 5)),
    "N": Made(Kind.NUMBER),
    "D": Made(Kind.DATE),
    **dict.fromkeys("STU", Made(Kind.TEXT)),
    "Y": Made(Kind.SINGLE, fixed="YN"),
    "G": Made(Kind.SINGLE, fixed="FM"),
    "K": Made(Kind.NUMBER, rows=True),
    "Q": Made(Kind.TEXT, rows=True),
    **dict.fromkeys("FH", Made(Kind.SINGLE, From.ANSWERS, rows=True)),
    "A": Made(Kind.RATING, rows=True, scale=(1, 5)),
    "B": Made(Kind.RATING, rows=True, scale=(1, 10)),
    "C": Made(Kind.SINGLE, fixed="YUN", rows=True),
    "E": Made(Kind.SINGLE, fixed="ISD", rows=True),
}
SHOWN = "X"  # a text and no question
ALWAYS = frozenset({"", "1"})
ATTRIBUTES = known("limesurvey")
USUAL = ("0", "N", "no", "default", "normal", "none")  # values that change nothing
WHOLE = re.compile(r"-?\d{1,9}(?:\.0*)?")
# How conditions called questions before they had codes.
SGQA = re.compile(r"(?<!\d)\d{1,9}X\d{1,9}X(\d{1,9})([A-Za-z0-9_]*)")


def read(data: bytes, language: str) -> Found:
    """The questionnaire in a structure, in this language where it has it; or what is wrong. Raises WrongFile."""
    try:
        structure = lss.read(data)
        if structure.kind != "Survey":
            raise WrongFile(Reason.WRONG_KIND)
        return _Reader(structure, language).read()
    except NotRead as error:
        return found_wrong(Format.LIMESURVEY, [error.wrong])


@dataclass(frozen=True, slots=True)
class Question:
    """A question as LimeSurvey has it, or a row of it."""

    row: Row
    code: str
    text: str
    attributes: Mapping[str, str]
    conditions: tuple[str, ...]

    @property
    def shuffled(self) -> bool:
        """Whether its options come in any order."""
        orders = (self.attributes.get(name) for name in ("answer_order", "subquestion_order"))
        return self.attributes.get("random_order") == "1" or "random" in orders


class _Reader:
    """Goes through groups and questions in their order."""

    def __init__(self, structure: Structure, language: str) -> None:
        self.all = Collected(Format.LIMESURVEY)
        self.structure = structure
        main = structure.languages[0] if structure.languages else ""
        wanted = (one for one in structure.languages if one.lower().startswith(language))
        self.language = next(wanted, main)
        self.ours = "zh" if self.language.lower().startswith("zh") else "en"
        self.attributes = by(structure.of("question_attributes"), "qid")
        self.answers = by(own_language(structure.of("answers"), self.language), "qid")
        self.words = {
            "question": texts(structure, "question", "qid", self.language),
            "answer": texts(structure, "answer", "aid", self.language),
            "group": texts(structure, "group", "gid", self.language),
        }
        rows = own_language(structure.of("questions"), self.language)
        self.questions = [row for row in rows if row.get("parent_qid", "0") in ("", "0")]
        parts = own_language(structure.of("subquestions"), self.language)
        self.parts = by([*parts, *(row for row in rows if row.get("parent_qid", "0") not in ("", "0"))], "parent_qid")

    def read(self) -> Found:
        """The whole. Raises NotRead."""
        title, introduction = self._settings()
        groups = own_language(self.structure.of("groups"), self.language)
        for group in sorted(groups, key=lambda row: number(row.get("group_order"))):
            self._group(group)
        for name in ("quota", "assessments", "conditions"):
            for row in self.structure.of(name):
                self._side(name, row)
        for other in self.structure.languages:
            if other != self.language:
                self.all.lose("", Loss.LANGUAGE, other)
        if not self.questions:
            raise NotRead(Wrong(Place(), Mistake.NO_QUESTIONS))
        return self.all.found(title, introduction)

    def _side(self, name: str, row: Row) -> None:
        """Quotas and assessments; conditions are written into the relevance since LimeSurvey 1.92."""
        if name == "quota":
            self.all.lose(row.get("name", ""), Loss.QUOTA)
        elif name == "assessments":
            self.all.lose(row.get("name", ""), Loss.SCRIPT, "assessment")
        elif not any(one.get("relevance") for one in self.questions):
            self.all.lose(row.get("qid", ""), Loss.CONDITION, row.get("cfieldname", ""))

    def _settings(self) -> tuple[str, str]:
        rows = self.structure.of("surveys_languagesettings")
        row = next((one for one in rows if one.get("surveyls_language") == self.language), rows[0] if rows else {})
        title = self.all.words("", row.get("surveyls_title", ""))
        said = [self.all.words("", row.get(f"surveyls_{name}", "")) for name in ("description", "welcometext")]
        closing = self.all.words("", row.get("surveyls_endtext", ""))
        if closing:
            self.all.lose("", Loss.WORDS, closing)
        return title, "\n".join(filter(None, dict.fromkeys(said)))

    def _group(self, group: Row) -> None:
        gid = group.get("gid", "")
        words = {**group, **self.words["group"].get(gid, {})}
        name = one_line(self.all.words(gid, words.get("group_name", "")))
        if name:
            self.all.lose(name, Loss.HEADING, self.all.words(name, words.get("description", "")))
        if group.get("randomization_group"):
            self.all.lose(name, Loss.ORDER)
        mine = [row for row in self.questions if row.get("gid") == gid]
        for row in sorted(mine, key=lambda one: number(one.get("question_order"))):
            self._question(row, group.get("grelevance", ""))

    def _attributes(self, row: Row) -> dict[str, str]:
        found: dict[str, str] = {}
        for one in self.attributes.get(row.get("qid", ""), ()):
            if one.get("value") and one.get("language", "") in ("", self.language):
                found.setdefault(one.get("attribute", ""), one["value"])
        return found

    def _check(self, code: str, attributes: Mapping[str, str], row: Row) -> None:
        """List what of a question is not carried over."""
        for name, value in attributes.items():
            loss = ATTRIBUTES.get(name, Loss.SETTING)
            if loss is not None and value not in USUAL:
                self.all.lose(code, loss, name)
        if row.get("preg"):
            self.all.lose(code, Loss.CHECK, row["preg"])

    def _question(self, row: Row, of_group: str) -> None:
        words = {**row, **self.words["question"].get(row.get("qid", ""), {})}
        code, kind = row.get("title", row.get("qid", "")), row.get("type", "")
        text = self.all.words(code, words.get("question", ""))
        for name, loss in (("help", Loss.WORDS), ("script", Loss.SCRIPT)):
            if words.get(name):
                self.all.lose(code, loss, self.all.words(code, words[name]) if loss is Loss.WORDS else "")
        if kind == SHOWN:
            self.all.lose(code, Loss.WORDS, text)
            return
        attributes = self._attributes(row)
        self._check(code, attributes, row)
        given = (of_group, row.get("relevance", ""))
        conditions = tuple(SGQA.sub(self._code_of, one) for one in given if one.strip() not in ALWAYS)
        self._make(Question(row, code, text, attributes, conditions), kind)

    def _code_of(self, match: re.Match[str]) -> str:
        """The code of a question that an old condition calls by its numbers."""
        row = next((one for one in self.questions if one.get("qid") == match[1]), None)
        return match[0] if row is None else f"{row.get('title', '')}{'_' if match[2] else ''}{match[2]}"

    def _make(self, one: Question, kind: str) -> None:
        to = MADE.get(kind)
        if to is None:
            self.all.lose(one.code, Loss.KIND, kind)
            return
        if to.comment:
            self.all.lose(one.code, Loss.FREE_TEXT)
        given = list(self._options(one, to))
        if not to.rows:
            self._add(one, to, given)
            return
        for value, said in self._parts(one.row):
            text = f"{one.text}：{one_line(self.all.words(one.code, said))}"
            self._add(replace(one, code=f"{one.code}_{value}", text=text), to, given)

    def _options(self, one: Question, to: Made) -> Iterator[tuple[str, str]]:
        """The codes and words of its options; of a ranking, newer versions have them as subquestions."""
        if to.fixed:
            yield from ((code, FIXED[self.ours][code]) for code in to.fixed)
        answers = list(self._answers(one.row)) if to.options is From.ANSWERS else []
        yield from answers
        if to.options is From.PARTS or (to.kind is Kind.RANKING and not answers):
            yield from self._parts(one.row)
        if one.row.get("other") == "Y" and to.options is not From.NOWHERE:
            self.all.lose(one.code, Loss.FREE_TEXT)
            yield "other", one.attributes.get("other_replace_text") or FIXED[self.ours]["other"]

    def _add(self, one: Question, to: Made, given: Sequence[tuple[str, str]]) -> None:
        options, keys = self.all.options(one.code, given)
        low, high = to.scale
        if to.kind is Kind.NUMBER:
            low, high = self._limit(one, "min_num_value_n"), self._limit(one, "max_num_value_n")
        asked = Asked(
            place=Place(element=one.code),
            key=self.all.key(one.code),
            kind=to.kind,
            text=one.text,
            options=options,
            required=one.row.get("mandatory", "N") in ("Y", "S"),
            shuffled=bool(given) and not to.rows and one.shuffled,
            most=self._limit(one, "max_answers") if to.kind is Kind.MULTIPLE else None,
            low=low,
            high=high,
        )
        multiple = to.kind is Kind.MULTIPLE
        single = {f"{one.code}_{value}": key for value, key in keys.items()} if multiple else {}
        self.all.add(asked, [one.code], keys=keys, conditions=one.conditions, single_options=single)

    def _limit(self, one: Question, name: str) -> int | None:
        """A whole number among the attributes; another is lost."""
        said = one.attributes.get(name, "")
        if WHOLE.fullmatch(said):
            return int(float(said))
        if said:
            self.all.lose(one.code, Loss.CHECK, f"{name}: {said}")
        return None

    def _answers(self, row: Row) -> Iterator[tuple[str, str]]:
        rows = [one for one in self.answers.get(row.get("qid", ""), ()) if one.get("scale_id", "0") in ("", "0")]
        for one in sorted(rows, key=lambda found: number(found.get("sortorder"))):
            said = self.words["answer"].get(one.get("aid", ""), one)
            yield one.get("code", ""), said.get("answer", "") or one.get("code", "")

    def _parts(self, row: Row) -> Iterator[tuple[str, str]]:
        """The subquestions: options of a multiple choice, rows of an array."""
        rows = [one for one in self.parts.get(row.get("qid", ""), ()) if one.get("scale_id", "0") in ("", "0")]
        for one in sorted(rows, key=lambda found: number(found.get("question_order"))):
            said = self.words["question"].get(one.get("qid", ""), one)
            yield one.get("title", ""), said.get("question", "") or one.get("title", "")
