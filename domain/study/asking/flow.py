"""A sheet is answered in private: by buttons or in words, and the next question takes its place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.people.permission import Permission, require, require_member
from domain.refusal import NoMore, Refusal
from domain.study.asking import sheet as sheets
from domain.study.asking.answering import record
from domain.study.asking.follow import FOLLOWS
from domain.study.asking.pace import is_hasty
from domain.study.asking.showing import say_answered
from domain.study.attempt import Attempt
from domain.study.question import QuestionKind, is_right

if TYPE_CHECKING:
    from domain.ids import QuestionId, SheetId
    from domain.messaging.message import Message
    from domain.people.actor import Actor
    from domain.study.asking.sheet import Follow, Sheet
    from domain.study.features import Stores
    from domain.study.question import Answer, StoredQuestion

SETS = frozenset({QuestionKind.MULTIPLE, QuestionKind.ORDERING})


class SheetOver(Refusal):
    """A button of a question that is asked no more."""

    text = "asking.over"


class NotYourSheet(Refusal):
    """A button of a question that somebody else is asked."""

    text = "asking.not_yours"


class AlreadyAnswered(Refusal):
    """The question was answered before."""

    text = "asking.already_answered"


@dataclass(frozen=True, slots=True)
class Shown:
    """A sheet after a step, and what its message shows now."""

    sheet: Sheet
    message: Message


@dataclass(frozen=True, slots=True)
class Asked:
    """A sheet with its question as it is now."""

    sheet: Sheet
    question: StoredQuestion

    @property
    def has_changed(self) -> bool:
        """Whether the question is not the one that was shown."""
        return self.question.version != self.sheet.version

    @property
    def follow(self) -> Follow:
        """What follows an answer."""
        return FOLLOWS[self.sheet.occasion.kind]


def _asked(stores: Stores, actor: Actor, number: SheetId, question: QuestionId | None) -> Asked:
    """One's own sheet. Raises SheetOver, NotYourSheet, AlreadyAnswered, NotAMember, whatever its occasion refuses."""
    require(stores, actor, Permission.TAKE_PART)
    sheet = stores.sheets.get(number)
    if sheet is not None and sheet.member != actor.member.id:
        raise NotYourSheet
    if sheet is None or sheet.chat != actor.chat.id or question not in (None, sheet.question):
        raise SheetOver
    if sheet.occasion.group is not None:
        group = stores.chats.get(sheet.occasion.group)
        if not group.is_admitted:
            raise SheetOver
        require_member(stores, actor, group)
    stored = stores.questions.get(sheet.question)
    if stored is None:
        raise SheetOver
    return Asked(sheet, stored)


def _open(stores: Stores, actor: Actor, number: SheetId, question: QuestionId | None) -> Asked:
    """One's own sheet that still waits for an answer. Raises what `_asked` does, AlreadyAnswered."""
    asked = _asked(stores, actor, number, question)
    if asked.sheet.is_answered:
        raise AlreadyAnswered
    if asked.follow.check is not None:
        asked.follow.check(stores, asked.sheet.occasion, asked.sheet.member, actor.heard_at)
    return asked


def _keep(stores: Stores, asked: Asked, sheet: Sheet) -> Shown:
    stores.sheets.save(sheet)
    return Shown(sheet, sheets.shown(sheet, asked.question))


def _ask_anew(stores: Stores, actor: Actor, asked: Asked) -> Shown:
    """Show the question as it is now: an answer counts for what was shown."""
    sheet = asked.sheet.asking(asked.question, actor.heard_at)
    stores.sheets.save(sheet)
    return Shown(sheet, sheets.shown(sheet, asked.question, has_changed=True))


def look(stores: Stores, actor: Actor, *, number: SheetId) -> Asked:
    """One's own sheet, to read what was typed. Raises SheetOver, NotYourSheet, AlreadyAnswered."""
    return _open(stores, actor, number, None)


def pick(stores: Stores, actor: Actor, *, number: SheetId, question: QuestionId, place: int) -> Shown:
    """Answer by the only option. Raises NoMore for what cannot be chosen."""
    asked = _open(stores, actor, number, question)
    kind = asked.question.question.kind
    if asked.has_changed:
        return _ask_anew(stores, actor, asked)
    if kind not in (QuestionKind.SINGLE, QuestionKind.TRUE_FALSE):
        raise NoMore
    return _answer(stores, actor, asked, (_place(asked, place),))


def _place(asked: Asked, place: int) -> int:
    """A place that is shown. Raises NoMore."""
    if place not in asked.sheet.places(asked.question.question):
        raise NoMore
    return place


