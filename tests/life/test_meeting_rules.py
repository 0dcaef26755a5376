"""Who is to come, whether enough are there, what came of a vote, what is owed, what minutes say."""

import io
import unicodedata
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ids import BranchId, ChatId, DecisionId, MeetingId, MemberId, PersonId
from domain.life.meeting.decision import Decision, Stage, Way, counted
from domain.life.meeting.kinds import CALLABLE, RULES, Audience, Every, Kind
from domain.life.meeting.minutes import unfinished
from domain.life.meeting.model import Meeting
from domain.life.meeting.overview import Overview, with_managed
from domain.life.meeting.owed import SOON, Owed, period
from domain.life.meeting.quorum import Choice, Count, Outcome, Quorum
from domain.people.naming import Called, Directory, Somebody
from domain.people.person import Person
from handlers.life.minutes_lines import faults_in, lines_in
from handlers.life.preparing import read_items
from language import meeting as spoken
from language.deadline import Working
from sheets.documents import calendar
from sheets.documents.calendar import Appointment, Status
from sheets.documents.reading import MAX_LINES, MAX_UNPACKED, lines
from sheets.documents.writing import write
from sheets.reading import Reason, WrongFile

NOW = datetime(2026, 11, 25, 10, tzinfo=UTC)


@given(st.lists(st.sampled_from(Choice), max_size=60), st.integers(0, 60))
def test_a_decision_equals_a_recount_and_takes_more_than_half_of_all_entitled(choices: list[Choice], more: int) -> None:
    entitled = len(choices) + more
    count = counted(entitled, choices)
    assert count.voted == len(choices)
    assert (count.outcome is Outcome.ADOPTED) == (2 * choices.count(Choice.FOR) > entitled)


@given(st.integers(0, 500), st.integers(0, 500))
def test_a_quorum_is_more_than_half(entitled: int, present: int) -> None:
    assert Quorum(entitled, present).is_met == (entitled > 0 and 2 * present > entitled)


def test_half_of_those_entitled_are_not_enough() -> None:
    assert Count(10, 5).outcome is Outcome.REJECTED
    assert Count(10, 6, 4).outcome is Outcome.ADOPTED
    assert not Quorum(10, 5).is_met
    assert Quorum(10, 1, asked=False).is_met


def test_every_kind_has_a_rule_and_a_name() -> None:
    assert set(RULES) == set(Kind)
    assert set(spoken.KINDS.values()) == set(CALLABLE)


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)), st.sampled_from(Every))
def test_a_period_holds_its_day_and_ends_before_the_next(day: date, every: Every) -> None:
    first, last = period(every, day)
    assert first <= day <= last
    assert period(every, last) == (first, last)
    assert period(every, date.fromordinal(last.toordinal() + 1))[0] == date.fromordinal(last.toordinal() + 1)


def test_what_is_missing_is_told_before_its_period_ends() -> None:
    owed = Owed(Kind.THEME_DAY, Every.MONTH, date(2026, 11, 30), [])
    assert not owed.is_near(date(2026, 11, 23))
    assert owed.is_near(date(2026, 11, 24))
    assert not Owed(Kind.THEME_DAY, Every.MONTH, date(2026, 11, 30), [date(2026, 11, 2)]).is_near(date(2026, 11, 30))
    assert set(SOON) == set(Every)


def test_a_meeting_that_one_runs_is_listed_once_whether_one_attends_or_not() -> None:
    one, other = held(""), replace(held(""), id=MeetingId(9), starts_at=NOW - timedelta(days=1))
    found = with_managed(Overview([(one, None)], 0, may_call=True), [one, other])
    assert [meeting.id for meeting, _ in found.meetings] == [other.id, one.id]


def held(minutes: str) -> Meeting:
    agenda = ("审议工作计划", "讨论困难补助", "选举")
    return Meeting(
        MeetingId(1), ChatId(1), None, Kind.ASSEMBLY, NOW, "", agenda, Audience.PARTY, MemberId(1), NOW, minutes=minutes
    )


