"""What belongs to a group is its people's: presses and votes of others change nothing, whatever ids they name."""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import text as sql

import handlers
from domain.admin.setting import ENTERPRISE, Name
from domain.ids import (
    AppealId,
    ApplicationId,
    BranchId,
    ChatId,
    ExtensionId,
    HonourId,
    MatchId,
    MeasureId,
    MemberId,
    QuestionId,
    QuestionSetId,
    RecurringId,
    ReflectionId,
    RewardRequestId,
    RunId,
    SettlementId,
    SheetId,
    SuggestionId,
    TaskId,
)
from domain.life.rectification.model import Source
from domain.life.rectification.opening import Discovery, open_finding
from domain.messaging.chat import Chat
from domain.people import branch as branches
from domain.people.actor import Actor
from domain.people.branch import BranchKind
from domain.people.member import Member
from domain.people.permission import Area, Role
from domain.people.person import Entry
from domain.points import points
from domain.points.appeal import Appeal, Level
from domain.points.application import Application, File
from domain.points.honour import Honour
from domain.points.period import Every, containing
from domain.points.reward import Offer, Request, State
from domain.points.settled import Settlement
from domain.study import study
from domain.study.asking.sheet import Sheet
from domain.study.item import Lesson
from domain.study.match.model import Match, Round, Team
from domain.study.reflection.model import Reflection
from domain.study.reflection.model import Stage as AskedStage
from domain.study.sets.model import QuestionSet, SetKind
from domain.voice.questionnaire import service as questionnaire
from domain.voice.questionnaire.model import Question, QuestionKind, Questionnaire
from domain.voice.questionnaire.round import Audience, Confidence
from domain.voice.questionnaire.service import Wish
from domain.voice.suggestion import Doubt, Suggestion, Tagging
from domain.voice.suggestion.hazard import Alarm, AlarmId
from domain.voice.suggestion.life import Life, Stage
from domain.work.goal import service
from domain.work.measure.model import Measure
from domain.work.procedure import lesson as lessons
from domain.work.procedure.lesson import Change, Way
from domain.work.procedure.model import Run, RunState, steps_of
from domain.work.procedure.template import Procedure, Step
from domain.work.recurring import Holder, Recurring
from domain.work.rhythm import By, Rhythm, Spot, Turn, Unit
from domain.work.task import Plan
from domain.work.task.extension import Extension
from handlers.command import Press
from tests.dialogue import BOT, LI, SECRETARY, WANG, Place, World, opened, plain
from tests.life import activities
from tests.life.evaluations import public_one
from tests.life.inspections import inspection
from tests.life.meetings import decision, meeting
from tests.life.trainings import record, session, training
from tests.points.events import ON_TIME
from tests.study.questions import single
from tests.work.samples_goal import year

