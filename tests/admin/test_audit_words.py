"""Records of every kind are told in words, never as the program keeps them."""

import html
import re
from itertools import product

import pytest

import texts
from domain.admin.audit import FIRST, AuditAction, Line, Part, Record, Searched, Wanted
from domain.admin.setting import SETTINGS, Marking, Name, Ranking, Reminding
from domain.features import FEATURES, GROUP_SCHEDULES
from domain.people.permission import Role
from domain.voice.questionnaire.round import Confidence
from domain.voice.suggestion.life import Stage
from domain.work.goal.model import Happened
from domain.work.measure.model import CHOICES
from tests.samples import AT

Values = tuple[str, str | None, str | None]
ROSTER = "new:3 changed:2 moved:1 left:4"
CRONS = ("30 8 * * *", "30 8 * * 1-5 paused", "0 17 * * 5", "5 7 * * 7 paused", "*/5 8,9 1 * *", "0 9 * * 1,3")
HELD = {Name.ZONE: ("Asia/Shanghai", "Asia/Urumqi"), Name.LANGUAGE: ("zh", "en"), Name.MORNING: ("08:30",)}
HELD |= {Name.REWARDS: ("on", "off"), Name.REWARDS_SINCE: ("all", "2026-12-01")}
HELD |= {Name.REWARD_BUDGET: ("none", "5000 points", "300 yuan")}
HELD |= {Name.RANKING: tuple(Ranking), Name.REMINDERS: tuple(Reminding), Name.ON_BOARD: ("yes", "no")}
HELD |= {Name.THANKS: ("0", "3"), Name.ANNIVERSARY: tuple(Marking)}
STEPS = ("opened", "planned", "extended", "dropped", "came_back")  # of a finding
WHERE = ("enterprise", "chat:1", "branch:3", "member:2")
BRANCHES: list[Values] = [
    *(("branch:3", None, change) for change in ("added", "renamed", "moved", "closed", "reopened")),
    *(("chat:1", *change) for change in ((None, "branch:3"), ("branch:3", "branch:4"), ("branch:4", None))),
    ("person:9", "branch:3", "branch:4"),
]
SAID: dict[str, list[Values]] = {
    "admin.link_made": [("enterprise", None, None)],
    "admin.link_used": [("member:2", None, None)],
    "appeal.explained": [("appeal:1", None, "member:2")],
    "branch.changed": BRANCHES,
    "chat.admitted": [("chat:1", None, None)],
    "chat.refused": [("chat:1", None, None)],
    "file.exported": [
        ("member:2", None, None),
        ("roster", None, "7"),
        ("work chat:1", None, "2026-11-01 2026-11-30"),
        ("round:1", None, None),
        ("library", None, "36"),
        ("appraisal settlement:3", None, "0123456789abcdef" * 4),
    ],
    "file.imported": [
        ("roster", None, ROSTER),
        ("roster", None, ""),
        ("library", None, "items_added:3 items_changed:2"),
    ],
    "hazard.acknowledged": [("suggestion:1", None, None)],
    "branch_card.changed": [("branch:3", None, "安全第一"), ("branch:3", "picture", None)],
    "hazard.on_call": [("chat:1", None, "member:2 member:3"), ("enterprise", "member:2", None)],
    "hazard.raised": [("suggestion:1", None, None)],
    "honour.given": [("honour:7", None, "member:2"), ("honour:7", None, "branch:3")],
    "honour.withdrawn": [("honour:7", "member:2", None), ("honour:7", "branch:3", None)],
    "missing.reminded": [("chat:1", None, "3")],
    "person.changed": [
        ("person:9", None, words)
        for words in ("leave 2026-11-26 to 2026-11-27", "leave 2026-11-26 to", "back 2026-11-26")
    ],
    "person.erased": [("person:9", None, None), ("member:2", None, None)],
    "person.invited": [("person:9", None, None), ("branch:3", None, "5")],
    "person.linked": [("person:9", None, "member:2"), ("person:9", "member:2", None)],
    **{f"goal.{one}": [("goal:1", None, None)] for one in Happened},
    "follow.measured": [("task:1", None, None)],
    "follow.closed": [("task:1", None, None)],
    "decision.decided": [("decision:1", None, "8:1:0 / 12")],
    "decision.withdrawn": [("decision:1", None, None)],
    **{f"action.{one}": [("action:1", None, None)] for one in ("opened", "ended", "stopped")},
    **{
        f"activity.{one}": [("activity:1", None, None)]
        for one in ("proposed", "opened", "returned", "moved", "cancelled")
    },
    **{f"inspection.{one}": [("inspection:1", None, None)] for one in ("recused", "dropped")},
    "inspection.assigned": [("inspection:1", "member:2", "member:3"), ("inspection:1", None, "member:3")],
    "inspection.called_off": [("inspection_round:1", None, None)],
    "inspection.corrected": [("inspection:1", "item:1 points:3", "item:1 points:5")],
    "inspection.finished": [("inspection_round:1", None, one) for one in ("none", "top", "all")],
    "inspection.handed_in": [("inspection:1", None, "88")],
    "inspection.opened": [("inspection_round:1", None, None)],
    "inspection.rubric": [("rubric:1", None, "version:1"), ("rubric:1", "version:1", "version:2")],
    "evaluation.assigned": [("evaluation:1", "member:2", "member:3"), ("evaluation:1", None, "member:3")],
    "evaluation.begun": [("evaluation:1", None, "evaluation_scheme:2")],
    "evaluation.cancelled": [("evaluation:1", f"stage.{one}", None) for one in ("self", "review", "public")],
    "evaluation.changed": [
        ("evaluation:1", "evaluated:12 points:8", "points:9"),
        ("evaluation:1", "evaluated:12 no", "yes"),
    ],
    "evaluation.final": [("evaluation:1", None, "0123456789abcdef" * 4)],
    "evaluation.public": [("evaluation:1", None, "0123456789abcdef" * 4)],
    "evaluation.scheme": [("evaluation_scheme:2", "evaluation_scheme:1", "evaluation_scheme:2")],
    "objection.answered": [("evaluation:1", "objection:3", one) for one in ("kept", "changed")],
    "objection.made": [("evaluation:1", None, "objection:3")],
    "meeting.called": [("meeting:1", None, None)],
    "meeting.cancelled": [("meeting:1", None, None)],
    "training.planned": [("training:1", None, None)],
    "training.imported": [("chat:1", None, "12")],
    "training.withdrawn": [("training:1", None, None)],
    "meeting.excused": [("meeting:1", None, None)],
    "meeting.moved": [("meeting:1", "2026-11-27 14:00 三楼会议室", "2026-11-30 15:00 二楼")],
    "match.opened": [("match:1", None, "周赛")],
    "match.withdrawn": [("match:1", None, "周赛")],
    "measure.begun": [("measure:1", None, None)],
    "measure.decided": [("measure:1", None, choice.value) for choice in CHOICES],
    "plan.allowed": [("chat:1", "study_item:1", None)],
    "plan.banned": [("chat:1", None, "study_item:1")],
    "plan.released": [("chat:1 2026-11-26", "study_item:1", None), ("chat:1 2026-11-26", None, None)],
    "plan.scheduled": [("chat:1 2026-11-26", "study_item:2", "study_item:1")],
    "plan.withdrawn": [("chat:1 2026-11-26", "study_item:1", None)],
    "points.adjusted": [("member:2", None, "+5 entry:7"), ("member:2", None, "-3 entry:7")],
    "points.reversed": [("member:2", "entry:7", "-5 entry:9")],
    "points.activated": [
        ("scheme:1", None, "2027-01-01 0123456789abcdef"),
        ("scheme:2", "2027-01-01 0123456789abcdef", "2027-04-01 fedcba9876543210"),
    ],
    "questionnaire.asked": [("round:1", None, confidence) for confidence in Confidence],
    "questionnaire.closed": [("round:1", None, "early")],
    "questionnaire.kept": [("questionnaire:4", None, None)],
    "questionnaire.removed": [("questionnaire:4", None, None)],
    "questionnaire.stopped": [("round:1", None, None)],
    "questionnaire.withdrawn": [("round:1", None, None)],
    "question_set.given_out": [("question_set:1", None, "5")],
    "result.published": [("survey:8", None, "3"), ("survey:8", None, None)],
    "survey.closed": [("survey:8", None, None)],
    "survey.nudged": [("survey:8", None, "3")],
    "survey.withdrawn": [("survey:8", None, None)],
    "application.approved": [("application:1", None, "member:2")],
    "application.refused": [("application:1", None, "member:2")],
    "reward.added": [("reward:1", None, "cost:50 stock:5 branch:3"), ("reward:1", None, "cost:50 stock:5 enterprise")],
    "reward.approved": [("reward:1", None, "member:2")],
    "reward.closed": [("reward:1", None, None)],
    "reward.handed": [("reward:1", None, "member:2")],
    "reward.refused": [("reward:1", None, "member:2")],
    "reward.stocked": [("reward:1", "stock:5", "stock:8")],
    "round.linked": [("round:1", None, "task:17")],
    "round.published": [("round:1", None, None)],
    "role.granted": [("member:2", None, f"{role} {area}") for role, area in product(Role, WHERE[:3])],
    "role.withdrawn": [("member:2", f"{role} {area}", None) for role, area in product(Role, WHERE[:3])],
    "procedure.changed": [("procedure:1", "version:1", "version:2")],
    "procedure.kept": [("procedure:1", None, None)],
    "procedure.removed": [("procedure:1", None, None)],
    "procedure.started": [("procedure_run:1", None, None)],
    "procedure.stopped": [("procedure_run:1", None, None)],
    "recurring.begun": [("recurring:1", None, None)],
    "recurring.changed": [("recurring:1", None, one) for one in ("paused", "stopped")],
    "responsibility.adopted": [("branch:3", None, "5")],
    **{f"rectification.{one}": [("finding:1", None, None)] for one in STEPS},
    "reflection.proposed": [("reflection:7", None, None)],
    "schedule.changed": [
        *(
            (f"{one.name} {area}", old, new)
            for one in GROUP_SCHEDULES
            for area in WHERE[:2]
            for old, new in product(CRONS, CRONS)
        ),
        *(
            ("quiet chat:1", old, new)
            for old, new in product(("off", "21:30-07:30", "12:00-13:30 21:30-07:30"), repeat=2)
        ),
    ],
    "setting.changed": [
        (f"{name} {where}", old, new)
        for name in SETTINGS
        for where in WHERE
        for old, new in product((None, *HELD.get(name, ("17",))), repeat=2)
    ],
    "settlement.begun": [
        ("settlement:3", None, f"{kind} 2026-10-01 2026-10-31") for kind in ("month", "quarter", "year")
    ],
    "settlement.cancelled": [("settlement:3", "2026-10-01", None)],
    "settlement.final": [("settlement:3", None, "0123456789abcdef" * 4)],
    "store.sealed": [("store", None, "3 5 0123456789abcdef")],
    "study.attached": [("study_item:1", None, "picture"), ("study_item:1", "document", None)],
    "study.campaign_ended": [("study_campaign:1", "学习月", None)],
    "study.course_ended": [("study_course:1", "入党", None)],
    "study.returned": [("study_item:1", None, None)],
    "study.withdrawn": [("study_item:1", None, None)],
    "suggestion.changed": [
        *(("suggestion:1", "considered", stage.value) for stage in Stage if stage is not Stage.OVER),
        ("suggestion:1", "chat:1", "chat:2"),
    ],
    "suggestion.merged": [("suggestion:1", None, "suggestion:2"), ("suggestion:1", "suggestion:3", "suggestion:2")],
    "suggestion.separated": [("suggestion:1", "suggestion:2", None)],
    "suggestion.shown": [("suggestion:1", None, None)],
    "suggestion.taken_back": [("suggestion:1", None, None)],
    "suggestion.words_changed": [("enterprise", "12", "15")],
    "tags.changed": [
        ("enterprise", None, "夜班补贴 cues_added:2 cues_removed:1"),
        ("enterprise", "夜班补贴", "cues_removed:3"),
        ("enterprise", "夜班补贴", None),
    ],
    "tags.corrected": [
        ("suggestion:1", "食堂后勤 安全", "安全"),
        ("suggestion:1", None, "安全"),
        ("suggestion:1", "安全", None),
    ],
    "task.reassigned": [("task:1", "member:2", "member:3")],
    "task.withdrawn": [("task:1", "member:2", None)],
}
CODE = re.compile(r"[A-Za-z]+[._:/][A-Za-z0-9_]+|[A-Za-z]_[A-Za-z]|\*|1900|[0-9a-f]{12}|\b\d+ \d+ ", re.ASCII)
LATIN = re.compile(r"[A-Za-z]{2,}", re.ASCII)


