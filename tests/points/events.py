"""Events with their facts, as features report them."""

from domain.study.asking.daily import ANSWERED as QUIZ
from domain.study.match.running import WON as MATCH
from domain.study.reflection.model import REFLECTED as REFLECTION
from domain.study.review.following import REVIEWED as REVIEW
from domain.study.sets.challenge import CHALLENGE_DONE
from domain.study.sets.service import SET_DONE
from domain.study.study import READ as STUDY
from domain.voice.suggestion import MADE as SUGGESTION
from domain.voice.survey import ANSWERED as SURVEY
from domain.work.task import DONE

ON_TIME = (DONE, {"on_time": True, "grade": "none", "late_workdays": 0})
LATE = (DONE, {"on_time": False, "grade": "none", "late_workdays": 1})
READ = (STUDY, {"on_day": True})
RIGHT = (QUIZ, {"correct": True, "full_marks": True})
WRONG = (QUIZ, {"correct": False, "full_marks": False})
MADE = (SUGGESTION, {})
ANSWERED = (SURVEY, {})
WEEKLY_FULL = (SET_DONE, {"kind": "weekly", "share": 100, "full_marks": True})
WEEKLY = (SET_DONE, {"kind": "weekly", "share": 60, "full_marks": False})
SPECIAL_FULL = (SET_DONE, {"kind": "special", "share": 100, "full_marks": True})
GUESSED = (SET_DONE, {"kind": "weekly", "share": 0, "full_marks": False})
CHALLENGE = (CHALLENGE_DONE, {"length": 7})
NO_LENGTH = (CHALLENGE_DONE, {"length": 0})
REVIEWED = (REVIEW, {"count": 5})
WON = (MATCH, {})
REFLECTED = (REFLECTION, {"late": True})
