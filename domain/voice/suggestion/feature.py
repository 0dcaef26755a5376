"""What suggestions contribute to the rest of the domain."""

from domain.feature import EnterpriseJob, Feature
from domain.today import Today
from domain.voice.suggestion.channel import JOBS
from domain.voice.suggestion.course import task_ended
from domain.voice.suggestion.hiding import SHOWN, WORDS_CHANGED
from domain.voice.suggestion.life import ADOPTED, CHANGED, DONE
from domain.voice.suggestion.merging import MERGED, SEPARATED
from domain.voice.suggestion.reporting import EXPORT, SECTION
from domain.voice.suggestion.service import MADE
from domain.voice.suggestion.taking_back import TAKEN_BACK
from domain.voice.suggestion.triage import MORNING, pass_on, tell

FEATURE = Feature(
    "suggestion",
    jobs=(*JOBS, EnterpriseJob(MORNING, pass_on, irreversible=True)),
    task_ended=task_ended,
    today=(Today(17, tell),),
    events=(MADE, ADOPTED, DONE),
    audit=(CHANGED, MERGED, SEPARATED, TAKEN_BACK, WORDS_CHANGED, SHOWN),
    section=SECTION,
    export=EXPORT,
)
