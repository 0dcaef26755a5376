"""What branches have earned."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import bindparam, func, or_, select

from domain.ids import BranchId
from domain.messaging.chat import Admission
from storage.messaging.chat import chats
from storage.people import branch as people_branch
from storage.people.branch import TREE
from storage.people.tables import people, placements
from storage.points.tables import points_entries

A_DAY = timedelta(days=1)
entry, placement = points_entries.c, placements.c
# The moment bounds what is looked at (the index is over it); the days say what counts, in the group's own zone. What is
# taken back later belongs to the day on which it was given.
POINTS = (
    select(placement.branch_id, func.sum(entry.points))
    .select_from(placements)
    .join(people, people.c.id == placement.person_id)
    .join(points_entries, entry.member_id == people.c.member_id)
    .join(chats, chats.c.id == entry.group_id)
    .where(
        chats.c.admission == Admission.ADMITTED.value,
        placement.branch_id.in_(select(TREE.c.id)),
        placement.since < bindparam("until"),
        or_(placement.until.is_(None), placement.until > bindparam("since")),
        entry.at >= bindparam("earliest"),
        entry.day >= bindparam("since"),
        entry.day < bindparam("until"),
        entry.day >= placement.since,
        or_(placement.until.is_(None), entry.day < placement.until),
    )
    .group_by(placement.branch_id)
)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


class Branches(people_branch.Branches):
    """See `domain.people.branch.Branches`: branches, and the points of their people."""

    def points(self, branch: BranchId, since: date, until: date) -> Mapping[BranchId, int]:
        """What the subtree earned in a span of days, by the branch of the time."""
        span = {"since": since, "until": until, "earliest": _midnight(since) - A_DAY}
        rows = self.connection.execute(POINTS, {"branch": branch, **span})
        return {BranchId(id_): int(points) for id_, points in rows}
