"""Questionnaires that are ready to be asked: `texts/<language>/questionnaires/`, in our own format."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import texts
from domain.voice.questionnaire.model import Questionnaire
from handlers.voice.questionnaire_files.fitting import fit
from sheets.questionnaire.own import read

NAMES = ("satisfaction", "appraisal", "training", "pulse")
FOLDER = Path(texts.__file__).parent
BLANK = "____"
SOMEBODY = "{name}"  # in the text of a question that is asked for each of some people


def templates(language: str) -> Sequence[Questionnaire]:
    """All of them, in the order of NAMES, without the questions that need names."""
    return tuple(without_people(one) for one in _read(language).values())


def forms(language: str) -> Sequence[Questionnaire]:
    """All of them as files to be changed: a question that needs names stands there once, with a blank for the name."""
    return tuple(for_people(one, (BLANK,)) for one in _read(language).values())


def template(name: str, language: str) -> Questionnaire:
    """One of NAMES, without the questions that need names. Raises KeyError."""
    return without_people(_read(language)[name])


def appraisal_of(people: Sequence[str], language: str) -> Questionnaire:
    """The appraisal of these people, a question each. Raises WrongQuestionnaire for too many of them."""
    return for_people(_read(language)["appraisal"], people)


def without_people(one: Questionnaire) -> Questionnaire:
    """A questionnaire without the questions that need names."""
    return replace(one, questions=tuple(each for each in one.questions if SOMEBODY not in each.text))


def for_people(one: Questionnaire, people: Sequence[str]) -> Questionnaire:
    """A questionnaire whose questions with a name in them are asked for each of these people."""
    questions = [
        replace(each, key=f"{each.key}_{number}", text=each.text.replace(SOMEBODY, person)) if number else each
        for each in one.questions
        for number, person in (enumerate(people, start=1) if SOMEBODY in each.text else ((0, ""),))
    ]
    return replace(one, questions=tuple(questions))


@cache
def _read(language: str) -> Mapping[str, Questionnaire]:
    known = language if language in texts.LANGUAGES else "en"
    return {name: _questionnaire(FOLDER / known / "questionnaires" / f"{name}.yaml") for name in NAMES}


def _questionnaire(file: Path) -> Questionnaire:
    fitted = fit(read(file.read_text(encoding="utf-8")), file.name)
    if fitted.questionnaire is None:
        raise ValueError(f"{file}: {fitted.wrong}")
    return fitted.questionnaire
