"""What the chat page shows: roles, names in polls, sounds, emoji, and colours, on a phone's width, too."""

import os
import re
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Page, async_playwright, expect

from bot.demo import Demo
from sandbox import Clock, Sandbox
from sandbox.reacting import EMOJI
from tests.browser.conftest import ARGUMENTS, NAMES, NewWindow
from tests.browser.test_page import PHONE, Office, bubble, choose, fits_the_width

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

ROOT = Path(__file__).parents[2]
MONDAY = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
WRITTEN = {".j2", ".js", ".py", ".toml"}
NO_EMOJI_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include>
<selectfont><rejectfont><glob>*Emoji*</glob></rejectfont></selectfont>
</fontconfig>"""


@pytest_asyncio.fixture(loop_scope="session")
async def office(new_window: NewWindow) -> AsyncIterator[Office]:
    async with Sandbox(port=0) as sandbox, aiohttp.ClientSession() as http:
        yield Office(sandbox, http, new_window)


async def colours(page: Page, hook: str) -> list[str]:
    element = page.get_by_test_id(hook)
    return await element.evaluate("e => [getComputedStyle(e).backgroundColor, getComputedStyle(e).color]")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_send_button_keeps_its_colours(office: Office, scheme: str) -> None:
    page = await office.window(office.wang, color_scheme=scheme)
    await expect(page.get_by_test_id("send")).to_be_visible()
    before = await colours(page, "send")
    await page.get_by_test_id("composer").fill("收到")
    await page.get_by_test_id("send").hover()
    assert await colours(page, "send") == before
    await page.get_by_test_id("send").click()
    await expect(bubble(page, "收到")).to_be_visible()
    assert await colours(page, "send") == before


async def test_the_sandboxs_clock_is_shown_before_anybody_is_chosen(new_window: NewWindow) -> None:
    async with Sandbox(port=0, clock=Clock(start=MONDAY), zone="Asia/Shanghai") as sandbox:
        sandbox.add_person("王")
        page = await new_window(f"{sandbox.url}/?lang=zh")
        await expect(page.get_by_test_id("person-picker")).to_be_visible()
        await expect(page.get_by_test_id("clock")).to_have_text("3月2日周一 09:30")
        sandbox.clock.next("thursday", "18:00", "Asia/Shanghai")
        await expect(page.get_by_test_id("clock")).to_have_text("3月5日周四 18:00")


async def test_the_picker_shows_what_people_are(office: Office) -> None:
    zhao = office.sandbox.add_person("赵", last_name="敏", note="支部书记")
    page = await office.new_window(f"{office.sandbox.url}/?lang=zh", viewport=PHONE)
    await expect(page.get_by_test_id(f"person-{office.wang}")).to_contain_text("王芳没有用户名第一党支部（群主）")
    await expect(page.get_by_test_id(f"person-{office.li}")).to_contain_text("李伟@liwei第一党支部")
    await expect(page.get_by_test_id(f"person-{office.li}")).not_to_contain_text("（")
    await expect(page.get_by_test_id(f"person-{zhao.id}")).to_contain_text("支部书记")
    office.sandbox.promote(office.group, office.li, by=office.wang)
    await expect(page.get_by_test_id(f"person-{office.li}")).to_contain_text("第一党支部（管理员）")


async def test_the_demo_tells_who_is_secretary_and_who_administers_it(new_window: NewWindow) -> None:
    async with Demo(0) as demo:
        page = await new_window(f"{demo.sandbox.url}/?lang=zh", viewport=PHONE)
        for who, what in (("chen", "支部书记"), ("xu", "全企业管理员"), ("li", "第一党支部")):
            person = page.get_by_test_id(f"person-{demo.people[who]}")
            await expect(person).to_contain_text(what)
            assert await person.locator(".faint").evaluate_all("all => all.every(e => e.scrollWidth <= e.clientWidth)")


async def test_a_named_poll_shows_who_chose_what(office: Office) -> None:
    asked = await office.call(
        "sendPoll", chat_id=office.group, question="去哪里？", options=["公园", "博物馆"], is_anonymous=False
    )
    number = asked["message_id"]
    wang, li = await office.window(office.wang, viewport=PHONE), await office.window(office.li)
    await li.get_by_test_id(f"poll-{number}-option-1").click()
    await expect(li.get_by_test_id(f"poll-{number}-option-1").locator(".voters")).to_have_text("李伟")
    await expect(wang.get_by_test_id(f"message-{number}")).to_contain_text("1 人已投票")
    await expect(wang.locator(".voters")).to_have_count(0)  # not before one has voted
    await wang.get_by_test_id(f"poll-{number}-option-1").click()
    await expect(wang.get_by_test_id(f"poll-{number}-option-1").locator(".voters")).to_have_text("李伟、王芳")
    await expect(li.get_by_test_id(f"poll-{number}-option-1").locator(".voters")).to_have_text("李伟、王芳")
    await wang.get_by_test_id(f"poll-{number}-voters").click()
    await expect(wang.get_by_test_id("voters")).to_contain_text("公园 · 0没有人选博物馆 · 2李伟、王芳")
    assert await fits_the_width(wang)


async def test_many_names_are_shortened_below_an_option(office: Office) -> None:
    people = [office.sandbox.add_person(name) for name in "甲乙丙丁戊己"]
    for person in people:
        office.sandbox.add_member(office.group, person, by=office.wang)
    asked = await office.call("sendPoll", chat_id=office.group, question="去吗？", options=["去"], is_anonymous=False)
    for person in people:
        office.sandbox.vote(office.group, person, asked["message_id"], [0])
    page = await office.window(people[0].id)
    await expect(page.locator(".voters")).to_have_text("甲、乙、丙等 6 人")
    await page.get_by_test_id(f"poll-{asked['message_id']}-voters").click()
    await expect(page.get_by_test_id("voters")).to_contain_text("甲、乙、丙、丁、戊、己")


async def test_an_anonymous_poll_names_nobody(office: Office) -> None:
    asked = await office.call("sendPoll", chat_id=office.group, question="满意吗？", options=["满意", "不满意"])
    page = await office.window(office.li)
    await page.get_by_test_id(f"poll-{asked['message_id']}-option-0").click()
    await expect(page.get_by_test_id(f"message-{asked['message_id']}")).to_contain_text("1 人已投票")
    await expect(page.locator(".voters")).to_have_count(0)
    await expect(page.get_by_test_id(f"poll-{asked['message_id']}-voters")).to_have_count(0)


@pytest.mark.parametrize("several", [False, True])
async def test_a_quiz_is_answered_not_voted_in(office: Office, several: bool) -> None:
    asked = await office.call(
        "sendPoll",
        chat_id=office.group,
        question="先看什么？",
        options=["多做", "等待"],
        type="quiz",
        allows_multiple_answers=several,
        correct_option_ids=[0],
        allows_revoting=several,
    )
    number = asked["message_id"]
    page = await office.window(office.li)
    quiz = page.get_by_test_id(f"message-{number}")
    await expect(quiz).to_contain_text("还没有人作答")
    await expect(quiz).not_to_contain_text("投票")
    await page.get_by_test_id(f"poll-{number}-option-0").click()
    if several:
        await expect(page.get_by_test_id(f"poll-{number}-vote")).to_have_text("作答")
        await page.get_by_test_id(f"poll-{number}-vote").click()
        await expect(page.get_by_test_id(f"poll-{number}-retract")).to_have_text("撤回作答")
    await expect(quiz).to_contain_text("1 人已作答")
    await expect(quiz).not_to_contain_text("投票")


async def test_an_option_that_nobody_chose_has_no_bar(office: Office) -> None:
    asked = await office.call("sendPoll", chat_id=office.group, question="去吗？", options=["去", "不去"])
    page = await office.window(office.li)
    await page.get_by_test_id(f"poll-{asked['message_id']}-option-0").click()
    bars = page.locator(".bar")
    await expect(bars).to_have_count(2)
    await page.wait_for_function("getComputedStyle(document.querySelector('.bar'), '::after').width !== '0px'")
    assert await bars.nth(1).evaluate("e => getComputedStyle(e, '::after').width") == "0px"


async def test_a_message_without_sound_has_a_muted_bell(office: Office) -> None:
    await office.send("早上好")
    await office.send("已学习 4/6", disable_notification=True)
    page = await office.window(office.li, viewport=PHONE)
    await expect(bubble(page, "已学习 4/6").get_by_role("img", name="不响铃")).to_be_visible()
    await expect(bubble(page, "早上好").get_by_role("img", name="不响铃")).to_have_count(0)


async def test_reactions_and_fixed_keys_fit_a_phone(office: Office) -> None:
    rows = [["今日学习", "我的任务"], ["提建议", "我的积分"], ["交办任务", "发起调查"], ["谁还没办", "本周小结"]]
    keyboard = {"keyboard": [[{"text": text} for text in row] for row in rows], "is_persistent": True}
    await office.send("今天", reply_markup=keyboard | {"resize_keyboard": True})
    page = await office.window(office.wang, viewport=PHONE, has_touch=True)
    await page.get_by_test_id("composer").fill("建议：食堂晚班加个热菜")
    await page.get_by_test_id("send").click()
    message = await page.locator(".row.mine").get_attribute("data-id")
    await office.call(
        "setMessageReaction", chat_id=office.group, message_id=message, reaction=[{"type": "emoji", "emoji": "👍"}]
    )
    await expect(page.locator(".row.mine .reaction")).to_have_text("👍1")
    await expect(page.locator(".row.mine .reaction")).to_be_in_viewport(ratio=1)
    keys = page.locator(".reply-keyboard button")
    await expect(keys).to_have_count(8)
    for place in range(8):
        await expect(keys.nth(place)).to_be_in_viewport(ratio=1)
    assert await keys.evaluate_all("all => all.every(e => e.scrollWidth <= e.clientWidth)")
    assert await fits_the_width(page)
    await choose(page, page.locator(".row.mine"), "react-🎉")
    await expect(page.locator(".row.mine .reaction")).to_have_text(["👍1", "🎉1"])


def emoji() -> list[str]:
    """The emoji that the bot and the page write, and those that people react with; pictures have fonts of their own."""
    style = (ROOT / "sandbox/page/style.css").read_text(encoding="utf-8")
    ranges = re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", style)
    signs = {chr(sign) for first, last in ranges for sign in range(int(first, 16), int(last or first, 16) + 1)}
    rooms = ("texts", "domain", "handlers", "bot", "sandbox")
    files = [path for room in rooms for path in (ROOT / room).rglob("*") if path.suffix in WRITTEN]
    written = {sign for file in files for sign in file.read_text(encoding="utf-8")}
    return sorted(((written | set("".join(EMOJI))) & signs) - {"✓", "★", "\ufe0f"})


async def drawn_with(page: Page, selector: str) -> set[tuple[str, bool]]:
    """The fonts that draw the text of an element, and whether each is the page's own."""
    line = await page.context.new_cdp_session(page)
    for domain in ("DOM", "CSS"):
        await line.send(f"{domain}.enable")
    root = (await line.send("DOM.getDocument"))["root"]
    node = await line.send("DOM.querySelector", {"nodeId": root["nodeId"], "selector": selector})
    used = await line.send("CSS.getPlatformFontsForNode", {"nodeId": node["nodeId"]})
    return {(font["familyName"], font["isCustomFont"]) for font in used["fonts"]}


async def test_a_machine_without_emoji_fonts_draws_the_pages_own(office: Office, tmp_path: Path) -> None:
    (tmp_path / "fonts.conf").write_text(NO_EMOJI_FONTS)
    path = next(filter(None, map(shutil.which, NAMES)))
    bare = os.environ | {"FONTCONFIG_FILE": str(tmp_path / "fonts.conf")}
    wanted = emoji()
    assert {"👍", "📌", "🥇", "⏰", "✅", "🔔"} <= set(wanted)
    await office.send("".join(wanted))
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=ARGUMENTS, env=bare)
        page = await browser.new_page()
        await page.goto(f"{office.sandbox.url}/?as={office.wang}&chat={office.group}&lang=zh")
        await expect(page.locator(".row .text")).to_be_visible()
        await page.evaluate("document.fonts.ready")
        await page.wait_for_function("[...document.fonts].some(font => font.status === 'loaded')")
        assert await drawn_with(page, ".row .text") == {("Noto Color Emoji", True)}
        await browser.close()