LESSON = Lesson(
    "helmet",
    "先戴安全帽",
    "安全",
    "帽带系紧。",
    "GB 2811-2019",
    single("helmet", "帽带怎么系？", ("松", "紧"), 1, "松了会掉"),
)
YESTERDAYS = replace(LESSON, code="gloves", question=None)
SUN, ZHAO, QIAN = "sun", "zhao", "qian"  # a member of another group, its branch's secretary, a stranger
OUTSIDERS = (SUN, ZHAO, QIAN)
# What a forged press may name of the first group. `{group}`, `{branch}` … are put in below.
FORGED: dict[str, tuple[str, ...]] = {
    "admission.admit": ("{group}",),
    "admission.refuse": ("{group}",),
    "appeal.about": ("{entry}",),
    "appeal.correct": ("{appeal}",),
    "appeal.explain": ("{appeal}",),
    "appeal.show": ("{appeal}",),
    "application.approve": ("{application}",),
    "application.file": ("{application}",),
    "application.pick": ("x",),
    "application.refuse": ("{application}",),
    "application.withdraw": ("{application}",),
    "appraisal.choose": ("{settlement}",),
    "ask.clear": ("{sheet}:{question}",),
    "ask.done": ("{sheet}:{question}",),
    "ask.match": ("{sheet}:{question}:0:0",),
    "ask.next": ("{sheet}:{question}",),
    "ask.pick": ("{sheet}:{question}:0",),
    "ask.tick": ("{sheet}:{question}:0:on",),
    "audit.page": ("{member}:all:0:0:0", "0:all:0:0:0"),
    "branch_card.drop_photo": ("{group}",),
    "branch_card.motto": ("{group}",),
    "branch_card.photo": ("{group}",),
    "branch.close": ("{branch}:0:0-0-0",),
    "branch.reopen": ("{branch}",),
    "branch.under": ("{branch}",),
    "branch.under_in": ("{branch}:0",),
    "day.allow": ("{group}:1",),
    "day.ban": ("{group}:1",),
    "day.banned": ("{group}",),
    "day.choose": ("{group}:739946:1:1", "{group}:739947:1:0"),
    "day.exchange": ("{group}:739946:1", "{group}:739947:0"),
    "day.file": ("{prompt}",),
    "day.late": ("{prompt}",),
    "day.line": ("{group}:739946",),
    "day.missed": ("{prompt}",),
    "day.open": ("{group}",),
    "day.pick": ("{group}:739946:0",),
    "day.plan": ("{group}",),
    "day.release": ("{group}:739946:1",),
    "day.why": ("{prompt}",),
    "day.withdraw": ("{group}:739945:1", "{group}:739946:0"),
    "draft.due": ("{draft}:1800000000",),
    "draft.owner": ("{draft}:{member}",),
    "draft.post": ("{draft}",),
    "export.group": ("{group}:740000:740010",),
    "follow.close": ("{task}",),
    "follow.measure": ("{task}",),
    "follow.open": ("{task}",),
    "follow.sheet": ("{task}",),
    "follow.show": ("{task}",),
    "form.at": ("task:{group}", "survey:{group}", "survey_preview:{group}", "measure:{group}"),
    "form.back": ("{draft}:owners",),
    "form.change": ("{draft}:owners",),
    "form.choose": ("{draft}:owners:{member}",),
    "form.drop": ("{draft}",),
    "form.fields": ("{draft}",),
    "form.preview": ("{draft}",),
    "form.send": ("{draft}",),
    "honour.certificate": ("{honour}",),
    "inspection.accept": ("{inspection}",),
    "inspection.assign": ("{inspection}",),
    "inspection.decline": ("{draft}",),
    "inspection.call_off": ("{inspection_round}",),
    "inspection.called_off": ("{inspection_round}",),
    "inspection.correct": ("{inspection}",),
    "inspection.drop": ("{inspection}",),
    "inspection.file": ("{inspection_round}:docx",),
    "inspection.files": ("{inspection}",),
    "inspection.finish": ("{inspection_round}:all",),
    "inspection.finished": ("{inspection_round}:all",),
    "inspection.hand_in": ("{inspection}",),
    "inspection.import": ("{draft}",),
    "inspection.item": ("{inspection}:1",),
    "inspection.look": ("{inspection}",),
    "inspection.manage": ("{inspection_round}:0",),
    "inspection.note": ("{inspection}:1",),
    "inspection.object": ("{inspection}",),
    "inspection.one": ("{inspection}",),
    "inspection.points": ("{inspection}:1:5",),
    "inspection.recuse": ("{inspection}",),
    "inspection.reply": ("{inspection}",),
    "inspection.resume": ("{inspection}",),
    "inspection.round": ("{inspection_round}",),
    "invitation.bind": ("{free}:{member}", "{person}:{member}"),
    "invitation.branch": ("{branch}",),
    "invitation.branch_in": ("{branch}:0",),
    "invitation.confirm": ("{claim}",),
    "invitation.not_me": ("{invitation}",),
    "invitation.refuse": ("{claim}",),
    "kept_questionnaire.drop": ("{draft}",),
    "kept_questionnaire.file": ("1",),
    "kept_questionnaire.keep": ("{draft}",),
    "kept_questionnaire.remove": ("1",),
    "library.cancel": ("{draft}",),
    "library.import": ("{draft}",),
    "leave.drop": ("{member}:{person}",),
    "leave.take": ("{member}:{person}:739960:739960",),
    "lean.show": ("{group}",),
    "lean.span": ("{group}:90",),
    "decision.cast": ("{decision}:for",),
    "evaluation.advance": ("{evaluation}",),
    "evaluation.advanced": ("{evaluation}",),
    "evaluation.cancel": ("{evaluation}",),
    "evaluation.cancelled": ("{evaluation}",),
    "evaluation.desk": ("{evaluation}",),
    "evaluation.docx": ("{evaluation}",),
    "evaluation.xlsx": ("{evaluation}",),
    "evaluation.objections": ("{evaluation}",),
    "evaluation.reviews": ("{evaluation}",),
    "evaluation.result": ("{evaluation}:0",),
    "evaluation.result_page": ("{evaluation}:0",),
    "evaluation.reviewers": ("{evaluation}:0",),
    "evaluation.reviewers_page": ("{evaluation}:0",),
    "evaluation.assigning": ("{evaluated}",),
    "evaluation.assign": ("{evaluated}:{member}",),
    "evaluation.keep": ("{draft}",),
    "evaluation.drop": ("{draft}",),
    "evaluated.back": ("{evaluated}",),
    "evaluated.card": ("{evaluated}",),
    "evaluated.certificate": ("{evaluated}",),
    "evaluated.done": ("{evaluated}",),
    "evaluated.hand_in": ("{evaluated}",),
    "evaluated.sheet": ("{evaluated}",),
    "evaluated.take_back": ("{evaluated}",),
    "evaluated.words": ("{evaluated}",),
    "evaluated.figure": ("{evaluated}:0:0",),
    "evaluated.give": ("{evaluated}:0",),
    "evaluated.own": ("{evaluated}:0",),
    "evaluated.veto": ("{evaluated}:0",),
    "objection.answer": ("{objection}",),
    "decision.count": ("{decision}",),
    "decision.end": ("{decision}",),
    "action.finish": ("{action}",),
    "action.honour": ("{action}",),
    "action.open": ("{action}",),
    "action.report": ("{action}",),
    "action.stop": ("{action}",),
    "activity.album": ("{activity}",),
    "activity.approve": ("{activity}",),
    "activity.begin": ("{activity}",),
    "activity.by_button": ("{activity}",),
    "activity.cancel": ("{activity}",),
    "activity.check_in": ("{activity}",),
    "activity.code": ("{activity}",),
    "activity.cost": ("{activity}",),
    "activity.desk": ("{activity}",),
    "activity.end": ("{activity}",),
    "activity.give_back": ("{activity}",),
    "activity.join": ("{activity}:0",),
    "activity.leave": ("{activity}",),
    "activity.list": ("{activity}",),
    "activity.look": ("{activity}",),
    "activity.mark": ("{activity}:1:0",),
    "activity.unmark": ("{activity}:1:0",),
    "activity.move": ("{activity}",),
    "activity.page": ("{activity}:0",),
    "activity.photos": ("{activity}",),
    "activity.photos_back": ("{activity}",),
    "activity.pick_photo": ("{activity}:1",),
    "activity.post_album": ("{activity}",),
    "activity.quarter": ("{group}:0",),
    "activity.table": ("{group}:0",),
    "activity.rate": ("{activity}:0:5",),
    "activity.revise": ("{activity}",),
    "decision.new": ("{meeting}",),
    "decision.vote": ("{decision}:for",),
    "decision.withdraw": ("{decision}",),
    "match.play": ("{match}",),
    "match.show": ("{match}",),
    "match.withdraw": ("{match}",),
    "match.withdrawn": ("{match}",),
    "measure.again": ("{measure}",),
    "measure.check": ("{measure}",),
    "measure.decide": ("{measure}:kept", "{measure}:dropped"),
    "measure.new": ("{group}",),
    "measure.report": ("{measure}",),
    "measure.show": ("{measure}",),
    "meeting.away": ("{meeting}",),
    "meeting.by_button": ("{meeting}",),
    "meeting.calendar": ("{meeting}",),
    "meeting.cancel": ("{meeting}",),
    "meeting.cancelled": ("{meeting}",),
    "meeting.check_in": ("{meeting}",),
    "meeting.code": ("{meeting}",),
    "meeting.come": ("{meeting}",),
    "meeting.desk": ("{meeting}",),
    "meeting.dossier": ("{group}:2026:4",),
    "meeting.end": ("{meeting}",),
    "meeting.excuse": ("{meeting}:1",),
    "meeting.ledger": ("{group}",),
    "meeting.list": ("{meeting}",),
    "meeting.mark": ("{meeting}:1:0",),
    "meeting.unmark": ("{meeting}:1:0",),
    "meeting.move": ("{meeting}",),
    "meeting.open": ("{meeting}",),
    "meeting.page": ("{meeting}:0",),
    "meeting.reasons": ("{meeting}",),
    "meeting.standing": ("{group}:{person}:none:0",),
    "meeting.standings": ("{group}:0",),
    "rectification.again": ("{finding}",),
    "rectification.back": ("{finding}",),
    "rectification.decision": ("{decision}",),
    "rectification.drop": ("{finding}",),
    "rectification.extend": ("{finding}",),
    "rectification.holds": ("{finding}",),
    "rectification.ledger": ("{group}",),
    "rectification.photo": ("{finding}",),
    "rectification.plan": ("{finding}",),
    "rectification.show": ("{finding}",),
    "rectification.suggestion": ("{waiting}:0",),
    "training.again": ("{session}:{group}",),
    "training.certificate": ("{record}",),
    "training.coverage": ("{group}",),
    "training.detail": ("{training}:{group}",),
    "training.due": ("{group}",),
    "training.held": ("{session}:{group}",),
    "training.names": ("{group}:training:{training}", "{group}:branch:{branch}", "{group}:role:{person}"),
    "training.need": ("{group}:study:{question}:0", "{group}:survey:{round}:0"),
    "training.needs": ("{group}",),
    "training.new": ("{group}",),
    "training.past": ("{group}",),
    "training.passed": ("{session}:{group}:1",),
    "training.plan": ("{group}:0:0", "{group}:2026:4"),
    "training.schedule": ("{training}:{group}",),
    "training.withdraw": ("{training}:{group}",),
    "training.withdrawn": ("{training}:{group}",),
    "minutes.document": ("{meeting}",),
    "minutes.write": ("{meeting}",),
    "measure.task": ("{measure}",),
    "missing.page": ("{group}:0",),
    "missing.remind": ("{group}",),
    "recurring.catch_up": ("{recurring}:each", "{duty}:each"),
    "recurring.change": ("{recurring}", "{duty}"),
    "recurring.now": ("{recurring}:1800000000", "{duty}:1800000000"),
    "recurring.off": ("{recurring}:keep", "{duty}:keep"),
    "recurring.pause": ("{recurring}", "{duty}"),
    "recurring.resume": ("{recurring}", "{duty}"),
    "recurring.show": ("{recurring}", "{duty}"),
    "recurring.stop": ("{recurring}", "{duty}"),
    "responsibility.adopt": ("{group}:0",),
    "responsibility.at": ("{group}",),
    "responsibility.export": ("{group}",),
    "responsibility.files": ("{group}",),
    "responsibility.import": ("{group}",),
    "responsibility.others": ("{group}",),
    "responsibility.role": ("{duty}:0",),
    "responsibility.sample": ("{group}:0",),
    "responsibility.samples": ("{group}",),
    "preset.choose": ("light", "public"),
    "privacy.erase_member": ("{member}",),
    "privacy.erase_person": ("{person}",),
    "question_files.drop": ("{draft}",),
    "question_files.import": ("{draft}",),
    "results.file": ("{ended}",),
    "results.link": ("{ended}:{task}",),
    "results.look": ("{ended}",),
    "results.open": ("{ended}:questions", "{ended}:branches", "{ended}:texts"),
    "results.page": ("{ended}:questions:0", "{ended}:texts:0"),
    "results.publish": ("{ended}",),
    "results.send": ("{ended}",),
    "results.task": ("{ended}",),
    "results.tasks": ("{ended}",),
    "reward.approve": ("{request}",),
    "reward.close": ("{reward}",),
    "reward.closed": ("{reward}",),
    "reward.hand": ("{promised}",),
    "reward.item": ("{reward}",),
    "reward.pick": ("{reward}",),
    "reward.refuse": ("{request}", "{promised}"),
    "reward.stock": ("{reward}",),
    "reward.take": ("{reward}:5:1",),
    "reward.withdraw": ("{request}",),
    "role.appoint": ("{member}:secretary:branch:{branch}", "{member}:administrator:enterprise:0"),
    "role.cancel": ("",),
    "role.choose": ("{member}",),
    "role.end": ("{grant}",),
    "role.ended": ("{grant}",),
    "role.give": ("{member}:secretary",),
    "role.give_up": ("{grant}",),
    "role.keep": ("{grant}",),
    "role.page": ("0",),
    "procedure.accept": ("{run}",),
    "procedure.decline": ("{run}",),
    "procedure.drop": ("{draft}",),
    "procedure.file": ("{group}:{procedure}:xlsx",),
    "procedure.keep": ("{draft}:{group}", "{draft}:0"),
    "procedure.list": ("{group}",),
    "procedure.look_back": ("{run}",),
    "procedure.no_retro": ("{run}",),
    "procedure.remove": ("{group}:{procedure}",),
    "procedure.removed": ("{group}:{procedure}",),
    "procedure.run": ("{run}",),
    "procedure.sample": ("{group}:0",),
    "procedure.show": ("{group}:{procedure}",),
    "procedure.start": ("{group}:{procedure}",),
    "procedure.start_sample": ("{group}:0",),
    "procedure.stop": ("{run}",),
    "procedure.stopped": ("{run}",),
    "role.propose": ("{member}:secretary:branch:{branch}", "{member}:secretary:chat:{group}"),
    "role.whom": ("",),
    "roster.cancel": ("{draft}",),
    "roster.export": ("",),
    "roster.import": ("{draft}",),
    "roster.leavers": ("{draft}",),
    "roster.template": ("",),
    "scheme.activate": ("{draft}",),
    "scheme.drop": ("{draft}",),
    "questionnaire.page": ("{draft}:0",),
    "round.back": ("{round}",),
    "round.change": ("{round}:0",),
    "round.clear": ("{round}:0",),
    "round.end": ("{round}:close", "{round}:withdraw"),
    "round.keep": ("{round}",),
    "round.next": ("{round}:0",),
    "round.open": ("{round}",),
    "round.overview": ("{round}",),
    "round.pause": ("{round}",),
    "round.pick": ("{round}:0:1",),
    "round.rank": ("{round}:0:1",),
    "round.start": ("{round}",),
    "round.submit": ("{round}",),
    "round.sure": ("{round}:close", "{round}:withdraw", "{round}:stop"),
    "round.tick": ("{round}:0:1:on",),
    "schedule.day": ("study:3",),
    "schedule.follow": ("study",),
    "schedule.off": ("study",),
    "schedule.on": ("study",),
    "schedule.open": ("study",),
    "schedule.quiet_add": ("720:810",),
    "schedule.quiet_move": ("1320:360",),
    "schedule.quiet_remove": ("1290:450",),
    "schedule.time": ("study:540",),
    "sets.open": ("{set}",),
    "sets.share": ("{set}:{group}", "{set}:0"),
    "setting.ask": ("chat:{group}:zone", "branch:{branch}:zone", "member:{member}:zone", "enterprise:0:zone"),
    "setting.inherit": ("chat:{group}:zone", "branch:{branch}:zone", "member:{member}:language"),
    "setting.list": ("chat:{group}", "branch:{branch}", "member:{member}", "enterprise:0"),
    "setting.set": ("chat:{group}:ranking:public", "branch:{branch}:ranking:public", "member:{member}:language:en"),
    "settlement.begin": ("month:739528",),
    "settlement.cancel": ("{settlement}",),
    "settlement.list": ("",),
    "settlement.mine": ("{settlement}",),
    "settlement.open": ("",),
    "settlement.propose": ("month:739528",),
    "setting.show": ("chat:{group}:zone", "branch:{branch}:zone", "member:{member}:language"),
    "goal.add": ("{branch}:0:0", "0:{group}:0", "0:0:{goal}"),
    "goal.adjust": ("{goal}",),
    "goal.cancel": ("{draft}",),
    "goal.give": ("{goal}:0", "{goal}:{group}"),
    "goal.history": ("{goal}",),
    "goal.home": ("{branch}:0:0", "0:{group}:0"),
    "goal.import": ("{draft}",),
    "goal.month": ("{branch}:0:202611",),
    "goal.open": ("{goal}",),
    "goal.picture": ("{branch}:0:2026",),
    "goal.report": ("{goal}",),
    "goal.restore": ("{goal}",),
    "hazard.known": ("{alarm}",),
    "reflection.agree": ("{reflection}",),
    "reflection.decline": ("{reflection}",),
    "reflection.item": ("{prompt}",),
    "reflection.propose": ("{reflection}:0",),
    "reflection.take_back": ("{reflection}",),
    "study.read": ("{prompt}",),
    "suggestion.alike": ("{suggestion}",),
    "suggestion.counts": ("{suggestion}",),
    "suggestion.let_show": ("{hidden}",),
    "suggestion.join": ("{suggestion}:{suggestion}",),
    "suggestion.merge": ("{suggestion}:{suggestion}",),
    "suggestion.reject": ("{suggestion}",),
    "suggestion.separate": ("{suggestion}",),
    "suggestion.support": ("{suggestion}",),
    "suggestion.take_back": ("{suggestion}",),
    "suggestion.unsay": ("{member}:1",),
    "suggestion.write": ("{suggestion}",),
    "suggestion.is_done": ("{waiting}:0", "{done}:0"),
    "suggestion.reopen": ("{waiting}:0", "{done}:0"),
    "summary.group": ("{group}",),
    "survey.close": ("{survey}",),
    "survey.nudge": ("{survey}",),
    "survey.withdraw": ("{survey}",),
    "survey.withdrawn": ("{survey}",),
    "tagging.open": ("{waiting}",),
    "tagging.pick": ("{waiting}:1",),
    "tags.keep": ("{draft}",),
    "tags.leave": ("{draft}",),
    "extension.grant": ("{extension}",),
    "extension.refuse": ("{extension}",),
    "extension.show": ("{extension}",),
    "task.done": ("{task}",),
    "task.done_mine": ("{task}",),
    "task.drop": ("{task}",),
    "task.files": ("{task}",),
    "task.grade": ("{task}:good",),
    "task.extend": ("{task}",),
    "task.hand": ("{task}", "{task}:{task}"),
    "task.page": ("{task}:own:all:0", "{task}:branch:all:0"),
    "task.postpone": ("{task}", "{task}:{task}"),
    "task.reassign": ("{task}",),
    "task.return": ("{task}",),
    "task.settle": ("{task}",),
    "task.undo": ("{task}",),
    "task.take_back": ("{task}", "{task}:{task}"),
    "task.withdraw": ("{task}",),
    "triage.adopt": ("{waiting}:0",),
    "triage.figures": ("",),
    "triage.finish": ("{waiting}:0", "{done}:0"),
    "triage.later": ("{waiting}:0",),
    "triage.next": ("0",),
    "triage.reconsider": ("{waiting}:0",),
    "triage.refuse": ("{waiting}:0",),
    "triage.show": ("{waiting}",),
    "triage.task": ("{waiting}:0",),
    "triage.transfer": ("{waiting}:0",),
    "welcome.branch": ("{branch}",),
    "welcome.branch_in": ("{branch}:0",),
    "words.no": ("",),
    "words.open": ("task", "roster"),
}
OWN = {
    "inspection.sample": "a sample for whoever plans work; it is about no group",
    "evaluation.sample": "a sample for whoever plans work; it is about no group",
    "procedure.blank": "an empty form for whoever asks; it is about no group",
    "procedure.sample_file": "a sample for whoever asks; it is about no group",
    "follow.list": "lists what the presser may see",
    "kept_questionnaire.blank": "an empty form for whoever asks surveys; it is about no group",
    "question_files.export": "the enterprise's questions for whoever keeps the library; they are about no group",
    "question_files.template": "an empty form for whoever keeps the library; it is about no group",
    "goal.export": "the goals that the presser sees, for whoever plans",
    "goal.template": "an empty form for whoever plans; it is about no group",
    "kept_questionnaire.ready": "a ready questionnaire for whoever asks surveys; it is about no group",
    "appeal.ask": "begins a form about the presser's own points",
    "application.inbox": "shows what waits for the presser",
    "application.open": "shows what the presser may apply for",
    "points.page": "shows the presser's own points",
    "day.desk": "shows what there is for who is in charge anywhere, and names no group",
    "day.groups": "shows the plan of the presser's own group, or their groups",
    "day.menu": "shows the study of the presser's own group",
    "day.prefer": "chooses where the presser gets their own study, and names nothing else",
    "anniversary.choose": "chooses whether the presser's own day is kept, and names nothing else",
    "library.attach": "asks for a file for an item, of whoever keeps the library; it is about no group",
    "series.end": "ends a course or campaign for whoever keeps the library; it is about no group",
    "series.open": "a course or campaign for whoever keeps the library; it is about no group",
    "series.page": "the courses and campaigns for whoever keeps the library; it is about no group",
    "library.export": "the whole library for whoever keeps it; it is about no group",
    "library.item": "an item of the library for whoever keeps it; it is about no group",
    "library.return": "puts an item back for whoever keeps the library; it is about no group",
    "library.withdraw": "takes an item out for whoever keeps the library; it is about no group",
    "library.page": "a page of the library for whoever keeps it; it is about no group",
    "library.template": "an empty form for whoever keeps the library; it is about no group",
    "language.choose": "chooses the presser's own language, and names nothing else",
    "challenge.open": "asks the presser's own questions",
    "branch.keep": "says that nothing is closed",
    "invitation.cancel": "says that nothing is linked",
    "decision.list": "shows what the presser's own groups have decided",
    "decision.page": "shows what the presser's own groups have decided before something, and nothing of that",
    "inspection.keep": "says that nothing is final or called off",
    "evaluation.new": "begins the presser's own form, which asks again",
    "inspection.new": "begins the presser's own form, which asks again",
    "evaluation.not": "says that nothing is changed",
    "action.new": "begins the presser's own form, which asks again",
    "activity.ask": "begins the presser's own form, which asks again",
    "activity.new": "begins the presser's own form, which asks again",
    "activity.photos_done": "ends the presser's own form, and shows how many photos they have sent themselves",
    "meeting.keep": "says that nothing is called off",
    "meeting.new": "begins the presser's own form, which asks again",
    "rectification.entries": "shows what was found in the presser's own groups",
    "rectification.list": "shows what was found in the presser's own groups",
    "rectification.looks": "shows what the presser is to look at again",
    "rectification.new": "begins the presser's own form, which asks again",
    "rectification.view": "shows what was found in the presser's own groups",
    "training.home": "shows the plan of the presser's own groups, or their own trainings",
    "training.groups": "shows the presser's own groups",
    "training.mine": "shows the presser's own trainings",
    "match.keep": "says that nothing is withdrawn",
    "match.list": "shows the presser's own matches",
    "measure.begin": "begins the presser's own form, which asks again",
    "match.new": "begins the presser's own form, which asks again",
    "task.list": "shows the tasks of the presser and of their own groups",
    "missing.open": "shows what is missing in the presser's own groups",
    "rank.categories": "shows the board of the presser's own group",
    "rank.show": "shows the board of the presser's own group",
    "reflection.shelf": "shows what the people of the presser's own groups have written",
    "review.begin": "asks the presser what they did not know",
    "review.pause": "pauses the presser's own review, and names nothing else",
    "review.resume": "resumes the presser's own review, and names nothing else",
    "results.drop": "says that nothing is published",
    "reward.add": "begins the presser's own form, which asks again",
    "reward.inbox": "shows what waits for the presser",
    "reward.list": "shows what the presser may ask for",
    "reward.manage": "shows the catalogue that the presser keeps",
    "questionnaire.new": "begins the presser's own form, which asks again",
    "task.drop_loose": "forgets what the presser has sent, and names nothing else",
    "task.reviews": "shows what waits for the presser",
    "survey.one": "begins the presser's own form, which asks again",
    "suggestion.board": "shows the board of the presser's own group",
    "triage.open": "shows what waits for the presser",
    "tags.list": "shows administrators the enterprise's table; it is about no group",
    "tags.page": "shows administrators the enterprise's table; it is about no group",
    "tags.file": "sends administrators the enterprise's table; it is about no group",
    "survey.keep": "says that nothing is withdrawn",
    "study.open": "shows the item of the presser's own group",
    "privacy.keep": "says that nothing is erased",
    "upcoming.page": "shows what concerns the presser and the groups that they lead",
    "branch_card.others": "shows the branches, whose cards everybody of the enterprise may read",
    "branch_card.open": "shows the card of a branch, which everybody of the enterprise may read",
    "branch_card.open_in": "shows the branches, whose cards everybody of the enterprise may read",
    "welcome.bind": "shows the branches of which the presser may say that they are the group's",
}
UNLIKE = ("inbox", "schedules")  # updates come in, and the clock goes on; who changes a schedule is in the audit log