def test_every_action_is_told_here() -> None:
    assert {action for feature in FEATURES for action in feature.audit} == set(SAID)


def parts(words: str | None) -> list[Part]:
    """The words of a record of which nothing has a name any more."""
    return [Part(word, named=False) for word in (words or "").split()]


def cells(action: str, said: Values, language: str) -> list[str]:
    """A record as `/audit` and `/export me` show it."""
    reader, (subject, old, new) = texts.Reader(language, "Asia/Shanghai"), said
    record = Record(1, AT, None, AuditAction(action), subject, old, new, FIRST)
    line = Line(record, None, parts(subject), parts(old), parts(new))
    page = texts.render("audit.page", reader, {"searched": Searched(Wanted(), None, [line], None, True, AT)})
    change = line.new[0].text if line.new else ""
    told = [
        texts.label("audit.told", reader, {"action": one, "parts": words})
        for one, words in (("", line.subject), (action, line.old), (action, line.new))
    ]
    return [
        html.unescape(page).splitlines()[1],
        texts.label("audit.action", reader, {"action": action, "change": change}),
        *told,
    ]


@pytest.mark.parametrize("language", texts.LANGUAGES)
@pytest.mark.parametrize("action", sorted(SAID))
def test_nothing_in_a_record_looks_like_code(action: str, language: str) -> None:
    for said in SAID[action]:
        shown = cells(action, said, language)
        assert not [cell for cell in shown if CODE.search(cell)], said
        if language == "zh":
            assert not [cell for cell in shown if LATIN.search(cell)], said


def test_a_schedule_is_told_as_people_say_it() -> None:
    shown = cells("schedule.changed", ("study.prompt chat:1", "30 8 * * *", "0 17 * * 5 paused"), "zh")
    assert shown[2:] == ["每日学习 群 1 号", "每天 08:30", "周五 17:00（已暂停）"]
    shown = cells("schedule.changed", ("quiet chat:1", "off", "12:00-13:30 21:30-07:30"), "zh")
    assert shown[2:] == ["免打扰 群 1 号", "关", "12:00-13:30 21:30-07:30"]


def test_a_change_of_a_branch_is_told_once() -> None:
    assert cells("branch.changed", ("branch:3", None, "moved"), "zh")[1:] == ["移动组织", "组织 3 号", "", ""]