def decided(title: str) -> Decision:
    return Decision(
        DecisionId(1), MeetingId(1), ChatId(1), title, "", Way.OPEN, Count(3, 2), NOW, Stage.DECIDED, 3, NOW
    )


@pytest.mark.parametrize(
    ("minutes", "left"),
    [
        ("", []),
        ("大家都来了。", ["审议工作计划", "选举"]),
        ("1. 同意。\n三、推迟到下次。", []),
        ("审议工作计划：同意", ["选举"]),
        ("3 个人发言", ["审议工作计划"]),
    ],
)
def test_items_without_an_outcome_are_left(minutes: str, left: list[str]) -> None:
    assert unfinished(held(minutes), [decided("讨论困难补助")]) == left


def directory(*names: str) -> Directory:
    return Directory([Somebody(None, person(name)) for name in names], [])


def person(name: str) -> Person:
    return Person(PersonId(1), "1", name, BranchId(1))


def test_a_line_with_a_name_a_deadline_and_a_title_is_a_task() -> None:
    tasks = "1. 李伟 周五前 完成三号机整改。\n- 王海燕，12月1日18:00前 交总结"
    text = f"主持人：李伟\n{tasks}\n李伟发言，同意。\n李伟 2月30日前 交表"
    found, unread = lines_in(text, directory("李伟", "王海燕"), NOW, Working())
    assert [one.title for one in found] == ["完成三号机整改", "交总结"]
    assert unread == ["李伟 2月30日前 交表"]


def test_minutes_without_any_name_give_no_task() -> None:
    assert lines_in("同意。\n周五前 交总结", directory("李伟"), NOW, Working()) == ([], [])


def test_an_agenda_is_read_without_its_numbers() -> None:
    assert spoken.items("一、审议计划\n2. 讨论补助\n\n3个月的总结") == ["审议计划", "讨论补助", "3个月的总结"]


@pytest.mark.parametrize(
    ("item", "title", "names", "is_said"),
    [
        ("通报三季度安全情况（李伟）", "通报三季度安全情况", ("李伟",), False),
        ("讨论补助(汇报人：李伟、王海燕)。", "讨论补助", ("李伟", "王海燕"), True),
        ("Safety (prepared by Li Wei, Wang Hai)", "Safety", ("Li Wei", "Wang Hai"), True),
        ("审议计划（第二次）", "审议计划", ("第二次",), False),
        ("（李伟）", "（李伟）", (), False),
        ("审议计划", "审议计划", (), False),
    ],
)
def test_names_behind_an_item_are_read(item: str, title: str, names: tuple[str, ...], is_said: bool) -> None:
    assert spoken.prepared(item) == (title, names, is_said)


def test_brackets_without_a_name_belong_to_the_item() -> None:
    items, wanted = read_items(["审议计划（第二次）", "通报安全（李伟）", "补助（汇报人：无名氏）"], directory("李伟"))
    assert items == ("审议计划（第二次）", "通报安全", "补助")
    assert wanted == [(2, Called("李伟")), (3, Called("无名氏"))]
    assert spoken.numbered_names("2 李伟、王海燕\n三号") == [(2, ("李伟", "王海燕"))]


@pytest.mark.parametrize(
    ("text", "found"), [("0417", ("0417", False)), ("签到：０４１７", ("0417", True)), ("04170", None)]
)
def test_a_code_is_four_digits_and_nothing_else(text: str, found: object) -> None:
    assert spoken.code(text) == found


APPOINTMENT = Appointment(
    "meeting-1@bot", 2, NOW, NOW, NOW + timedelta(hours=1), "支委会,例会;\\", "三楼\n会议室", "1. 审议工作计划" * 20
)


@pytest.mark.parametrize(
    ("status", "method"), [(Status.CONFIRMED, "PUBLISH"), (Status.CANCELLED, "CANCEL")], ids=["on", "off"]
)
def test_a_calendar_reads_what_was_written(status: Status, method: str) -> None:
    data = calendar.write(replace(APPOINTMENT, status=status))
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    read = icalendar.Calendar.from_ical(data)
    (event,) = read.walk("VEVENT")
    assert (read["method"], event["status"], event["sequence"]) == (method, status.value, 2)
    assert (event["uid"], event["summary"]) == (APPOINTMENT.uid, APPOINTMENT.title)
    assert (event["location"], event["description"]) == ("三楼 会议室", APPOINTMENT.notes)
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (NOW, NOW + timedelta(hours=1))


