"""Chat and browser call use cases with an actor; whatever they call without one stands here, with a reason."""

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from types import ModuleType

import handlers
import web
from domain.admin import setting
from domain.clock import calendar
from domain.life.action import service as actions
from domain.life.activity import card as activity_card
from domain.life.activity import looking as activities
from domain.life.activity import planning, wishes
from domain.life.branch_card import changing
from domain.life.evaluation import assessing, history, objecting, schemes
from domain.life.evaluation import cards as evaluation_cards
from domain.life.evaluation import running as evaluating
from domain.life.inspection import cards, opening
from domain.life.meeting import calling, deciding, decision_card, holding, looking, minutes, moving
from domain.life.rectification import card as finding
from domain.life.rectification import seeing
from domain.life.training import past
from domain.life.training import people as learners
from domain.life.training import planning as plans
from domain.life.training import sessions as lessons
from domain.messaging import delivery, draft
from domain.people import admission, branch, member, naming, permission
from domain.points import adjustment, application, honour, reward, thanks
from domain.study.match import opening as match
from domain.study.match.outline import campaigns, outline
from domain.study.sets import picking, testing
from domain.study.sets import service as sets
from domain.voice import suggestion, survey
from domain.voice.questionnaire import audience
from domain.voice.questionnaire import service as questionnaire
from domain.voice.suggestion import channel, hazard, triage
from domain.work import task
from domain.work.goal import reading as goals
from domain.work.goal import sight
from domain.work.lean import service as lean
from domain.work.measure import service as measure
from domain.work.measure.card import card
from domain.work.procedure import running
from domain.work.task import extension

