"""Activities in the store: who has signed up, what is needed, photos, and the surveys that asked before."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    Connection,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from domain.ids import ActivityId, BranchId, ChatId, MemberId, SurveyId
from domain.life.activity.model import OVER, Activity, Photo, Place, Resource, Signup, State
from storage.base import Id
from storage.columns import Moment
from storage.dialects import insert_new, within
from storage.feature import GROUP, MEMBER
from storage.life.activity_tables import (
    activities,
    activity_people,
    activity_photos,
    activity_resources,
    activity_wishes,
)
from storage.people.member import members
from storage.prepared import Prepared

activity, who, need, photo = activities.c, activity_people.c, activity_resources.c, activity_photos.c
NUMBER = bindparam("activity", type_=Id)
ONE = bindparam("number", type_=Id)
COLUMNS = tuple(one for one in activity if one.name != "source")
ALL = select(*COLUMNS)
IS_OVER = tuple(one.value for one in OVER)
CURRENT = activity.state.not_in(IS_OVER)
NEXT = (activity.starts_at, activity.id)
LIMIT: BindParameter[int] = bindparam("most")
ADD = insert(activities).returning(activity.id)
GET, PROPOSED_BY = ALL.where(activity.id == NUMBER), ALL.where(activity.source == bindparam("source"))
FIELDS = tuple(one.name for one in COLUMNS if one.name not in ("id", "group_id", "branch_id"))
SAVE = update(activities).where(activity.id == NUMBER).values({one: bindparam(f"new_{one}") for one in FIELDS})
IN_GROUP = ALL.where(activity.group_id == GROUP, CURRENT).order_by(*NEXT).limit(LIMIT)
ALL_CURRENT = ALL.where(CURRENT).order_by(*NEXT)
WAITING = ALL.where(activity.state == State.PROPOSED.value).order_by(activity.proposed_at, activity.id)
OF_MEMBER = ALL.where(
    CURRENT, activity.id.in_(select(who.activity_id).where(who.member_id == MEMBER, who.place != Place.OUT.value))
).order_by(*NEXT)
IN_SPAN = Prepared(
    ALL.where(activity.group_id == GROUP, activity.state == State.ENDED.value, *within(activity.starts_at)).order_by(
        *NEXT
    )
)
RESOURCES = select(need.name, need.since, need.until).where(need.activity_id == NUMBER).order_by(need.id)
ADD_RESOURCE = insert(activity_resources)
DROP_RESOURCES = delete(activity_resources).where(need.activity_id == NUMBER)
BOOKED = (
    select(*COLUMNS, need.name, need.since, need.until)
    .join_from(activity_resources, activities, activity.id == need.activity_id)
    .where(CURRENT, need.since < bindparam("until", type_=Moment), need.until > bindparam("since", type_=Moment))
    .order_by(need.since, need.id)
)
PEOPLE = (
    select(
        who.id,
        who.activity_id,
        who.member_id,
        members.c.name,
        who.family,
        who.place,
        who.at,
        who.present_at,
        who.tries,
        who.pleased,
        who.prepared,
        who.again,
    )
    .join_from(activity_people, members, members.c.id == who.member_id)
    .where(who.activity_id == NUMBER)
    .order_by(who.at, who.id)
)
SIGN_UP = insert(activity_people)
OF_SIGNUP = ("family", "place", "at", "present_at", "tries", "pleased", "prepared", "again")
SAVE_SIGNUP = update(activity_people).where(who.id == ONE).values({one: bindparam(f"new_{one}") for one in OF_SIGNUP})
NOTE_WISHES = insert(activity_wishes)
WISHES = (
    select(activity_wishes.c.survey_id)
    .where(activity_wishes.c.group_id == GROUP, activity_wishes.c.at >= bindparam("since", type_=Moment))
    .order_by(activity_wishes.c.survey_id.desc())
)
ADD_PHOTO = insert_new(activity_photos, ("activity_id", "same"))
PHOTOS = select(*photo).where(photo.activity_id == NUMBER).order_by(photo.id)
CHOOSE = update(activity_photos).where(photo.id == ONE).values(chosen=bindparam("new_chosen"))
DROP_PHOTOS = delete(activity_photos).where(photo.activity_id == NUMBER, photo.member_id == MEMBER)


class Activities:
    """See `domain.life.activity.store.Activities`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def _all(self, statement: Any, **values: Any) -> list[Activity]:
        return [to_activity(row) for row in self.connection.execute(statement, values).all()]

    def add(self, one: Activity, source: str) -> Activity:
        """Remember an activity; its id is given now."""
        values = {"group_id": one.group, "branch_id": one.branch, "source": source, **_fields(one)}
        number = self.connection.execute(ADD, values).scalar_one()
        return self._all(GET, activity=number)[0]

    def proposed_by(self, source: str) -> Activity | None:
        """The activity that was proposed by a form."""
        return next(iter(self._all(PROPOSED_BY, source=source)), None)

    def get(self, number: ActivityId) -> Activity | None:
        """One activity."""
        return next(iter(self._all(GET, activity=number)), None)

    def save(self, one: Activity) -> None:
        """Remember what has changed about an activity."""
        values = {f"new_{name}": value for name, value in _fields(one).items()}
        self.connection.execute(SAVE, {"activity": one.id, **values})

    def put_resources(self, number: ActivityId, resources: Sequence[Resource]) -> None:
        """What it needs, in place of what it needed before."""
        self.connection.execute(DROP_RESOURCES, {"activity": number})
        rows = [{"activity_id": number, "name": one.name, "since": one.since, "until": one.until} for one in resources]
        if rows:
            self.connection.execute(ADD_RESOURCE, rows)

    def resources(self, number: ActivityId) -> list[Resource]:
        """What it needs."""
        return [Resource(*row) for row in self.connection.execute(RESOURCES, {"activity": number}).all()]

    def booked(self, since: datetime, until: datetime) -> list[tuple[Activity, Resource]]:
        """What is needed for some time between two moments by activities that may take place, in any group."""
        rows = self.connection.execute(BOOKED, {"since": since, "until": until}).all()
        return [(to_activity(row[:-3]), Resource(*row[-3:])) for row in rows]

    def people(self, number: ActivityId) -> list[Signup]:
        """Who has signed up, also who has signed off again, the earliest first."""
        return [to_signup(row) for row in self.connection.execute(PEOPLE, {"activity": number}).all()]

    def sign_up(self, one: Signup) -> None:
        """Add somebody; their id is given now."""
        self.connection.execute(SIGN_UP, {"activity_id": one.activity, "member_id": one.member, **_changing(one)})

    def save_signup(self, one: Signup) -> None:
        """Remember what has changed about somebody who has signed up."""
        values = {f"new_{name}": value for name, value in _changing(one).items()}
        self.connection.execute(SAVE_SIGNUP, {"number": one.id, **values})

    def in_group(self, group: ChatId, most: int) -> list[Activity]:
        """A group's activities that are not over, the next first."""
        return self._all(IN_GROUP, group=group, most=most)

    def of_member(self, member: MemberId) -> list[Activity]:
        """The activities that are not over and that somebody has signed up for, the next first."""
        return self._all(OF_MEMBER, member=member)

    def current(self) -> list[Activity]:
        """All activities that are not over, the next first."""
        return self._all(ALL_CURRENT)

    def in_span(self, group: ChatId, since: datetime, until: datetime) -> list[Activity]:
        """A group's activities that were held and began between two moments, the earliest first."""
        rows = IN_SPAN(self.connection, {"group": group, "since": since, "until": until})
        return list(map(to_activity, rows))

    def waiting_for_approval(self) -> list[Activity]:
        """All proposals that wait, the oldest first."""
        return self._all(WAITING)

    def note_wishes(self, survey: SurveyId, group: ChatId, at: datetime) -> None:
        """Remember that a survey asked a group what it wishes."""
        self.connection.execute(NOTE_WISHES, {"survey_id": survey, "group_id": group, "at": at})

    def wishes(self, group: ChatId, since: datetime) -> list[SurveyId]:
        """The surveys that asked a group since a moment, the newest first."""
        rows = self.connection.execute(WISHES, {"group": group, "since": since}).scalars()
        return [SurveyId(one) for one in rows]

    def add_photo(self, one: Photo) -> None:
        """Keep a photo; the same one is kept once."""
        values = {"activity_id": one.activity, "member_id": one.member, "file": one.file, "same": one.same}
        self.connection.execute(ADD_PHOTO, {**values, "chosen": one.chosen, "at": one.at})

    def photos(self, number: ActivityId) -> list[Photo]:
        """The photos of an activity, in the order in which they came."""
        return [Photo(*row) for row in self.connection.execute(PHOTOS, {"activity": number}).all()]

    def choose_photo(self, number: int, *, chosen: bool) -> None:
        """Say whether a photo is posted."""
        self.connection.execute(CHOOSE, {"number": number, "new_chosen": chosen})

    def drop_photos(self, number: ActivityId, member: MemberId) -> None:
        """Forget somebody's photos."""
        self.connection.execute(DROP_PHOTOS, {"activity": number, "member": member})


