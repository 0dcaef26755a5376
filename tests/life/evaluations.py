"""A committee with three branches, their secretaries, its office, and small schemes, for tests."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from domain.ids import EvaluatedId, EvaluationId, ObjectionId
from domain.life.evaluation import running, schemes
from domain.life.evaluation.model import Evaluated, Evaluation, Objection, Publish, Result, Stage, Version
from domain.life.evaluation.running import Wish
from domain.life.evaluation.scheme import Kind
from domain.messaging.chat import Admission, ChatKind, ChatProfile
from domain.people import branch as branches
from domain.people.actor import Actor
from domain.people.branch import BranchKind
from domain.people.member import PersonProfile
from domain.people.permission import Area, Role
from domain.people.person import Entry
from tests.stores import AT, LOCALE

SMALL = """\
title = "星级党支部"
kind = "branch"
tie = ["feature", "number"]

[[indicator]]
name = "attendance"
title = "出勤"
weight = 40
from = "attendance"
zero = 60

[[indicator]]
name = "feature"
title = "特色工作"
weight = 60
points = 10

[[grade]]
stars = 5
title = "五星"
least = 90

[[grade]]
stars = 4
title = "四星"
least = 70

[[quota]]
stars = 5
most = 1

[[veto]]
name = "accident"
title = "责任事故"
"""
PERSONS = """\
title = "民主评议党员"
kind = "person"
tie = ["number"]

[[indicator]]
name = "duty"
title = "履行义务"
weight = 100
points = 10

[[grade]]
stars = 1
title = "优秀"
least = 90

[[grade]]
stars = 0
title = "合格"
least = 0

[[quota]]
stars = 1
percent = 50
"""
TEAMS = SMALL.replace('kind = "branch"', 'kind = "team"').replace("星级党支部", "精益班组")
NAMES = "甲乙丙"


@dataclass
class Committee:
    """A committee, its three branches with a group and a secretary each, the office; all can be written to."""

    root: Any
    branches: dict[str, Any]
    groups: dict[str, Any]
    secretaries: dict[str, Actor]
    office: Actor
    persons: dict[str, Any]

    def at(self, actor: Actor, now: Any) -> Actor:
        return replace(actor, now=now)


def somebody(stores: Any, platform_id: int, name: str) -> Actor:
    """A member with a private chat, as an actor there."""
    chat = stores.chats.add(ChatProfile(platform_id, ChatKind.PRIVATE, name), LOCALE, AT)
    known = stores.members.add(PersonProfile(platform_id, name), AT)
    stores.members.save(replace(known, private=chat.id))
    return Actor(stores.members.get(known.id), chat, AT)


def set_up(stores: Any) -> Committee:
    root = branches.add(stores, parent=None, kind=BranchKind.COMMITTEE, name="集团党委")
    office = somebody(stores, 900, "办公室")
    stores.grants.add(office.member, Role.SECRETARY, Area(branch=root.id), None, AT)
    made = Committee(root, {}, {}, {}, office, {})
    for number, name in enumerate(NAMES):
        branch = branches.add(stores, parent=root.id, kind=BranchKind.BRANCH, name=f"{name}支部")
        group = stores.chats.add(ChatProfile(-100 - number, ChatKind.GROUP, name), LOCALE, AT)
        stores.chats.decide(group, Admission.ADMITTED, None, AT)
        branches.bind(stores, chat=stores.chats.get(group.id), branch=branch.id)
        secretary = somebody(stores, 100 + number, f"{name}书记")
        stores.grants.add(secretary.member, Role.SECRETARY, Area(branch=branch.id), None, AT)
        (person,) = stores.people.add([Entry(name, f"{name}书记", branch.id)])
        stores.people.link(person.id, secretary.member.id)
        made.branches[name], made.groups[name], made.secretaries[name] = branch, stores.chats.get(group.id), secretary
        made.persons[name] = person
    return made


def begin(stores: Any, committee: Committee, text: str = SMALL, **more: Any) -> Evaluation:
    """An evaluation of last quarter that the office has begun."""
    version = schemes.bring_in(stores, text=text, by=None, at=AT)
    root = more.pop("root", committee.root).id
    wish = Wish(
        version.id,
        root,
        date(2026, 7, 1),
        date(2026, 9, 30),
        more.pop("days", (2, 2, 2)),
        more.pop("publish", Publish.ALL),
    )
    return running.begin(stores, more.pop("actor", committee.office), wish=wish, source=more.pop("source", "draft:1"))


def subject(stores: Any, evaluation: Evaluation, name: str) -> Evaluated:
    """One of those evaluated by the beginning of its name."""
    found: Evaluated = next(one for one in stores.evaluations.subjects(evaluation.id) if one.name.startswith(name))
    return found


def public_one(stores: Any, root: Any, by: Any, at: Any) -> dict[str, int]:
    """An evaluation of the people of a branch that is on show, with an objection that waits."""
    version = stores.evaluations.add_scheme(Version(0, "民主评议党员", Kind.PERSON, PERSONS, None, at))
    day = at.date()
    new = Evaluation(
        EvaluationId(0),
        version.id,
        version.title,
        version.kind,
        root,
        day,
        day,
        Publish.ALL,
        day,
        day,
        5,
        by,
        at,
        Stage.PUBLIC,
        day,
    )
    made = stores.evaluations.add(new, "past:evaluation")
    none = EvaluatedId(0)
    people = stores.people.of(root)
    stores.evaluations.put_in(
        [Evaluated(none, made.id, one.branch, one.id, one.name, BranchKind.BRANCH, by) for one in people]
    )
    first = stores.evaluations.subjects(made.id)[0]
    stores.evaluations.save_results({first.id: Result(9000, 1, 1, 1)})
    wrong = stores.evaluations.object(Objection(ObjectionId(0), first.id, by, "不对", at))
    return {"evaluation": made.id, "evaluated": first.id, "objection": wrong.id}
