"""What the results of questionnaires contribute to the rest of the domain; see `domain.voice.questionnaire`."""

from domain.clock.schedule import Late, Schedule, Scope
from domain.feature import EnterpriseJob, Feature
from domain.voice.questionnaire.followup import LINKED, follow
from domain.voice.questionnaire.publishing import PUBLISHED, current_announcement
from domain.voice.questionnaire.reporting import EXPORT, SECTION
from domain.voice.questionnaire.results import NAME

FOLLOWING = Schedule("results.follow", cron="20 9-17 * * *", scope=Scope.ENTERPRISE, late=Late.MERGE)
FEATURE = Feature(
    "results",
    jobs=(EnterpriseJob(FOLLOWING, follow),),
    section=SECTION,
    export=EXPORT,
    audit=(PUBLISHED, LINKED),
    current={NAME: current_announcement},
)
