"""What a group has done in a span of time, as each feature's store has it."""

from sqlalchemy import Connection

from domain.ids import MemberId
from domain.messaging.chat import Chat
from domain.report.export import Chosen, Earned, Span, Studied
from domain.voice.suggestion import Suggestion
from domain.voice.survey import Survey
from domain.work.task import Task
from storage.people.member import Members
from storage.points.points import Points
from storage.study.study import Studies
from storage.voice.suggestion import Suggestions
from storage.voice.survey import Surveys
from storage.work.task import Tasks


class Exports:
    """See `domain.report.export.Exports`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def groups(self, member: MemberId, most: int) -> list[Chat]:
        """The groups that somebody is in."""
        return Members(self.connection).groups_of(member, most)

    def tasks(self, span: Span) -> list[Task]:
        """Tasks that were given, fell due or were done in the span."""
        return Tasks(self.connection).in_span(span.group, span.since, span.until, span.most)

    def suggestions(self, span: Span) -> list[Suggestion]:
        """Suggestions of the span."""
        return Suggestions(self.connection).in_span(span.group, span.since, span.until, span.most)

    def earned(self, span: Span) -> list[Earned]:
        """The ledger of the span."""
        rows = Points(self.connection).in_span(span.group, span.since, span.until, span.most)
        return [Earned(*row) for row in rows]

    def studied(self, span: Span) -> list[Studied]:
        """What the group was shown in the span."""
        rows = Studies(self.connection).in_span(span.group, span.since, span.until, span.most)
        return [Studied(*row) for row in rows]

    def surveys(self, span: Span) -> list[Survey]:
        """Surveys that were asked or published in the span."""
        return Surveys(self.connection).in_span(span.group, span.since, span.until, span.most)

    def chosen(self, span: Span) -> list[Chosen]:
        """Who chose what in those of them that were published and are not anonymous."""
        rows = Surveys(self.connection).chosen_in_span(span.group, span.since, span.until, span.most)
        return [Chosen(*row) for row in rows]
