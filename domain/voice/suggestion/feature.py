"""What suggestions contribute to the rest of the domain."""

from domain.feature import Feature
from domain.voice.suggestion.channel import JOBS
from domain.voice.suggestion.hiding import SHOWN, WORDS_CHANGED
from domain.voice.suggestion.merging import MERGED, SEPARATED
from domain.voice.suggestion.reporting import EXPORT, SECTION
from domain.voice.suggestion.service import MADE
from domain.voice.suggestion.taking_back import TAKEN_BACK

FEATURE = Feature(
    "suggestion",
    jobs=JOBS,
    events=(MADE,),
    section=SECTION,
    export=EXPORT,
    audit=(MERGED, SEPARATED, TAKEN_BACK, WORDS_CHANGED, SHOWN),
)
