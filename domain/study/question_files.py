"""Questions come in from files and go out to them: shown first, then all of a file or nothing."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import plain
from domain.admin.audit import FILE_EXPORTED, FILE_IMPORTED
from domain.messaging import draft as drafts
from domain.messaging.message import Action, Button, Message
from domain.people.permission import Permission, require
from domain.progress import nothing
from domain.study.question import Change, QuestionKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from domain.ids import DraftId, MemberId
    from domain.people.actor import Actor
    from domain.progress import Progress
    from domain.study.features import Stores
    from domain.study.question import Question, StoredQuestion

FORM = "question_files"  # the form of such a draft: nothing is asked, but whether it is right as shown
ABOUT = "questions"  # what the audit log calls them
KEEP = Permission.KEEP_LIBRARY
STEP = 100  # questions written between two words about the progress
CODE_DIGITS = 16  # of a name that is made of a question's words


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do, or has done: the texts of what is new and what changes, how many stay, all by kind."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    same: int = 0
    kinds: tuple[tuple[QuestionKind, int], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change."""
        return not (self.added or self.changed)

    @property
    def told(self) -> str:
        """How many, as the audit log has it."""
        return f"new:{len(self.added)} changed:{len(self.changed)} same:{self.same}"


def code_of(question: Question, *, with_options: bool) -> str:
    """A stable name for a question whose file gives it none: made of its kind and its words.

    So the same file is read twice without doubling, and a corrected answer changes the question. `with_options`: where
    several questions of a file have the same words, their options tell them apart.
    """
    said = [question.kind.value, plain.key(question.text) or plain.appearance(question.text)]
    if with_options:
        said += sorted(plain.appearance(one) for one in (*question.options, *(left for left, _ in question.pairs)))
    return f"q-{hashlib.sha256(chr(10).join(said).encode()).hexdigest()[:CODE_DIGITS]}"


def counted(questions: Sequence[Question]) -> tuple[tuple[QuestionKind, int], ...]:
    """How many there are of each kind."""
    found = Counter(one.kind for one in questions)
    return tuple((kind, found[kind]) for kind in QuestionKind if found[kind])


def plan(stores: Stores, *, questions: Sequence[Question]) -> Plan:
    """What an import would do, for whoever has the machine."""
    known = {one.question.code: one for one in stores.questions.by_codes([one.code for one in questions])}
    return _told(questions, {one.code: _change(one, known.get(one.code)) for one in questions})


def _change(question: Question, known: StoredQuestion | None) -> Change:
    """What putting a question there would do: one that is asked no more comes back."""
    if known is None:
        return Change.ADDED
    return Change.SAME if known.question == question and not known.retired else Change.CHANGED


def _told(questions: Sequence[Question], changes: Mapping[str, Change]) -> Plan:
    return Plan(
        tuple(one.text for one in questions if changes[one.code] is Change.ADDED),
        tuple(one.text for one in questions if changes[one.code] is Change.CHANGED),
        sum(change is Change.SAME for change in changes.values()),
        counted(questions),
    )


def carry_out(
    stores: Stores, *, questions: Sequence[Question], by: MemberId | None, at: datetime, progress: Progress = nothing
) -> Plan:
    """Put questions into the library. Chat asks for permission before; the command line needs none."""
    changes: dict[str, Change] = {}
    for number, one in enumerate(questions, 1):
        changes[one.code] = stores.questions.put(one)
        if number % STEP == 0 or number == len(questions):
            progress(number, len(questions))
    done = _told(questions, changes)
    if not done.is_empty:
        stores.audit.note(by, FILE_IMPORTED, ABOUT, old=None, new=done.told, at=at)
    return done


def propose(
    stores: Stores, actor: Actor, *, questions: Sequence[Question], shown: Mapping[str, object], file: str
) -> Message:
    """Show what a file would do, with buttons to agree or not. `file` is what the platform calls it.

    `shown` is what the preview tells besides. Raises NotAllowed.
    """
    require(stores, actor, KEEP)
    found = plan(stores, questions=questions)
    values = {**shown, "plan": found}
    if found.is_empty:
        return Message("question_files.no_changes", values)
    draft = drafts.begin(stores, actor, FORM, {"file": file})
    agree = Button("question_files.import_button", Action("question_files.import", draft.id))
    drop = Button("question_files.drop_button", Action("question_files.drop", draft.id))
    return Message("question_files.preview", values, [[agree, drop]], draft.subject)


def proposed(stores: Stores, actor: Actor, *, number: DraftId) -> str:
    """What the platform calls the file that a button belongs to. Raises NotAllowed, DraftOver, NotYourDraft."""
    require(stores, actor, KEEP)
    return drafts.own_of(stores, actor, FORM, number).values["file"]


def agree(stores: Stores, actor: Actor, *, number: DraftId, questions: Sequence[Question]) -> None:
    """Do what was shown. Raises NotAllowed, DraftOver, NotYourDraft."""
    require(stores, actor, KEEP)
    draft = drafts.own_of(stores, actor, FORM, number)
    done = carry_out(stores, questions=questions, by=actor.member.id, at=actor.now)
    stores.drafts.remove(draft.id)
    stores.outbox.edit(draft.subject, Message("question_files.imported", {"plan": done}), key=f"{draft.subject}:done")


def decline(stores: Stores, actor: Actor, *, number: DraftId) -> None:
    """What was shown is not to be done. Raises NotAllowed, DraftOver, NotYourDraft."""
    require(stores, actor, KEEP)
    drafts.finish(stores, drafts.own_of(stores, actor, FORM, number))


def show(stores: Stores, actor: Actor) -> list[Question]:
    """All questions that may be asked. Raises NotAllowed."""
    require(stores, actor, KEEP)
    return every(stores)


def every(stores: Stores) -> list[Question]:
    """The same for whoever has the machine."""
    return [one.question for one in stores.questions.of_topics(())]


def note_export(stores: Stores, actor: Actor, *, count: int) -> None:
    """Note that the questions were written into a file. Raises NotAllowed."""
    require(stores, actor, KEEP)
    stores.audit.note(actor.member.id, FILE_EXPORTED, ABOUT, old=None, new=str(count), at=actor.now)
