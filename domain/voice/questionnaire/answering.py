"""A round is answered in private: one question after another, paused and resumed, changed until it closes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.ids import RoundId
from domain.people.permission import Permission, require
from domain.points import points
from domain.points.event import Event, EventName
from domain.refusal import NoMore, Refusal
from domain.voice.questionnaire.audience import includes
from domain.voice.questionnaire.data import PLACE
from domain.voice.questionnaire.model import Question, QuestionKind, Value, check
from domain.voice.questionnaire.round import Confidence, Progress, Round
from domain.voice.questionnaire.service import RoundOver
from domain.voice.questionnaire.sheet import OVERVIEW, Sheet

if TYPE_CHECKING:
    from domain.people.actor import Actor
    from domain.points.points import Credit
    from domain.voice.features import Stores

SUBMITTED = Event(EventName("questionnaire.submitted"))


class NotInvited(Refusal):
    """Somebody who is not of the audience."""

    text = "questionnaire.not_invited"


class NotOpenYet(Refusal):
    """A round that opens later."""

    text = "questionnaire.not_open_yet"


class NotAnswered(Refusal):
    """A required question was passed over."""

    text = "questionnaire.not_answered"


@dataclass(frozen=True, slots=True)
class Submitted:
    """A submitted sheet; `again` where it had been before."""

    sheet: Sheet
    credit: Credit | None
    again: bool


def _sheet(stores: Stores, actor: Actor, number: RoundId) -> Sheet:
    """Raises RoundOver, NotOpenYet, NotInvited."""
    require(stores, actor, Permission.TAKE_PART)
    one, own = stores.rounds.get(number), actor.member.id
    if one is None or not (stores.chats.get(one.group).is_admitted and includes(stores, one.audience, own)):
        raise NotInvited
    if one.opens_at > actor.heard_at and one.withdrawn_at is None:
        raise NotOpenYet(round=one)
    if not one.is_open(actor.heard_at):
        raise RoundOver
    response = dict(stores.responses.draft(one, own))
    place = str(response.pop(PLACE, ""))
    return Sheet(one, own, response, place, stores.responses.progress(one, own))


def _keep(stores: Stores, actor: Actor, sheet: Sheet) -> Sheet:
    stores.responses.keep(sheet.round, sheet.member, {**sheet.response, PLACE: sheet.place}, actor.heard_at)
    return sheet


def open_(stores: Stores, actor: Actor, *, number: RoundId) -> Sheet:
    """Begin, or go on where one stopped; what is written here from now on is under the round's key.

    Raises RoundOver, NotOpenYet, NotInvited.
    """
    sheet = _sheet(stores, actor, number)
    if sheet.round.key is not None:
        stores.encryption.begin(actor.chat.id, sheet.round.key)
    shows_all = sheet.is_begun or sheet.progress is Progress.SUBMITTED
    return sheet.at(OVERVIEW) if shows_all and sheet.question is None else sheet


def look(stores: Stores, actor: Actor, *, number: RoundId) -> Sheet:
    """Where somebody's dialogue stands. Raises RoundOver, NotOpenYet, NotInvited."""
    return _sheet(stores, actor, number)


def start(stores: Stores, actor: Actor, *, number: RoundId) -> Sheet:
    """Show the first question."""
    sheet = _sheet(stores, actor, number)
    return sheet if sheet.is_begun else _keep(stores, actor, sheet.at(sheet.asked[0].key))


def _shown(sheet: Sheet, index: int) -> Question:
    """The question of a button, if it is the one that is shown. Raises NoMore."""
    shown = sheet.question
    if shown is None or sheet.index != index:
        raise NoMore
    return shown


def _option(question: Question, place: int) -> str:
    """The key of an option by its place. Raises NoMore."""
    if place >= len(question.options):
        raise NoMore
    return question.options[place].key


def choose(stores: Stores, actor: Actor, *, number: RoundId, question: int, option: int) -> Sheet:
    """Choose the only option, or a rating, and go on. Raises NoMore, WrongAnswer."""
    sheet = _sheet(stores, actor, number)
    shown = _shown(sheet, question)
    if shown.kind is QuestionKind.RATING:
        return _answer(stores, actor, sheet, shown, option)
    if shown.kind is not QuestionKind.SINGLE:
        raise NoMore
    return _answer(stores, actor, sheet, shown, (_option(shown, option),))


def _answer(stores: Stores, actor: Actor, sheet: Sheet, question: Question, value: Value) -> Sheet:
    check(question, value)
    return _keep(stores, actor, sheet.answered(question, value).further())


