"""The features of work in the store, and their stores; a new one is a line in each list."""

from storage.feature import Lazy, declared_in
from storage.work import (
    amending,
    extending,
    follow,
    goal,
    lean,
    measure,
    procedure,
    procedure_lesson,
    recurring,
    task,
    task_digest,
    task_evidence,
)

FEATURES = declared_in(vars())


class Stores:
    """The stores of work."""

    goals = Lazy(goal.Goals)
    recurring = Lazy(recurring.Recurrings)
    lean = Lazy(lean.Lean)
    measures = Lazy(measure.Measures)
    follow_ups = Lazy(follow.FollowUps)
    tasks = Lazy(task.Tasks)
    procedures = Lazy(procedure.Procedures)
    lessons = Lazy(procedure_lesson.Lessons)
    evidence = Lazy(task_evidence.Evidences)
    task_digests = Lazy(task_digest.Digests)
    amendments = Lazy(amending.Amendments)
    extensions = Lazy(extending.Extensions)
