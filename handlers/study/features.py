"""The features of study in chat; a new one is one line among the imports."""

from handlers.feature import declared_in
from handlers.study import asking, day, library, match, reflection, review, study
from handlers.study.question_files import chat as question_files

FEATURES = declared_in(vars())