def tick(stores: Stores, actor: Actor, *, number: RoundId, question: int, option: int, on: bool) -> Sheet:
    """Choose one of several options, or take it back. Raises NoMore, WrongAnswer."""
    sheet = _sheet(stores, actor, number)
    shown = _shown(sheet, question)
    if shown.kind is not QuestionKind.MULTIPLE:
        raise NoMore
    key = _option(shown, option)
    ticked = {*_chosen(sheet), key} if on else {*_chosen(sheet)} - {key}
    value = tuple(one.key for one in shown.options if one.key in ticked)
    if value:
        check(shown, value)
    return _keep(stores, actor, sheet.answered(shown, value or None))


def _chosen(sheet: Sheet) -> tuple[str, ...]:
    return sheet.value if isinstance(sheet.value, tuple) else ()


def rank(stores: Stores, actor: Actor, *, number: RoundId, question: int, option: int) -> Sheet:
    """Put an option behind those that are ranked; with two left, both. Raises NoMore."""
    sheet = _sheet(stores, actor, number)
    shown = _shown(sheet, question)
    if shown.kind is not QuestionKind.RANKING:
        raise NoMore
    key, order = _option(shown, option), _chosen(sheet)
    if key in order:
        return sheet
    order = (*order, key)
    left = [one.key for one in shown.options if one.key not in order]
    return _keep(stores, actor, sheet.answered(shown, (*order, *left) if len(left) == 1 else order))


def clear(stores: Stores, actor: Actor, *, number: RoundId, question: int) -> Sheet:
    """Take back the answer to the question that is shown. Raises NoMore."""
    sheet = _sheet(stores, actor, number)
    return _keep(stores, actor, sheet.answered(_shown(sheet, question), None))


def write(stores: Stores, actor: Actor, *, number: RoundId, question: int, value: Value) -> Sheet:
    """Answer the question that is shown in words, and go on. Raises NoMore, WrongAnswer."""
    sheet = _sheet(stores, actor, number)
    return _answer(stores, actor, sheet, _shown(sheet, question), value)


def further(stores: Stores, actor: Actor, *, number: RoundId, question: int) -> Sheet:
    """Go on from a question that was answered, or need not be. Raises NoMore, NotAnswered."""
    sheet = _sheet(stores, actor, number)
    _shown(sheet, question)
    if not sheet.may_go_on:
        raise NotAnswered
    return _keep(stores, actor, sheet.further())


def back(stores: Stores, actor: Actor, *, number: RoundId) -> Sheet:
    """Show the question before."""
    return _keep(stores, actor, _sheet(stores, actor, number).back())


def change(stores: Stores, actor: Actor, *, number: RoundId, question: int | None) -> Sheet:
    """Show the overview, or change an answer from there. Raises NoMore."""
    sheet = _sheet(stores, actor, number)
    questions = sheet.round.questionnaire.questions
    if question is None:
        return _keep(stores, actor, sheet.at(OVERVIEW))
    if question >= len(questions) or questions[question] not in sheet.asked:
        raise NoMore
    return _keep(stores, actor, sheet.at(OVERVIEW + questions[question].key))


def pause(stores: Stores, actor: Actor, *, number: RoundId) -> Sheet:
    """Stop for now."""
    sheet = _sheet(stores, actor, number)
    stores.encryption.end(actor.chat.id)
    return sheet


def submit(stores: Stores, actor: Actor, *, number: RoundId) -> Submitted | Sheet:
    """Count the answers; where a required one is missing, its question is shown instead.

    What is credited would tell when somebody has answered, so an anonymous round gives no points; nor does one's own.
    """
    sheet = _sheet(stores, actor, number)
    missing = sheet.missing
    if missing is not None:
        return _keep(stores, actor, sheet.at(OVERVIEW + missing.key))
    one, own, at = sheet.round, sheet.member, actor.heard_at
    person = stores.people.of_member(own)
    stores.responses.keep(one, own, one.questionnaire.complete(sheet.response), at)
    stores.responses.submit(one, own, None if person is None else person.branch, at)
    stores.encryption.end(actor.chat.id)
    if sheet.progress is Progress.SUBMITTED:
        return Submitted(sheet, None, again=True)
    stores.hooks.changed(own, f"submitted:{one.id}:{own}", at)
    return Submitted(sheet, _credit(stores, actor, one), again=False)


def _credit(stores: Stores, actor: Actor, one: Round) -> Credit | None:
    if one.confidence is Confidence.ANONYMOUS or one.asker.id == actor.member.id:
        return None
    group, cause = stores.chats.get(one.group), one.questionnaire.title
    return points.award(
        stores, actor.member.id, group, SUBMITTED, {}, source=str(one.subject), cause=cause, at=actor.heard_at
    )