def _fields(one: Activity) -> dict[str, Any]:
    renamed = {"survey_id": one.survey, "proposer_id": one.proposer, "approver_id": one.approver}
    return {name: renamed[name] if name in renamed else getattr(one, name) for name in FIELDS}


def _changing(one: Signup) -> dict[str, Any]:
    pleased, prepared, again = one.marks
    plain = {name: getattr(one, name) for name in OF_SIGNUP[:5]}
    return {**plain, "pleased": pleased, "prepared": prepared, "again": again}


def to_activity(row: Sequence[Any]) -> Activity:
    """An activity from its row."""
    number, group, branch, *rest = row
    values = dict(zip(FIELDS, rest, strict=True))
    survey, proposer, approver = (values.pop(f"{one}_id") for one in ("survey", "proposer", "approver"))
    return Activity(
        ActivityId(number),
        ChatId(group),
        branch and BranchId(branch),
        survey=survey and SurveyId(survey),
        proposer=MemberId(proposer),
        approver=approver and MemberId(approver),
        state=State(values.pop("state")),
        **values,
    )


def to_signup(row: Sequence[Any]) -> Signup:
    """Somebody who has signed up, from their row."""
    number, of, member, name, family, place, at, present_at, tries, *marks = row
    pleased, prepared, again = marks
    return Signup(
        number,
        ActivityId(of),
        MemberId(member),
        name or "",
        family,
        Place(place),
        at,
        present_at,
        tries,
        (pleased, prepared, again),
    )
