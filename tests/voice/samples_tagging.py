from dataclasses import replace

from domain.voice.retagging import Choice
from domain.voice.suggestion import Tagging
from domain.voice.tagging import MAX_TAG_CHARS, MAX_TAGS
from domain.voice.tags import Tag
from tests.samples import Samples, Values, Words
from tests.voice.samples_suggestion import suggestion_of


def values(words: Words) -> Values:
    name = words(MAX_TAG_CHARS)
    one = replace(suggestion_of(words), tagging=Tagging((), (name,) * MAX_TAGS))
    return {
        "choice": [Choice(one, [Tag(name, name, {})], changed) for changed in (True, False)]
        + [Choice(replace(one, tagging=Tagging()), [], True)],
        "column": ["number", "tags", "at"],
        "most": [MAX_TAGS],
        "name": [name],
        "sheet": ["tag_corrections"],
    }


SAMPLES = Samples("tagging", values)
