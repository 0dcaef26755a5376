"""The minutes of a meeting as a document: what stands in it, and that another program opens it."""

import io
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import docx
import pytest

import texts
from domain.ids import ChatId, DecisionId, MeetingId, MemberId, PersonId
from domain.life.meeting.decision import Decision, Stage, Way
from domain.life.meeting.kinds import Audience, Kind
from domain.life.meeting.minutes import Record
from domain.life.meeting.model import Invited, Meeting, Reply, Roll, State
from domain.life.meeting.preparing import Preparer
from domain.life.meeting.quorum import Count
from handlers.life.minutes_document import words_of
from sheets.documents.writing import write
from tests.samples import AT

SECONDS = 120  # LibreOffice's first start on a busy machine
HOW_TO_INSTALL = """\
LibreOffice is not on this machine, so whether it opens the minutes is not shown here. To install it:
  Debian, Ubuntu:  apt-get install --no-install-recommends libreoffice-writer"""
EXPECTED = {
    "zh": (
        "支部党员大会纪要",
        "应到 5 人，实到 3 人，请假 1 人，缺席（没有请假）1 人",
        "其中迟到：王海燕",
        "迟到：王海燕（堵车）",
        "缺席（没有请假）：周桂芳",
        "请假：孙晓磊（出差）",
        "通报三季度安全情况（李伟、王海燕）",
        "讨论困难职工补助：通过。赞成 3，反对 0，弃权 0；应到有表决权 5 人，实到 3 人",
        "一、情况已通报。",
    ),
    "en": (
        "Minutes: branch assembly",
        "5 to come, 3 came, 1 on leave, 1 absent without leave",
        "Late: 王海燕 (堵车)",
        "On leave: 孙晓磊 (出差)",
        "通报三季度安全情况 (李伟, 王海燕)",
        "讨论困难职工补助: adopted. 3 for, 0 against, 0 abstained; 5 may vote, 3 were here",
    ),
}


def somebody(number: int, name: str, **more: Any) -> Invited:
    """Somebody who is to come."""
    return Invited(number, MeetingId(1), PersonId(number), None, name, entitled=True, **more)


def record() -> Record:
    """All that a meeting leaves: one was late, one on leave, one absent."""
    agenda = ("通报三季度安全情况", "讨论困难职工补助")
    meeting = Meeting(
        MeetingId(1), ChatId(1), None, Kind.ASSEMBLY, AT, "三楼会议室", agenda, Audience.PARTY, MemberId(1), AT
    )
    held = replace(meeting, state=State.ENDED, minutes="一、情况已通报。\n二、同意补助。")
    late = AT + timedelta(minutes=20)
    people = [
        somebody(1, "陈建国", present_at=AT),
        somebody(2, "李伟", present_at=AT),
        somebody(3, "王海燕", present_at=late, reason="堵车"),
        somebody(4, "孙晓磊", reply=Reply.AWAY, reason="出差"),
        somebody(5, "周桂芳"),
    ]
    preparers = [Preparer(MeetingId(1), 1, PersonId(one.id), None, one.name) for one in people[1:3]]
    count = Count(5, 3)
    decided = Decision(
        DecisionId(1), MeetingId(1), ChatId(1), agenda[1], "家中失火", Way.BALLOT, count, AT, Stage.DECIDED, 3, AT
    )
    return Record(Roll(held, people, preparers), [decided], [], [])


def document(language: str) -> bytes:
    """The minutes as somebody gets them."""
    reader = texts.Reader(language, "Asia/Shanghai")
    return write(words_of(record(), lambda text, **values: texts.label(text, reader, values)))


def paragraphs(data: bytes) -> Iterator[str]:
    """What stands in a document."""
    yield from (one.text for one in docx.Document(io.BytesIO(data)).paragraphs)


@pytest.mark.parametrize("language", EXPECTED)
def test_the_document_tells_who_was_there_late_on_leave_and_absent(language: str) -> None:
    found = "\n".join(paragraphs(document(language)))
    assert [one for one in EXPECTED[language] if one not in found] == []


@pytest.mark.parametrize("language", EXPECTED)
def test_libreoffice_opens_it(language: str, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip(HOW_TO_INSTALL)
    (tmp_path / "minutes.docx").write_bytes(document(language))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    convert = (office, profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(tmp_path))
    run = partial(subprocess.run, capture_output=True, timeout=SECONDS, check=True)
    run((*convert, str(tmp_path / "minutes.docx")))
    found = (tmp_path / "minutes.txt").read_text(encoding="utf-8-sig")
    assert [one for one in EXPECTED[language] if one not in found] == []
