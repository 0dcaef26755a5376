"""A SurveyJS questionnaire: its JSON, as its designer saves it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from sheets.questionnaire import tree
from sheets.questionnaire.element import Element, counted, refuse, short, under, value_of
from sheets.questionnaire.foreign import Collected, known
from sheets.questionnaire.found import (
    MAX_DETAIL_CHARS,
    Asked,
    Format,
    Found,
    Kind,
    Loss,
    Mistake,
    NotRead,
    Place,
    found_wrong,
)
from sheets.questionnaire.spoken import FIXED
from sheets.questionnaire.words import one_line

DEEPEST = 10  # panels in panels
MAX_SCALE_STEPS = 10  # a longer one becomes a choice
SELECTS = {
    "radiogroup": Kind.SINGLE,
    "dropdown": Kind.SINGLE,
    "buttongroup": Kind.SINGLE,
    "imagepicker": Kind.SINGLE,
    "checkbox": Kind.MULTIPLE,
    "tagbox": Kind.MULTIPLE,
    "ranking": Kind.RANKING,
}
INPUTS = {"number": Kind.NUMBER, "range": Kind.NUMBER, "date": Kind.DATE}
PANELS = frozenset({"panel", "flowpanel"})
WORDLESS = frozenset({"html", "image", "expression"})
DECIMAL = re.compile(r"-?\d{1,9}(?:\.0+)?")
PROPERTIES = known("surveyjs")


def read(text: str, language: str) -> Found:
    """The questionnaire in a JSON, in this language where it has it; or what is wrong with the JSON."""
    try:
        made = tree.read_json(text)
        if not isinstance(made, dict):
            raise tree.refuse(1, Mistake.NOT_A_MAP)
        return _Reader(language).read(made)
    except NotRead as error:
        return found_wrong(Format.SURVEYJS, [error.wrong])


class _Reader:
    """Goes through pages and panels."""

    def __init__(self, language: str) -> None:
        self.all = Collected(Format.SURVEYJS)
        self.language = language
        self.others: set[str] = set()

    def read(self, made: Mapping[str, Any]) -> Found:
        """The whole. Raises NotRead."""
        title = self.said("title", made.get("title"))
        introduction = self.said("description", made.get("description"))
        self._check("", {name: value for name, value in made.items() if name != "description"})
        for number, page in enumerate(self._list(made, "pages", "pages") or [made], start=1):
            if not isinstance(page, dict):
                raise refuse(f"pages[{number}]", Mistake.NOT_A_MAP)
            name = "" if page is made else str(page.get("name") or f"page {number}")
            self._container(page, name, (), 0)
        for language in sorted(self.others):
            self.all.lose("", Loss.LANGUAGE, language)
        return self.all.found(title, introduction)

    def said(self, element: str, value: Any) -> str:
        """A text, of several languages the one that is wanted, without its tags."""
        if isinstance(value, dict):
            value = self._translated(value)
        if value is None or isinstance(value, dict | list):
            return ""
        return self.all.words(element, value_of(value))

    def _translated(self, texts: Mapping[str, Any]) -> Any:
        """One of several languages; the others are noted."""
        wanted = next((name for name in texts if name.lower().startswith(self.language)), None)
        chosen = wanted or ("default" if "default" in texts else next(iter(texts), None))
        self.others.update(str(name)[:MAX_DETAIL_CHARS] for name in texts if name not in (chosen, "default"))
        return texts.get(chosen) if chosen else None

    def _list(self, made: Mapping[str, Any], name: str, element: str) -> list[Any]:
        """Raises NotRead."""
        value = made.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            raise refuse(element, Mistake.NOT_A_LIST, name)
        return value

    def _check(self, element: str, made: Mapping[str, Any]) -> None:
        """List what of an element is not carried over."""
        for name, value in made.items():
            if value in (None, False, "", [], {}):
                continue
            loss = PROPERTIES.get(name, Loss.SETTING)
            if loss is not None:
                self.all.lose(element, loss, self._detail(name, loss, value))

    def _detail(self, name: str, loss: Loss, value: Any) -> str:
        if loss is Loss.WORDS and isinstance(value, str | dict):
            return one_line(self.said("", value))
        return value if loss is Loss.CONDITION and isinstance(value, str) else name

    def _container(self, made: Mapping[str, Any], name: str, conditions: tuple[str, ...], depth: int) -> None:
        """A page or a panel. Raises NotRead."""
        if depth > DEEPEST:
            raise refuse(name, Mistake.TOO_DEEP)
        if depth or name:
            self._check(name, made)
            title = self.said(name, made.get("title"))
            if title:
                self.all.lose(name, Loss.HEADING, title)
            conditions = under(conditions, made)
        for number, element in enumerate(self._list(made, "elements", name) or self._list(made, "questions", name), 1):
            if not isinstance(element, dict):
                raise refuse(f"{name}[{number}]", Mistake.NOT_A_MAP)
            own = str(element.get("name") or f"{name}[{number}]")
            if str(element.get("type")) in PANELS:
                self._container(element, own, conditions, depth + 1)
            else:
                self._element(element, own, under(conditions, element))

    def _element(self, made: Mapping[str, Any], name: str, conditions: tuple[str, ...]) -> None:
        kind = str(made.get("type", "text"))
        if kind in WORDLESS:
            self._wordless(made, name, kind)
            return
        self._check(name, made)
        if made.get("visible") is False:
            self.all.lose(name, Loss.CONDITION, "visible: false")
        one = Element(made, name, self.said(name, made.get("title")) or name, conditions)
        makers = {
            "rating": self._rating,
            "boolean": self._boolean,
            "matrix": self._matrix,
            "multipletext": self._several_texts,
            "text": self._text,
            "comment": self._text,
            **dict.fromkeys(SELECTS, self._select),
        }
        if kind in makers:
            makers[kind](one)
        else:
            self.all.lose(name, Loss.KIND, kind)

    def _wordless(self, made: Mapping[str, Any], name: str, kind: str) -> None:
        if kind == "html":
            self.all.lose(name, Loss.WORDS, self.said(name, made.get("html")))
        else:
            self.all.lose(name, Loss.IMAGE if kind == "image" else Loss.SCRIPT, value_of(made.get("expression", "")))

    def _add(self, one: Element, kind: Kind, given: Iterable[tuple[str, str]] = (), **more: Any) -> None:
        """A question; `given` are values and texts of its options."""
        options, keys = self.all.options(one.name, given)
        required = more.pop("required", one.made.get("isRequired") is True)
        place, key = Place(element=short(one.name)), self.all.key(one.name)
        asked = Asked(place, key, kind, one.text, options, required, **more)
        self.all.add(asked, one.names, keys=keys, conditions=one.conditions)

    def _text(self, one: Element) -> None:
        wanted = str(one.made.get("inputType", "text")) if one.made.get("type") != "comment" else "text"
        kind = INPUTS.get(wanted, Kind.TEXT)
        if kind is Kind.TEXT and wanted != "text":
            self.all.lose(one.name, Loss.CHECK, wanted)
        self._add(one, kind, low=self._limit(one, kind, "min"), high=self._limit(one, kind, "max"))

    def _limit(self, one: Element, kind: Kind, name: str) -> int | None:
        """A limit of a number, if it is whole; another one is lost."""
        value = one.made.get(name)
        if value in (None, ""):
            return None
        if kind is Kind.NUMBER and DECIMAL.fullmatch(value_of(value)):
            return int(float(value_of(value)))
        self.all.lose(one.name, Loss.CHECK, f"{name}: {value_of(value)}")
        return None

    def _several_texts(self, one: Element) -> None:
        for value, said in self._values(one, "items", "name", "title"):
            self._add(one.part(value, said), Kind.TEXT)

    def _values(self, one: Element, field: str, value: str = "value", text: str = "text") -> list[tuple[str, str]]:
        """Values and texts of choices, rows, columns or items. Raises NotRead."""
        found = []
        for each in self._list(one.made, field, one.name):
            if not isinstance(each, dict):
                found.append((value_of(each), value_of(each)))
                continue
            if each.get(value) is None:
                raise refuse(one.name, Mistake.MISSING, f"{field}: {value}")
            self._check_choice(one.name, each)
            found.append((value_of(each[value]), self.said(one.name, each.get(text)) or value_of(each[value])))
        return found

    def _check_choice(self, name: str, choice: Mapping[str, Any]) -> None:
        for field in ("visibleIf", "enableIf"):
            if choice.get(field):
                self.all.lose(name, Loss.CONDITION, value_of(choice[field]))
        if choice.get("imageLink"):
            self.all.lose(name, Loss.IMAGE)

    def _choices(self, one: Element) -> Iterator[tuple[str, str]]:
        made = one.made
        yield from self._values(one, "choices")
        yield from counted(made.get("choicesMin"), made.get("choicesMax"), made.get("choicesStep", 1))
        if made.get("hasOther") or made.get("showOtherItem"):
            self.all.lose(one.name, Loss.FREE_TEXT)
            yield "other", self.said(one.name, made.get("otherText")) or FIXED[self.language]["other"]
        if made.get("hasNone") or made.get("showNoneItem"):
            yield "none", self.said(one.name, made.get("noneText")) or FIXED[self.language]["nothing"]

    def _select(self, one: Element) -> None:
        kind = SELECTS[one.made["type"]]
        if one.made["type"] == "imagepicker" and one.made.get("multiSelect"):
            kind = Kind.MULTIPLE
        given, order, most = list(self._choices(one)), one.made.get("choicesOrder"), one.made.get("maxSelectedChoices")
        if order in ("asc", "desc"):
            given.sort(key=lambda each: each[1], reverse=order == "desc")
        limited = kind is Kind.MULTIPLE and isinstance(most, int) and most > 0
        self._add(one, kind, given, shuffled=order == "random", most=most if limited else None)

    def _rating(self, one: Element) -> None:
        made = one.made
        low, high = made.get("rateMin", 1), made.get("rateMax", made.get("rateCount", 5))
        step = made.get("rateStep", 1)
        if not made.get("rateValues") and all(type(each) is int for each in (low, high)) and step == 1:
            ends = ((low, "min"), (high, "max"))
            said = [(each, self.said(one.name, made.get(f"{end}RateDescription"))) for each, end in ends]
            named = "，".join(f"{each} = {words}" for each, words in said if words)
            if 0 <= low < high <= MAX_SCALE_STEPS:
                text = f"{one.text}（{named}）" if named else one.text
                self._add(replace(one, text=text), Kind.RATING, low=low, high=high)
                return
        self._add(one, Kind.SINGLE, self._values(one, "rateValues") or list(counted(low, high, step)))

    def _boolean(self, one: Element) -> None:
        made = one.made
        yes = self.said(one.name, made.get("labelTrue")) or FIXED[self.language]["yes"]
        no = self.said(one.name, made.get("labelFalse")) or FIXED[self.language]["no"]
        values = [value_of(made.get("valueTrue", True)), value_of(made.get("valueFalse", False))]
        self._add(one, Kind.SINGLE, zip(values, (yes, no), strict=True))

    def _matrix(self, one: Element) -> None:
        """A question a row."""
        made = one.made
        kind = Kind.MULTIPLE if made.get("cellType") == "checkbox" else Kind.SINGLE
        columns = self._values(one, "columns")
        required = any(made.get(name) for name in ("isRequired", "isAllRowRequired", "eachRowRequired"))
        for value, said in self._values(one, "rows"):
            self._add(one.part(value, said), kind, columns, required=required)
        if not made.get("rows"):
            self._add(one, kind, columns, required=required)
