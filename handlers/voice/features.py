"""The features of voice in chat; a new one is one line among the imports."""

from handlers.feature import declared_in
from handlers.voice import answering, exposed, hiding, letters, questionnaire, results, suggestion, survey

FEATURES = declared_in(vars())
