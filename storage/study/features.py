"""The features of study in the store, and their stores; a new one is a line in each list."""

from storage.feature import Lazy, declared_in
from storage.study import asking, attempt, course, day, learning, match, question, reflection, review, sets, study

FEATURES = declared_in(vars())


class Stores:
    """The stores of study."""

    plans = Lazy(day.Plans)
    campaigns = Lazy(course.Campaigns)
    courses = Lazy(course.Courses)
    attempts = Lazy(attempt.Attempts)
    challenges = Lazy(sets.Challenges)
    learning = Lazy(learning.Learning)
    matches = Lazy(match.Matches)
    questions = Lazy(question.Questions)
    reflections = Lazy(reflection.Reflections)
    reviews = Lazy(review.Reviews)
    sets = Lazy(sets.QuestionSets)
    sheets = Lazy(asking.Sheets)
    studies = Lazy(study.Studies)