@dataclass(frozen=True)
class Foreign:
    """Two groups, and the ids of what belongs to the first."""

    home: Place
    there: Place
    ids: dict[str, int]


@pytest.fixture
def admins() -> frozenset[int]:
    return frozenset()


@pytest.fixture
async def foreign(group: Place, world: World) -> Foreign:
    """The first group with one of everything, and a second one whose people know nothing of it."""
    sandbox = world.sandbox
    for who, name in ((SUN, "孙丽"), (ZHAO, "赵敏"), (QIAN, "钱进")):
        world.people[who] = sandbox.add_person(name, username=f"{who}_{who}")
    office = await opened(world, SECRETARY)
    chat = sandbox.add_group("第二党支部", by=world.people[ZHAO], members=[world.people[SUN]], bots=[BOT])
    await world.idle()
    there = Place(world, chat)
    for place, who in ((group, SECRETARY), (group, LI), (there, SUN), (there, ZHAO)):
        await place.says(who, "早")
    for who in OUTSIDERS:
        await opened(world, who)
    ids = await world.program.database.write(lambda stores: fill(stores, world, group, there))
    await group.says(SECRETARY, "/task @li 明天18:00前 巡检")
    await group.says(SECRETARY, "/survey 几点？| 16:00 | 17:00")
    await group.says(LI, "/study")
    await office.says(SECRETARY, "/bind 10001 陈书记")
    await group.says(SECRETARY, "/task")
    for name, table in (("task", "tasks"), ("prompt", "study_prompts"), ("survey", "surveys"), ("draft", "drafts")):
        ids[name] = await newest(world, table)
    ids["extension"] = await world.program.database.write(lambda stores: asked_extension(stores, TaskId(ids["task"])))
    return Foreign(group, there, ids)


