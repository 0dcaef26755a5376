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

    amendments = Lazy(amending.Amendments)
    evidence = Lazy(task_evidence.Evidences)
    extensions = Lazy(extending.Extensions)
    follow_ups = Lazy(follow.FollowUps)
    goals = Lazy(goal.Goals)
    lean = Lazy(lean.Lean)
    lessons = Lazy(procedure_lesson.Lessons)
    measures = Lazy(measure.Measures)
    procedures = Lazy(procedure.Procedures)
    recurring = Lazy(recurring.Recurrings)
    task_digests = Lazy(task_digest.Digests)
    tasks = Lazy(task.Tasks)
