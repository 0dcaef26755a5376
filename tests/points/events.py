"""Events with their facts, as features report them."""

from domain.study.asking.daily import ANSWERED as QUIZ
from domain.study.study import READ as STUDY
from domain.voice.suggestion import MADE as SUGGESTION
from domain.voice.survey import ANSWERED as SURVEY
from domain.work.task import DONE

ON_TIME = (DONE, {"on_time": True})
LATE = (DONE, {"on_time": False})
READ = (STUDY, {"on_day": True})
RIGHT = (QUIZ, {"correct": True, "full_marks": True})
WRONG = (QUIZ, {"correct": False, "full_marks": False})
MADE = (SUGGESTION, {})
ANSWERED = (SURVEY, {})