def tick(stores: Stores, actor: Actor, *, number: SheetId, question: QuestionId, place: int, on: bool) -> Shown:
    """Choose one of several, or take it back; doing it twice does it once. Raises NoMore."""
    asked = _open(stores, actor, number, question)
    if asked.has_changed:
        return _ask_anew(stores, actor, asked)
    if asked.question.question.kind not in SETS:
        raise NoMore
    chosen, before = _place(asked, place), asked.sheet.given
    rest = tuple(one for one in before if one != chosen)
    given = rest if not on else before if chosen in before else (*before, chosen)
    return _keep(stores, asked, replace(asked.sheet, given=given))


def match(stores: Stores, actor: Actor, *, number: SheetId, question: QuestionId, pair: int, place: int) -> Shown:
    """Match the next pair; a second tap of the same button changes nothing. Raises NoMore."""
    asked = _open(stores, actor, number, question)
    if asked.has_changed:
        return _ask_anew(stores, actor, asked)
    known, given = asked.question.question, asked.sheet.given
    if known.kind is not QuestionKind.MATCHING or pair >= len(known.pairs):
        raise NoMore
    if pair != len(given):
        return _keep(stores, asked, asked.sheet)
    return _keep(stores, asked, replace(asked.sheet, given=(*given, _place(asked, place))))


def clear(stores: Stores, actor: Actor, *, number: SheetId, question: QuestionId) -> Shown:
    """Take back what was chosen: of pairs the last one, else all."""
    asked = _open(stores, actor, number, question)
    if asked.has_changed:
        return _ask_anew(stores, actor, asked)
    pairs = asked.question.question.kind is QuestionKind.MATCHING
    return _keep(stores, asked, replace(asked.sheet, given=asked.sheet.given[:-1] if pairs else ()))


def done(stores: Stores, actor: Actor, *, number: SheetId, question: QuestionId) -> Shown:
    """Answer with what was chosen. Raises NoMore where something is missing."""
    asked = _open(stores, actor, number, question)
    if asked.has_changed:
        return _ask_anew(stores, actor, asked)
    given = asked.sheet.given
    if not fits(asked.question, given):
        raise NoMore
    return _answer(stores, actor, asked, given)


def fits(question: StoredQuestion, answer: Answer) -> bool:
    """Whether an answer answers all that is asked."""
    known = question.question
    match known.kind:
        case QuestionKind.FILL_IN:
            return len(answer) == len(known.blanks)
        case QuestionKind.MATCHING:
            return len(answer) == len(known.pairs)
        case QuestionKind.ORDERING:
            return len(answer) == len(known.options)
        case QuestionKind.MULTIPLE:
            return bool(answer)
        case _:
            return len(answer) == 1


def write(
    stores: Stores, actor: Actor, *, number: SheetId, question: QuestionId, version: int, answer: Answer
) -> Shown:
    """Answer in words, which were read for a version of the question. Raises NoMore where something is missing."""
    asked = _open(stores, actor, number, question)
    if asked.has_changed or asked.question.version != version:
        return _ask_anew(stores, actor, asked)
    if not fits(asked.question, answer):
        raise NoMore
    return _answer(stores, actor, asked, answer)


def _answer(stores: Stores, actor: Actor, asked: Asked, answer: Answer) -> Shown:
    sheet, known, at = asked.sheet, asked.question.question, actor.heard_at
    took = at - sheet.asked_at
    recorded = record(
        stores,
        Attempt(
            sheet.member,
            sheet.question,
            sheet.occasion,
            answer,
            is_right(known, answer),
            at,
            took,
            is_hasty(known, took),
        ),
    )
    answered = replace(sheet, is_answered=True)
    stores.sheets.save(answered)
    sheets.stop_listening(stores, answered)
    follow = asked.follow
    about = (stores, sheet.occasion, sheet.member, at)
    told = follow.told(*about) if follow.told is not None else None
    more = follow.next(*about) if follow.next is not None else None
    return Shown(
        answered,
        say_answered(
            answered,
            known,
            recorded.attempt,
            is_first=recorded.is_first,
            credit=recorded.credit,
            told=told,
            goes_on=more is not None,
        ),
    )


def go_on(stores: Stores, actor: Actor, *, number: SheetId, question: QuestionId) -> Shown:
    """Show the next question in the place of one that was answered. Raises SheetOver where there is none."""
    asked = _asked(stores, actor, number, question)
    sheet, at = asked.sheet, actor.heard_at
    if not sheet.is_answered:
        return _keep(stores, asked, sheet)
    about = (stores, sheet.occasion, sheet.member, at)
    if asked.follow.check is not None:
        asked.follow.check(*about)
    following = asked.follow.next(*about) if asked.follow.next is not None else None
    if following is None:
        raise SheetOver
    asking = sheet.asking(following, at)
    stores.sheets.save(asking)
    sheets.listen(stores, asking, following.question, at)
    return Shown(asking, sheets.shown(asking, following))