def nothing(_: int, __: int) -> None:
    """No progress is told."""


def read(data: bytes) -> list[str]:
    return [one.text for one in lines(data, nothing)]


def test_a_document_is_read_as_it_was_written() -> None:
    assert read(write("# 纪要\n## 议题\n- 一\n李伟 周五前 交表")) == ["纪要", "议题", "一", "李伟 周五前 交表"]
    assert read(write("甲\x01乙\u200b丙\n丁")) == ["甲乙丙", "丁"], "marks that no document may have"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_is_read_in_the_encodings_of_offices(encoding: str) -> None:
    assert read("李伟\n\n同意".encode(encoding)) == ["李伟", "同意"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Reason.EMPTY),
        (b"PK\x03\x04 no archive", Reason.BROKEN),
        (b"\xd0\xcf\x11\xe0", Reason.OLD_OR_PROTECTED),
        (b"\x89PNG\0\0", Reason.WRONG_KIND),
        (b"x\n" * (MAX_LINES + 1), Reason.TOO_MANY_ROWS),
    ],
)
def test_what_is_no_document_is_refused(data: bytes, reason: Reason) -> None:
    with pytest.raises(WrongFile) as caught:
        read(data)
    assert caught.value.reason is reason


def altered(name: str, old: bytes, new: bytes) -> bytes:
    """A document with something else in one of its parts; a part that it has not is added."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(write("一"))) as parts, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for one in parts.namelist():
            out.writestr(one, parts.read(one).replace(old, new) if one == name else parts.read(one))
        if name not in parts.namelist():
            out.writestr(name, new)
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "old", "new", "reason"),
    [
        ("word/vbaProject.bin", b"", b"x", Reason.WRONG_KIND),
        (
            "[Content_Types].xml",
            b"</Types>",
            b'<Default Extension="odd" ContentType="a/VbaProject"/></Types>',
            Reason.WRONG_KIND,
        ),
        ("word/document.xml", b"<w:sectPr", b"<w:p/>" * 600_000 + b"<w:sectPr", Reason.TOO_MANY_ROWS),
        ("word/document.xml", b"<w:sectPr", b"<w:p>" * 3_000 + b"</w:p>" * 3_000 + b"<w:sectPr", Reason.BROKEN),
        ("word/inner.zip", b"", bytes(MAX_UNPACKED), Reason.TOO_MUCH_INSIDE),
    ],
)
def test_what_a_document_hides_is_refused_at_once(name: str, old: bytes, new: bytes, reason: Reason) -> None:
    with pytest.raises(WrongFile) as caught:
        read(altered(name, old, new))
    assert caught.value.reason is reason


def test_numbers_of_the_agenda_are_those_of_unicode() -> None:
    assert [int(unicodedata.numeric(one)) for one in "一二三十"] == [1, 2, 3, 10]


def test_lines_that_say_what_is_to_be_rectified() -> None:
    first = "整改：三季度记录不全，12月15日前\n2. 整改: 12月20日18:00前 更新阵地展板"
    text = f"{first}\n整改：发展党员材料缺一份。\n整改\n讨论整改：同意"
    found, unread = faults_in(text, NOW, Working())
    assert [(one.title, one.due_at and f"{one.due_at:%m-%d}") for one in found] == [
        ("三季度记录不全", "12-15"),
        ("更新阵地展板", "12-20"),
        ("发展党员材料缺一份", None),
    ]
    assert unread == []
    assert faults_in("整改：补齐记录，2月30日前", NOW, Working()) == ([], ["整改：补齐记录，2月30日前"])
    assert [one.title for one in faults_in("Rectify: minutes are missing", NOW, Working())[0]] == [
        "minutes are missing"
    ]