def running_procedure(stores: Any, group: ChatId, starter: MemberId, at: datetime) -> dict[str, int]:
    """A procedure of a group, and a run of it that is done and has taught something."""
    made = Procedure("走访", (Step("1", "列名单", "书记"),))
    kept = stores.procedures.add(made, group, "", starter, at)
    new = Run(RunId(0), kept, group, starter, at, steps_of(made.steps), state=RunState.DONE, ended_at=at)
    run = stores.procedures.start(new, "draft:procedure")
    stores.lessons.add(lessons.Lesson(run.id, kept.id, starter, at, "", "", "先问", Change(Way.CHECK, "1")))
    return {"procedure": kept.id, "run": run.id}


def asked_extension(stores: Any, number: TaskId) -> ExtensionId:
    """A request for more time for a task."""
    task = stores.tasks.get(number)
    later = task.due_at + timedelta(days=1)
    asked = Extension(ExtensionId(0), number, task.owner.id, task.due_at, later, "出差", task.given_at)
    return ExtensionId(stores.extensions.add(asked).id)


def recurring_tasks(stores: Any, group: ChatId, branch: BranchId, li: Member, at: datetime) -> dict[str, int]:
    """A recurring task of Li, and one of whoever is secretary of the first branch."""
    rhythm, turn = Rhythm(Unit.MONTH, (Spot(By.DAY, 15),), time(18)), Turn(at.date(), -1)
    new = Recurring(RecurringId(0), group, li, Plan("报台账"), rhythm, turn, at, [li])
    named = stores.recurring.add(new, "past:1")
    held = stores.recurring.add(replace(new, owners=(), holder=Holder(branch, "书记")), "past:2")
    return {"recurring": named.id, "duty": held.id}


