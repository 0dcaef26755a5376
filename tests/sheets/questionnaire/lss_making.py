"""LimeSurvey structures as its versions 3 and 6 write them."""

from collections.abc import Mapping, Sequence
from html import escape

Row = Mapping[str, str]


def lss(sections: Mapping[str, Sequence[Row]], *, languages: Sequence[str] = ("zh-Hans",), version: int = 640) -> bytes:
    """A structure with these rows."""
    told = "".join(f"<language>{one}</language>" for one in languages)
    parts = [
        f"<{name}>\n<rows>\n{''.join(map(_row, rows))}</rows>\n</{name}>\n" for name, rows in sections.items() if rows
    ]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<document>\n <LimeSurveyDocType>Survey</LimeSurveyDocType>\n'
        f" <DBVersion>{version}</DBVersion>\n <languages>{told}</languages>\n{''.join(parts)}</document>\n"
    ).encode()


def _row(row: Row) -> str:
    return "<row>\n" + "".join(_field(name, value) for name, value in row.items()) + "</row>\n"


def _field(name: str, value: str) -> str:
    return f"<{name}><![CDATA[{value}]]></{name}>\n" if "]]>" not in value else f"<{name}>{escape(value)}</{name}>\n"


class Survey:
    """A survey that is put together question by question; `modern`: words stand apart from what they belong to."""

    def __init__(self, *, modern: bool = True, languages: Sequence[str] = ("zh-Hans",)) -> None:
        self.modern = modern
        self.languages = languages
        self.sections: dict[str, list[Row]] = {
            "groups": [],
            "group_l10ns": [],
            "questions": [],
            "subquestions": [],
            "question_l10ns": [],
            "answers": [],
            "answer_l10ns": [],
            "question_attributes": [],
            "surveys_languagesettings": [],
            "quota": [],
        }
        self._numbers = 100

    def number(self) -> str:
        self._numbers += 1
        return str(self._numbers)

    def _put(self, section: str, row: Row, words: Mapping[str, str], key: str, l10n: str) -> None:
        if self.modern:
            self.sections[section].append(row)
            self.sections[l10n] += [
                {"id": self.number(), key: row[key], **words, "language": one} for one in self.languages
            ]
        else:
            self.sections[section] += [{**row, **words, "language": one} for one in self.languages]

    def settings(self, title: str, **more: str) -> None:
        told = {f"surveyls_{name}": value for name, value in more.items()}
        self.sections["surveys_languagesettings"] += [
            {"surveyls_survey_id": "1", "surveyls_language": one, "surveyls_title": title, **told}
            for one in self.languages
        ]

    def group(self, name: str, **more: str) -> str:
        gid = self.number()
        row = {"gid": gid, "sid": "1", "group_order": gid, "grelevance": "", **more}
        self._put("groups", row, {"group_name": name, "description": ""}, "gid", "group_l10ns")
        return gid

    def ask(
        self,
        gid: str,
        kind: str,
        code: str,
        text: str,
        *,
        answers: Sequence[tuple[str, str]] = (),
        parts: Sequence[tuple[str, str]] = (),
        attributes: Mapping[str, str] | None = None,
        **more: str,
    ) -> str:
        """Add a question; `parts` are its subquestions."""
        qid = self.number()
        row = {
            "qid": qid, "parent_qid": "0", "sid": "1", "gid": gid, "type": kind, "title": code, "other": "N",
            "mandatory": "N", "question_order": qid, "relevance": "1", **more,
        }  # fmt: skip
        self._put("questions", row, {"question": text, "help": more.get("help", "")}, "qid", "question_l10ns")
        for place, (name, words) in enumerate(parts):
            part = {
                "qid": self.number(), "parent_qid": qid, "gid": gid, "type": "T", "title": name, "scale_id": "0",
                "question_order": str(place),
            }  # fmt: skip
            self._put("subquestions", part, {"question": words}, "qid", "question_l10ns")
        for place, (name, words) in enumerate(answers):
            answer = {"qid": qid, "code": name, "sortorder": str(place), "scale_id": "0"}
            if self.modern:
                answer = {"aid": self.number(), **answer}
            self._put("answers", answer, {"answer": words}, "aid", "answer_l10ns")
        for name, value in (attributes or {}).items():
            self.sections["question_attributes"].append({"qid": qid, "attribute": name, "value": value, "language": ""})
        return qid

    def file(self) -> bytes:
        return lss(self.sections, languages=self.languages, version=640 if self.modern else 366)
