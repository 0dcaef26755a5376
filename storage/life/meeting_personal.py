"""What is personal about meetings: what /export me shows, and how it is erased."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, or_, select, update

from domain.table import Code
from storage.feature import ERASED, MEMBER, PERSON, Feature, Personal, subject
from storage.life.meeting import CURRENT
from storage.life.meeting_tables import meeting_people, meetings, party_standings

meeting, there = meetings.c, meeting_people.c
OWN_MEETINGS = (
    select(meeting.kind, meeting.starts_at, meeting.place, there.reply, there.reason, there.present_at)
    .select_from(meeting_people.join(meetings, meeting.id == there.meeting_id))
    .where(or_(there.member_id == MEMBER, there.person_id == PERSON))
    .order_by(meeting.starts_at, meeting.id)
)
OWN_CALLED = (
    select(meeting.kind, meeting.starts_at, meeting.place, meeting.called_at)
    .where(meeting.caller_id == MEMBER)
    .order_by(meeting.id)
)
OWN_STANDING = select(party_standings.c.standing).where(party_standings.c.person_id == PERSON)


def told_meeting(line: Sequence[Any]) -> tuple[Any, ...]:
    """A meeting that somebody was to attend, in words."""
    kind, starts_at, place, reply, *rest = line
    return Code(f"meeting.{kind}"), starts_at, place, Code(f"reply.{reply}"), *rest


KEPT = "kept under a number: the branch's record of its meetings stays right"
FEATURE = Feature(
    tables=(meetings, meeting_people, party_standings),
    personal=(
        Personal(330, "meetings", OWN_MEETINGS, told_meeting, texts="meeting"),
        Personal(
            332, "meetings_called", OWN_CALLED, lambda line: (Code(f"meeting.{line[0]}"), *line[1:]), texts="meeting"
        ),
        Personal(334, "standing", OWN_STANDING, lambda line: (Code(f"standing.{line[0]}"),), texts="meeting"),
    ),
    erase_member=(update(meeting_people).where(there.member_id == ERASED).values(reason=""),),
    erase_person=(
        update(meeting_people).where(there.person_id == ERASED).values(reason=""),
        delete(party_standings).where(party_standings.c.person_id == ERASED),
    ),
    not_erased={"meetings": KEPT},
    open_subjects=(
        select(subject("meeting:", meeting.id)).where(CURRENT),
        select(subject("meeting_desk:", meeting.id)).where(CURRENT),
    ),
)