def running_measure(stores: Any, group: ChatId, owner: MemberId, at: datetime) -> MeasureId:
    """A measure of a group, with a figure of its own."""
    new = (MeasureId(0), group, None, owner, "站会", None, "例会（分钟）", 60.0, 20.0, at)
    return MeasureId(stores.measures.add(Measure(*new, (at + timedelta(days=30)).date())).id)


def held_training(stores: Any, group: Chat, chen: MemberId, at: datetime) -> dict[str, int]:
    """A training of the first group that was held, and a certificate of it."""
    one = training(stores, group, chen, at)
    done = session(stores, one, group, chen, at)
    return {"training": one.id, "session": done.id, "record": record(stores, one, chen, at).id}


def running_match(stores: Any, group: ChatId, opener: MemberId, at: datetime) -> MatchId:
    """A team match that a group plays in."""
    days = (Round(at.date(), (QuestionId(1),)),)
    until, teams = at + timedelta(days=5), (Team(group, "一支部"),)
    match = stores.matches.add(Match(MatchId(0), "周赛", opener, at, at, until, (), teams, days), "draft:2")
    stores.matches.save(replace(match, begun_at=at, shown_at=at))
    return MatchId(match.id)


def asked_reflection(stores: Any, group: Any, author: MemberId, at: datetime) -> ReflectionId:
    """A reflection whose author was asked whether the group may read it."""
    stores.studies.put(YESTERDAYS)
    lesson = stores.studies.by_codes([YESTERDAYS.code])[0]
    given = stores.studies.add_prompt(group, lesson, at.date() - timedelta(days=1), at)
    one = Reflection(
        ReflectionId(0), author, group.id, given.id, YESTERDAYS.code, "", "词" * 20, "词" * 20, at, late=True
    )
    return ReflectionId(stores.reflections.add(replace(one, stage=AskedStage.ASKED), "past:reflection").id)


