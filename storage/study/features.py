"""The features of study in the store, and their stores; a new one is a line in each list."""

from storage.feature import Lazy, declared_in
from storage.study import asking, attempt, question, reflection, review, sets, study

FEATURES = declared_in(vars())


class Stores:
    """The stores of study."""

    attempts = Lazy(attempt.Attempts)
    challenges = Lazy(sets.Challenges)
    questions = Lazy(question.Questions)
    reflections = Lazy(reflection.Reflections)
    reviews = Lazy(review.Reviews)
    sets = Lazy(sets.QuestionSets)
    sheets = Lazy(asking.Sheets)
    studies = Lazy(study.Studies)