DOORS = (handlers, web)
WITHOUT_ACTOR = {
    calendar.known_workdays: "the days off, which everybody knows",
    calendar.workdays: "the days off, which everybody knows",
    extension.shown: "shows the request that a form was begun with; its use case asks before and again",
    setting.day_end_of: "the end of the working day of the chat that is written in",
    survey.group_of: "tells where a survey belongs; the use case after it asks there",
    hazard.sound: "who made the suggestion is told, whoever that is; those on call are chosen by the use case",
    triage.place_of: "where a suggestion is answered; whoever asks is looked at there",
    delivery.group_without: "what the platform tells",
    delivery.leave: "what the platform tells",
    delivery.move: "what the platform tells",
    delivery.poll_subject: "what the platform tells",
    adjustment.found: "shows what was chosen; the form asks before, its use case again",
    draft.finish: "the draft was read as the presser's own",
    draft.unchanged: "the draft was read as the presser's own",
    admission.ask: "asks those who may admit a group that somebody has brought the bot to; it changes nothing",
    branch.named: "tells which branch is meant; the use case after it asks for permission over it",
    member.enrol: "makes the actor",
    member.known: "tells who is meant; the use case around it asks before",
    member.meet: "makes the actor of a vote",
    honour.announcement: "says an honour to its group; the use case that gives it has asked",
    goals.place_of: "the name of a home that was read for the presser, or that a form was begun with",
    sight.is_within: "tells whether one branch is part of another; the use case after it asks",
    permission.is_part_of: "tells whether the owner of a goal is of a group; the form's use case asks",
    naming.accounts: "makes stand-ins of people whom the form has named; its use case asks",
    naming.choices: "tells who may be meant; the form asks before, its use case again",
    naming.directory: "the names of the group's people, to read a command by; its use case asks",
    naming.meant: "tells who is meant; the form's use case asks",
    naming.settled: "tells who is meant; the form asks before, its use case again",
    naming.shown: "shows what was chosen; the form asks before, its use case again",
    application.called: "tells what an item is called; the form asks before, its use case again",
    application.in_use: "tells whether there is something to apply for, for menus",
    reward.in_use: "tells whether rewards are in use, for keyboards and menus",
    thanks.is_thanks: "tells whether a message has thanked somebody, to the one who has edited it",
    audience.people_of: "counts who would be asked, to the one who fills in the form",
    questionnaire.earlier: "tells what the group was asked before; the form asks before, its use case again",
    questionnaire.on_workday: "a day of the calendar, which everybody knows",
    questionnaire.usual_closing: "a day of the calendar, which everybody knows",
    suggestion.readers: "tells an author who will read, and nothing of what is read",
    channel.answer: "says to an author what came of their own suggestion; its use case has asked",
    match.days_of: "days of the calendar, which everybody knows",
    match.team_of: "the name of a group that the form was begun with; its use case asks for each",
    match.weeks: "days of the calendar, which everybody knows",
    changing.outline: "shows what a card would be; the form asks before, its use case again",
    cards.sheet: "shows what the form is about to its writer; its use case asks",
    cards.show_bureau: "refreshes the message of whoever runs a round; the use case before has asked",
    cards.show_desk: "refreshes an inspector's own message; the use case before has asked",
    opening.sketch: "shows what would be opened; the form asks before, its use case again",
    assessing.scored_item: "what a scheme says, to who fills in the form; its use case asks before and again",
    evaluating.outline: "shows what would begin; the form asks before, its use case again",
    evaluation_cards.show_desk: "the card of who runs an evaluation; the use case before it has asked",
    history.history: "the stars of the group's own branch, in that group, after asking there",
    objecting.shown_of: "shows the objection that a form was begun with; its use case asks before and again",
    schemes.scheme_of: "what a scheme says, to who fills in the form; its use case asks before and again",
    evaluation_cards.card_sheet: "shows who speaks for one what they may see; the use case before it has asked",
    actions.group_of: "tells where an action belongs; the use case after it asks there",
    actions.page_of: "shows the action that a form was begun for; its use case asks before and again",
    activities.group_of: "tells where an activity belongs; the use case after it asks there",
    activities.sheet_of: "counts who is told, to whoever fills in the form; its use case asks",
    activity_card.send_desk: "the private card of whoever has proposed an activity; its use case has asked",
    planning.approval: "shows a proposal; the use case before it has asked",
    wishes.latest: "tells which survey a proposal follows; the form asks before, its use case again",
    calling.outline: "shows what would be called; the form asks before, its use case again",
    decision_card.shown_of: "who has not voted yet, for a card of somebody who was asked",
    minutes.fresh: "the preview of minutes: whoever keeps them is asked there",
    deciding.group_of: "tells where a vote belongs; the use case after it asks there",
    holding.send_desk: "the private card of whoever has called a meeting; its use case has asked",
    seeing.group_of: "tells where a finding belongs; the use case after it asks there",
    seeing.verifiers: "offers who may verify; the form asks before, its use case again",
    finding.looks: "shows the presser what they were asked themselves",
    moving.planned: "shows what would be moved; the form asks before, its use case again",
    looking.group_of: "tells where a meeting belongs; the use case after it asks there",
    looking.roll_of: "counts who is there, to whoever fills in the form; its use case asks",
    learners.below: "offers branches to the form; it asks before, its use case again",
    learners.named: "tells whom a name means; the form asks before, its use case again",
    learners.of_group: "offers roles to the form; it asks before, its use case again",
    learners.roles: "offers roles to the form; it asks before, its use case again",
    plans.outline: "shows what would be planned; the form asks before, its use case again",
    past.sort: "shows what would be brought in; the form asks before, its use case again",
    lessons.outlined: "shows what would be called; the form asks before, its use case again",
    testing.check: "counts what there is to ask; the form asks before, its use case again",
    campaigns: "offers what there are questions about; the form asks before, its use case again",
    outline: "shows what would be opened; the form asks before, its use case again",
    running.outline: "shows what would be started; the form asks before, its use case again",
    picking.askable: "counts what there is to ask; the form asks before, its use case again",
    sets.planned: "shows what would be asked; the form asks before, its use case again",
    lean.name_of: "the name of the group that the form is for; its use case asks there",
    measure.gauges: "measures for who fills in the form, which asks before; its use case asks again",
    measure.group_of: "tells where a measure belongs; the use case after it asks there",
    card: "shows a measure; the use case before it has asked",
    task.tell_finished: "tells an owner what their press came to; the use case before has asked",
    suggestion.made_by: "tells whether a message was a suggestion, to the one who has edited it",
}


def called(module: ModuleType) -> Iterator[object]:
    """What a module names, with the modules before the points resolved."""
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        words: list[str] = []
        named: ast.AST = node
        while isinstance(named, ast.Attribute):
            words.insert(0, named.attr)
            named = named.value
        if isinstance(named, ast.Name):
            found = getattr(module, named.id, None)
            for word in words:
                found = getattr(found, word, None)
            yield found


def is_without_actor(found: object) -> bool:
    if not inspect.isfunction(found) or not found.__module__.startswith("domain."):
        return False
    parameters = list(inspect.signature(found).parameters)
    return parameters[:1] == ["stores"] and "actor" not in parameters


def test_only_these_are_called_without_an_actor() -> None:
    modules = [
        importlib.import_module(one.name)
        for door in DOORS
        for one in pkgutil.walk_packages(door.__path__, f"{door.__name__}.")
    ]
    found = {one for module in modules for one in called(module) if is_without_actor(one)}
    assert found == set(WITHOUT_ACTOR)