def fill(stores: Any, world: World, home: Place, there: Place) -> dict[str, int]:
    """Branches, people, a role, an invitation, a claim."""
    study.load(stores, lessons=[LESSON])
    at = world.sandbox.clock.now()
    group, other = stores.chats.find(home.chat.id), stores.chats.find(there.chat.id)
    first, second = (
        branches.add(stores, parent=None, kind=BranchKind.BRANCH, name=name) for name in ("一支部", "二支部")
    )
    branches.bind(stores, chat=group, branch=first.id)
    branches.bind(stores, chat=other, branch=second.id)
    entries = [Entry("10001", "陈书记", first.id), Entry("10002", "李伟", first.id), Entry("10003", "周杰", first.id)]
    person, linked, invited = stores.people.add([*entries, Entry("20001", "赵敏", second.id)])[:3]
    chen, li, zhao = (stores.members.find(world.people[who].id) for who in (SECRETARY, LI, ZHAO))
    stores.people.link(linked.id, li.id)
    stores.grants.add(zhao, Role.SECRETARY, Area(branch=second.id), None, at)
    grant = stores.grants.add(li, Role.INSPECTOR, Area(branch=first.id), None, at)
    stores.invitations.add([(invited.id, "0" * 64)], chen.id, at, at + timedelta(days=1))
    claim = stores.invitations.claim(chen.id, person.id, at)
    stores.settings.put(ENTERPRISE, Name.REWARDS, "on")
    item = stores.rewards.add(Offer("保温杯", 5, 3, branch=first.id), at)
    wanted = Request(RewardRequestId(0), item.id, li, first.id, "保温杯", 5, 0, 2026, at)
    request, promised = (stores.rewards.ask(wanted, str(number)) for number in (1, 2))
    stores.rewards.save(promised.moved(State.APPROVED), chen.id, at)
    of_rewards = {"reward": item.id, "request": request.id, "promised": promised.id}
    points.award(stores, li.id, stores.chats.get(group.id), *ON_TIME, source="past", cause="巡检", at=at)
    entry = stores.accounts.about(li.id, "past")[0].number
    asked = Appeal(AppealId(0), li.id, entry, "不对", Level.SECRETARY, at, at.date())
    photo = File("jpg", "AgAD")
    filed = Application(ApplicationId(0), li, group.id, first.id, "volunteer", "扫雪", photo, at.date(), at)
    application = stores.applications.add(filed, "1").id
    month = containing(Every.MONTH, at.date()).before
    shown = stores.settlements.begin(Settlement(SettlementId(0), month, at.date(), chen.id, at, 0, 0))
    ledger = {"entry": entry, "appeal": stores.appeals.add(asked).id, "settlement": shown.id}
    new = Honour(HonourId(0), group.id, "先锋岗", li, None, "", "零隐患", "一支部", chen.id, at.date(), at)
    honour = stores.honours.add(new, "draft:0")
    words = Suggestion(SuggestionId(0), group.id, li, "食堂晚班加个热菜", Tagging(), at, doubt=Doubt.SIMILAR)
    made = stores.suggestions.add(words, "1", "1").id
    unseen = Suggestion(SuggestionId(0), group.id, li, "食堂师傅脾气大", Tagging(), at, hidden=True)
    hidden = stores.suggestions.add(unseen, "past:hidden", "hidden").id
    suggested = [
        stores.suggestions.add(Suggestion(SuggestionId(0), group.id, li, text, Tagging(), at), f"past:{text}", text).id
        for text in ("食堂加个热菜", "车间加一台饮水机")
    ]
    for number, stage in zip(suggested, (Stage.RECEIVED, Stage.DONE), strict=True):
        stores.suggestion_lives.begin(Life(number, stage, group.id, at))
    alarm = stores.hazards.add(Alarm(AlarmId(0), suggested[0], group.id, "着火", at)).id
    asking = Actor(stores.members.get(chen.id), stores.chats.get(group.id), at, is_root_admin=True)
    safety = Questionnaire("安全", (Question("q1", QuestionKind.RATING, "放心吗？", low=1, high=5),))
    wish = Wish(safety, Audience(group=group.id), Confidence.NAMED)
    round_ = questionnaire.ask(stores, asking, wish=wish, source="draft:0")
    ended = replace(stores.rounds.add(round_, "draft:1"), closed_at=at)
    stores.rounds.save(ended)
    goal = service.put(stores, year(Area(branch=first.id)), by=None, at=at)
    called = meeting(stores, stores.chats.get(group.id), chen.id, at)
    inspected = inspection(stores, second, first, chen.id, at)
    numbers = {
        "inspection": inspected.id,
        "inspection_round": inspected.round,
        "goal": goal.id,
        "meeting": called.id,
        "finding": open_finding(stores, asking, Discovery("test:1", group.id, "记录不全", Source.SELF_CHECK)),
        "decision": decision(stores, called, at).id,
        **held_training(stores, stores.chats.get(group.id), chen.id, at),
        **public_one(stores, first.id, chen.id, at),
        "activity": activities.activity(stores, stores.chats.get(group.id), chen.id, at).id,
        "action": activities.action(stores, stores.chats.get(group.id), chen.id, at).id,
        "reflection": asked_reflection(stores, group, li.id, at),
        "measure": running_measure(stores, group.id, chen.id, at),
        "match": running_match(stores, group.id, chen.id, at),
        **recurring_tasks(stores, group.id, first.id, li, at),
        "ended": ended.id,
        "suggestion": made,
        "hidden": hidden,
        "waiting": suggested[0],
        "done": suggested[1],
        "alarm": alarm,
        "round": round_.id,
        "group": group.id,
        "branch": first.id,
        "member": li.id,
        "person": linked.id,
        "grant": grant,
    }
    others = {
        **question_set(stores, group.id, li.id, at),
        **running_procedure(stores, group.id, chen.id, at),
        **of_rewards,
        **ledger,
        "honour": honour.id,
        "application": application,
    }
    return {**numbers, **others, "free": invited.id, "invitation": 1, "claim": claim.id}


