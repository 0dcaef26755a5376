"""Standard procedures in the sample: a Party day that is done and has taught something, an admission that goes on."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial

from domain.people.actor import Actor
from domain.report.features import Stores
from domain.work import task
from domain.work.procedure import card, keeping, looking_back, running
from domain.work.procedure.lesson import Change, Way
from domain.work.procedure.looking_back import Answers
from domain.work.procedure.model import Run
from domain.work.procedure.running import Wish
from domain.work.procedure.template import Procedure
from handlers.work.procedure_files import samples

Event = tuple[datetime, Callable[[], object]]
Secretary = Callable[[str, datetime], Actor]  # of a branch, as an actor in its group
PARTY_DAY, ADMISSION = "party_day", "admission"  # samples, and what tells their runs apart
SOURCE = "sample/procedure/"
ANSWERS = Answers(
    "方案提前一周定下来，大家有时间准备",
    "临到前一天才知道讲解员要换",
    "前三天和讲解员再确认一次",
    Change(Way.CHECK, "place"),
)


def events(stores: Stores, secretary: Secretary, moment: Callable[[str], datetime]) -> Iterator[Event]:
    """What has happened with procedures; `moment` reads times as in `enterprise.toml`."""
    begun = moment("-3 mon 09:00")
    held = moment("-2 fri 15:00")
    yield begun, partial(_start, stores, secretary("machining", begun), PARTY_DAY, "安全生产", held)
    for when in ("-3 mon 16:00", "-3 wed 16:00", "-2 mon 16:00", "-2 fri 17:30", "-1 mon 10:00", "-1 tue 11:00"):
        yield moment(when), partial(_finish, stores, PARTY_DAY, moment(when))
    told = moment("-1 wed 10:00")
    yield told, partial(_look_back, stores, secretary("machining", told))
    begun = moment("-4 tue 09:30")
    yield begun, partial(_start, stores, secretary("assembly", begun), ADMISSION, "周晓燕", None)
    for when in ("-4 wed 15:00", "-3 thu 15:00"):
        yield moment(when), partial(_finish, stores, ADMISSION, moment(when))


def show(stores: Stores, at: datetime) -> None:
    """Post the card of what goes on, as it stands today."""
    run = stores.procedures.started_by(SOURCE + ADMISSION)
    if run is not None:
        stores.outbox.send(run.group, card.drawn(stores, run, at), key=str(run.card))


def _start(stores: Stores, actor: Actor, sample: str, about: str, event: datetime | None) -> None:
    kept = keeping.take(stores, actor, sample=sample, procedure=_unreviewed(dict(samples("zh"))[sample]))
    day = None if event is None else actor.chat.day(event)
    running.start(stores, actor, wish=Wish(kept, about, day), source=SOURCE + sample)


def _unreviewed(procedure: Procedure) -> Procedure:
    """Without reviewers: in the sample each step is done by the word of its owner."""
    return replace(procedure, steps=tuple(replace(one, reviewer="") for one in procedure.steps))


def _finish(stores: Stores, sample: str, at: datetime) -> None:
    """Whoever has an open step of a run has done it."""
    run = stores.procedures.started_by(SOURCE + sample)
    given = [] if run is None else [one for step in run.steps for one in stores.tasks.linked_to(step.link)]
    for one in given:
        if one.done_at is None:
            task.finish(stores, Actor(one.owner, stores.chats.get(one.group), at), number=one.id)


def _look_back(stores: Stores, actor: Actor) -> None:
    run: Run | None = stores.procedures.started_by(SOURCE + PARTY_DAY)
    if run is not None and run.ended_at is not None:
        looking_back.tell(stores, actor, number=run.id, answers=ANSWERS)
