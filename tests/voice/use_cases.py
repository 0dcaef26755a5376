"""The use cases of voice, for the test of permissions."""

from tests.voice.cases import files, life, questionnaire, results, suggestion, survey, tags

_PARTS = (files, life, questionnaire, results, suggestion, survey, tags)
CASES = tuple(case for part in _PARTS for case in part.CASES)
PARTS: dict[object, str] = {use_case: why for part in _PARTS for use_case, why in part.PARTS.items()}
