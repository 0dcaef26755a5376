"""The features of study in the store, and their stores; a new one is a line in each list."""

from storage.feature import Lazy, declared_in
from storage.study import course, question, study

FEATURES = declared_in(vars())


class Stores:
    """The stores of study."""

    campaigns = Lazy(course.Campaigns)
    courses = Lazy(course.Courses)
    questions = Lazy(question.Questions)
    studies = Lazy(study.Studies)
