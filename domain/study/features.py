"""The features of study, and the stores that they may touch; a new feature is one line among the imports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from domain.feature import declared_in
from domain.points.features import Stores as Right
from domain.study import feature, learning, match, shelf
from domain.study.day import feature as day
from domain.study.day.model import HasPlans
from domain.study.learning.model import HasLearning
from domain.study.match.feature import HasMatches
from domain.study.reflection import featuring
from domain.study.review import feature as review
from domain.study.sets import feature as sets

if TYPE_CHECKING:
    from domain.study.asking.sheet import Sheets
    from domain.study.attempt import Attempts
    from domain.study.campaign import Campaigns
    from domain.study.course import Courses
    from domain.study.question import Questions
    from domain.study.reflection.model import Reflections
    from domain.study.review.model import Reviews
    from domain.study.sets.model import Challenges, QuestionSets
    from domain.study.study import Studies

FEATURES = declared_in(vars())


class Stores(HasLearning, HasMatches, HasPlans, Right, Protocol):
    """What study may touch."""

    @property
    def attempts(self) -> Attempts:
        """See `Attempts`."""

    @property
    def challenges(self) -> Challenges:
        """See `Challenges`."""

    @property
    def sets(self) -> QuestionSets:
        """See `QuestionSets`."""

    @property
    def sheets(self) -> Sheets:
        """See `Sheets`."""

    @property
    def studies(self) -> Studies:
        """See `Studies`."""

    @property
    def questions(self) -> Questions:
        """See `Questions`."""

    @property
    def courses(self) -> Courses:
        """See `Courses`."""

    @property
    def campaigns(self) -> Campaigns:
        """See `Campaigns`."""

    @property
    def reviews(self) -> Reviews:
        """See `Reviews`."""

    @property
    def reflections(self) -> Reflections:
        """See `Reflections`."""
