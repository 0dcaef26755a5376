"""The use cases of study, for the test of permissions."""

from dataclasses import replace
from typing import Any

from domain.admin.setting import Studying
from domain.ids import DraftId, StudyItemId
from domain.messaging.message import NOWHERE, Subject
from domain.people.permission import Permission
from domain.study import importing, keeping, series, study
from domain.study.course import Course
from domain.study.day import menu, planning, reading
from domain.study.item import Lesson, Media, MediaKind
from domain.study.library import Library
from domain.study.today import tell
from tests.study import reflection_use_cases, review_use_cases
from tests.study.cases import asking, files, match
from tests.use_cases import Case, Place, World

LESSON = Lesson("rules", "党员权利", "党章", "党员享有八项权利。", "党章第四条")


def shown(world: World) -> dict[str, Any]:
    """The group's item of today."""
    study.load(world.stores, lessons=[LESSON])
    prompt = study.prompt(world.stores, world.group, world.actor.now)
    assert prompt is not None
    return {"prompt_id": prompt.id}


def given(world: World) -> dict[str, Any]:
    """The same as the prompt itself."""
    return {"given": world.stores.studies.prompt(shown(world)["prompt_id"])}


def a_file(world: World) -> dict[str, Any]:
    """The file of the group's item of today."""
    return {**shown(world), "key": "k"}


def to_ask(world: World) -> dict[str, Any]:
    """The group's item of today, and a key."""
    return {**given(world), "key": "k"}


def to_read(world: World) -> dict[str, Any]:
    """The group's item of today, without its words."""
    return {"given": given(world)["given"].shown}


def filled(world: World) -> dict[str, Any]:
    """A library with an item."""
    study.load(world.stores, lessons=[LESSON])
    return {"key": "k", "thread": NOWHERE}


def at_home(world: World) -> dict[str, Any]:
    """The same; whoever asks in private has a group."""
    study.load(world.stores, lessons=[LESSON])
    world.stores.members.speak(world.group.id, world.actor.member.id, world.actor.now)
    return {"manages": False}


def in_a_message(world: World) -> dict[str, Any]:
    """What the message of /study is sent with."""
    return {**at_home(world), "page": Subject("page", 1), "key": "k", "thread": NOWHERE}


def preferring(world: World) -> dict[str, Any]:
    """What one's choice is made with."""
    return {**at_home(world), "studying": Studying.PRIVATE}


def today(world: World) -> dict[str, Any]:
    """The day of a plan, and what it shows."""
    return {"day": world.actor.today, "shown": 1}


def on_a_page(world: World) -> dict[str, Any]:
    """A page of what a day may have."""
    return {"day": world.actor.today, "offset": 0}


def an_item(world: World) -> dict[str, Any]:
    """An item of the library."""
    return {"item": 1}


def on_a_day(world: World) -> dict[str, Any]:
    """An item for a day."""
    return {**an_item(world), "day": world.actor.today}


def asked(world: World) -> dict[str, Any]:
    """Whose group it is."""
    return {"home": world.group}


def with_media(world: World) -> dict[str, Any]:
    """A picture for an item."""
    return {**on_shelf(world), "media": Media(MediaKind.PICTURE, "f")}


def a_course(world: World) -> dict[str, Any]:
    """A course of the library."""
    study.load(world.stores, lessons=[LESSON])
    world.stores.courses.put(Course("c", "入门", (LESSON.code,)))
    return {"kind": series.SeriesKind.COURSE, "number": world.stores.courses.all()[-1].number}


KEEP = Permission.KEEP_LIBRARY
NEW = Library((replace(LESSON, code="new"),))


def on_shelf(world: World) -> dict[str, Any]:
    return {"number": StudyItemId(1)}


def proposed(world: World) -> dict[str, Any]:
    """A file that waits for a word, of whoever may send one."""
    keeper = replace(world.actor, is_root_admin=True)
    message = importing.propose(world.stores, keeper, library=NEW, lost=(), file="f", name="a.toml")
    assert message.subject is not None
    return {"number": DraftId(message.subject.ids[0])}


def agreed(world: World) -> dict[str, Any]:
    """The same, and what is in it."""
    return proposed(world) | {"library": NEW}


CASES = (
    Case(keeping.page, KEEP, elsewhere=True),
    Case(keeping.show, KEEP, arguments=on_shelf, elsewhere=True),
    Case(keeping.withdraw, KEEP, arguments=on_shelf, elsewhere=True),
    Case(keeping.put_back, KEEP, arguments=on_shelf, elsewhere=True),
    Case(keeping.attach, KEEP, arguments=with_media, elsewhere=True),
    Case(series.listing, KEEP, elsewhere=True),
    Case(series.show, KEEP, arguments=a_course, elsewhere=True),
    Case(series.end, KEEP, arguments=a_course, elsewhere=True),
    Case(keeping.own_progress, Permission.TAKE_PART),
    Case(importing.look, KEEP, arguments=lambda _: {"library": NEW}, elsewhere=True),
    Case(
        importing.propose,
        KEEP,
        arguments=lambda _: {"library": NEW, "lost": (), "file": "f", "name": "n"},
        elsewhere=True,
    ),
    Case(importing.proposed, KEEP, arguments=proposed, elsewhere=True),
    Case(importing.agree, KEEP, arguments=agreed, elsewhere=True),
    Case(importing.decline, KEEP, arguments=proposed, elsewhere=True),
    Case(importing.export, KEEP, elsewhere=True),
    Case(importing.note_export, KEEP, arguments=lambda _: {"count": 1}, elsewhere=True),
    Case(study.again, Permission.TAKE_PART, Place.GROUP, filled),
    Case(menu.show, Permission.TAKE_PART, arguments=in_a_message),
    Case(menu.draw, Permission.TAKE_PART, arguments=at_home),
    Case(menu.prefer, Permission.TAKE_PART, arguments=preferring),
    Case(menu.desk, Permission.TAKE_PART),
    Case(reading.missed_by, Permission.TAKE_PART, arguments=asked),
    Case(reading.look_late, Permission.TAKE_PART, arguments=shown),
    Case(reading.read_late, Permission.TAKE_PART, arguments=shown),
    Case(reading.bring_file, Permission.TAKE_PART, arguments=a_file),
    Case(reading.why, Permission.TAKE_PART, Place.GROUP, shown),
    Case(planning.look, planning.PLAN, Place.GROUP),
    Case(planning.exchange, planning.PLAN, Place.GROUP, today),
    Case(planning.schedule, planning.PLAN, Place.GROUP, on_a_day),
    Case(planning.withdraw, planning.PLAN, Place.GROUP, today),
    Case(planning.release, planning.PLAN, Place.GROUP, today),
    Case(planning.ban, planning.PLAN, Place.GROUP, an_item),
    Case(planning.banned, planning.PLAN, Place.GROUP),
    Case(planning.allow, planning.PLAN, Place.GROUP, an_item),
    Case(planning.choosable, planning.PLAN, Place.GROUP, on_a_page),
    Case(study.ask_alone, Permission.TAKE_PART, arguments=to_ask),
    Case(study.note_read, Permission.TAKE_PART, Place.GROUP, to_read),
    Case(study.read, Permission.TAKE_PART, Place.GROUP, shown),
    Case(study.read, Permission.TAKE_PART, arguments=shown),
    *asking.CASES,
    *match.CASES,
    *files.CASES,
    *review_use_cases.CASES,
    *reflection_use_cases.CASES,
)
PARTS: dict[object, str] = {
    tell: "a part of today's card",
    **asking.PARTS,
    **match.PARTS,
    **reflection_use_cases.PARTS,
}