def question_set(stores: Any, group: ChatId, li: MemberId, at: datetime) -> dict[str, int]:
    """An open set of the first group, and what Li is being asked of it."""
    stores.questions.put(single("lock", "谁开锁？", ("自己", "班长"), 0))
    (question,) = stores.questions.by_codes(["lock"])
    new = QuestionSet(QuestionSetId(0), SetKind.WEEKLY, group, "", (question.id,), at, at + timedelta(days=3))
    one = stores.sets.add(new, "weekly:1")
    sheet = stores.sheets.add(Sheet(SheetId(0), li, group, one.occasion, question.id, question.version, at))
    return {"set": one.id, "sheet": sheet.id, "question": question.id}


async def newest(world: World, table: str) -> int:
    statement = sql(f"SELECT max(id) FROM {table}")  # noqa: S608 - the test's own words
    return int(await world.program.database.read(lambda stores: stores.connection.execute(statement).scalar_one()))


async def kept(world: World) -> dict[str, list[Any]]:
    """All that the store holds, but what comes in."""

    def look(stores: Any) -> dict[str, list[Any]]:
        names = stores.connection.execute(sql("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
        rows = {}
        for name in set(names) - set(UNLIKE):
            found = stores.connection.execute(sql(f"SELECT * FROM {name}"))  # noqa: S608 - a name from the schema
            rows[name] = sorted(map(tuple, found.all()), key=repr)
        return rows

    found: dict[str, list[Any]] = await world.program.database.read(look)
    return found


def presses() -> list[Press]:
    return [one for one in handlers.handlers() if isinstance(one, Press)]


def test_every_press_is_forged_here() -> None:
    assert {one.action for one in presses()} == {*FORGED, *OWN}


@pytest.mark.parametrize("who", OUTSIDERS)
async def test_presses_with_the_ids_of_another_group_change_nothing(foreign: Foreign, world: World, who: str) -> None:
    """In private and, of those who are in a group, there; each is answered by one notice."""
    private = Place(world, world.sandbox.open_private(world.people[who], BOT))
    await private.says(who, "/settings")
    places = [private] if who == QIAN else [private, foreign.there]
    await foreign.there.says(ZHAO, "/settings")
    for place in places:
        shown = place.bot_messages()[-1]
        for action, forms in FORGED.items():
            for form in forms:
                data = f"{action}:{form.format(**foreign.ids)}".rstrip(":")
                before, calls = await kept(world), len(world.sandbox.calls)
                await place.receives_press(who, shown, data)
                made = [call.method.lower() for call in world.sandbox.calls[calls:]]
                after = await kept(world)
                changed = {name for name, rows in after.items() if rows != before[name]}
                assert (changed, made.count("answercallbackquery")) == (set(), 1), (data, who, plain(shown))


async def vote(world: World, who: str, message: Any, option: int) -> None:
    """The platform tells that somebody has voted, maybe in a copy of the poll that was forwarded."""
    voter = world.people[who].as_dict()
    answer = {"poll_id": message["poll"]["id"], "user": voter, "option_ids": [option]}
    await world.receives("poll_answer", {**answer, "option_persistent_ids": [str(option)]})


@pytest.mark.parametrize("who", OUTSIDERS)
async def test_votes_of_others_count_nowhere(foreign: Foreign, world: World, who: str) -> None:
    polls = [one for one in foreign.home.messages() if "poll" in one]
    assert len(polls) == 2, "a survey and a quiz"
    before = await kept(world)
    for poll in polls:
        await vote(world, who, poll, 1)
    assert await kept(world) == before
    assert await foreign.home.points_of(who) == 0


async def test_who_is_in_the_group_and_has_not_spoken_yet_votes(foreign: Foreign, world: World) -> None:
    """The platform is asked once; from then on they are known."""
    survey = next(one for one in foreign.home.messages() if "poll" in one)
    before = len(world.sandbox.calls)
    await vote(world, WANG, survey, 0)
    await vote(world, WANG, survey, 1)
    assert await world.rows("survey_answers") == 1
    assert await foreign.home.points_of(WANG) == 1
    asked = [call.parameters for call in world.sandbox.calls[before:] if call.method.lower() == "getchatmember"]
    about = [int(one["user_id"]) for one in asked]
    assert about.count(world.people[WANG].id) == 1  # about the bot itself it may be asked again after some seconds


async def test_a_press_in_the_group_itself_makes_a_member(foreign: Foreign, world: World) -> None:
    await foreign.home.presses(WANG, "我学完了")
    assert await foreign.home.points_of(WANG) == 1


async def test_an_owner_finishes_their_task_in_private(foreign: Foreign, world: World) -> None:
    private = await opened(world, LI)
    await private.says(LI, "/tasks")
    await private.says(LI, f"/done {foreign.ids['task']}")
    assert await foreign.home.points_of(LI) >= 5


async def test_the_branchs_own_people_and_those_over_it_may_from_anywhere(foreign: Foreign, world: World) -> None:
    """Who is on the roster of the group's branch, or holds a role over it, is part of it without being in the chat."""
    private = await opened(world, SUN)

    def put_on_roster(stores: Any) -> None:
        (person,) = stores.people.add([Entry("10009", "孙丽", foreign.ids["branch"])])
        stores.people.link(person.id, stores.members.find(world.people[SUN].id).id)

    await private.says(SUN, "/settings")
    await world.program.database.write(put_on_roster)
    await private.receives_press(SUN, private.bot_messages()[-1], f"study.read:{foreign.ids['prompt']}")
    assert await private.points_of(SUN) == 1


async def test_polls_cannot_be_forwarded(foreign: Foreign, world: World) -> None:
    polls = [one for one in foreign.home.messages() if "poll" in one]
    assert [one.get("has_protected_content") for one in polls] == [True, True]
