"""A meeting as people see it: called, answered, attended by its code, a vote, minutes whose line becomes a task."""

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Locator, Page, expect

from bot.demo import Demo
from sandbox.clock import Clock
from tests.browser.conftest import NewWindow
from tests.browser.test_main_job import PATIENCE, said, write
from tests.browser.test_work import THURSDAY, button, private

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def demo() -> AsyncIterator[Demo]:
    """The demo on a Thursday morning; its clock runs."""
    async with Demo(0, clock=Clock(start=THURSDAY, frozen=False)) as running:
        yield running


async def sees(message: Locator, words: str) -> None:
    """Wait until a message shows some words."""
    await expect(message).to_contain_text(words, timeout=PATIENCE)


async def called(secretary: Page) -> None:
    """The secretary calls a committee meeting for the same morning."""
    await write(secretary, "/meeting")
    for label in ("召集会议", "支委会"):
        await button(secretary, label).click(timeout=PATIENCE)
    await expect(said(secretary, "什么时候开")).to_be_visible(timeout=PATIENCE)
    await write(secretary, "今天11:30 三楼会议室")
    await expect(said(secretary, "有哪些议题")).to_be_visible(timeout=PATIENCE)
    await secretary.get_by_test_id("composer").fill("通报点检情况（李伟）\n讨论困难职工补助")
    await secretary.get_by_test_id("send").click()
    await sees(said(secretary, "1. 通报点检情况（李伟）"), "有表决权")
    await button(secretary, "发出").click()


async def test_a_meeting_from_its_notice_to_the_tasks_of_its_minutes(demo: Demo, new_window: NewWindow) -> None:
    async def window(who: str) -> Page:
        return await new_window(f"{demo.sandbox.url}/?as={demo.people[who]}&chat={demo.groups['machining']}&lang=zh")

    group, secretary = await window("sun"), await window("chen")
    await private(secretary)
    await called(secretary)
    notice = said(group, "支委会")
    await sees(notice, "1. 通报点检情况（李伟）")
    await button(group, "参加").click()
    await sees(notice, "已回复：参加 1 人")

    await button(secretary, "开始签到").click()
    desk = said(secretary, "签到码")
    await expect(desk).to_be_visible(timeout=PATIENCE)
    code = re.findall(r"签到码：(\d{4})", await desk.inner_text())[-1]
    await write(group, code)
    await write(secretary, code)
    await sees(desk, "可以表决")

    await button(secretary, "表决议题").click()
    await button(secretary, "讨论困难职工补助").click(timeout=PATIENCE)
    await expect(said(secretary, "理由是什么")).to_be_visible(timeout=PATIENCE)
    await write(secretary, "家中失火")
    for label in ("公开表决", "发出"):
        await button(secretary, label).click(timeout=PATIENCE)
    vote = said(group, "家中失火")
    await expect(vote).to_be_visible(timeout=PATIENCE)
    await button(group, "赞成").click()
    await expect(group.get_by_test_id("toast")).to_contain_text("已记下：赞成")
    chair = await window("chen")
    await button(chair, "赞成").click(timeout=PATIENCE)
    await sees(vote, "已投 2 人")
    await button(secretary, "结束表决").click(timeout=PATIENCE)
    await sees(vote, "通过")

    await button(secretary, "写纪要").click()
    await expect(said(secretary, "TXT、DOCX")).to_be_visible(timeout=PATIENCE)
    await secretary.get_by_test_id("composer").fill("1. 情况通报了，没有意见。\n李伟 下周五18:00前 完成三号机整改")
    await secretary.get_by_test_id("send").click()
    await sees(said(secretary, "将布置 1 项任务"), "完成三号机整改")
    await button(secretary, "发出").click()
    await sees(said(secretary, "纪要存好了"), "布置了 1 项任务")
    await sees(said(group, "完成三号机整改"), "李伟")
