import pytest

from sandbox.methods.me import commands_for


def menu(*names):
    return [{"command": name, "description": name.upper()} for name in names]


async def shown(scene, chat, person):
    return [command["command"] for command in commands_for(scene.bot, chat, person)]


async def test_the_narrowest_scope_that_has_commands_is_shown(scene, program):
    group, wang, li = scene.group, scene.wang, scene.li
    scopes = [
        ({"type": "default"}, "a"),
        ({"type": "all_group_chats"}, "b"),
        ({"type": "all_chat_administrators"}, "c"),
        ({"type": "chat", "chat_id": group.id}, "d"),
        ({"type": "chat_administrators", "chat_id": group.id}, "e"),
        ({"type": "chat_member", "chat_id": group.id, "user_id": wang.id}, "f"),
    ]
    seen = []
    for scope, name in scopes:
        await program.call("setMyCommands", commands=menu(name), scope=scope)
        seen.append((*await shown(scene, group, wang), *await shown(scene, group, li)))
    assert seen == [("a", "a"), ("b", "b"), ("c", "b"), ("d", "d"), ("e", "d"), ("f", "d")]
    private = scene.sandbox.open_private(li, scene.bot)
    assert await shown(scene, private, li) == ["a"]
    await program.call("setMyCommands", commands=menu("p"), scope={"type": "all_private_chats"})
    assert await shown(scene, private, li) == ["p"]
    await program.call("deleteMyCommands", scope=scopes[5][0])
    assert await shown(scene, group, wang) == ["e"]


async def test_commands_come_in_a_persons_language(scene, program):
    xiao = scene.sandbox.add_person("小", language_code="zh-hans")
    scene.sandbox.add_member(scene.group, xiao)
    await program.call("setMyCommands", commands=menu("study"))
    await program.call("setMyCommands", commands=menu("xuexi"), language_code="zh")
    assert await shown(scene, scene.group, xiao) == ["xuexi"]
    assert await shown(scene, scene.group, scene.li) == ["study"]
    assert await program.call("getMyCommands", language_code="zh") == menu("xuexi")
    assert await program.call("getMyCommands", language_code="de") == []


async def test_the_menu_button_is_of_a_chat_or_of_all(scene, program):
    scene.sandbox.start(scene.li, scene.bot)
    assert await program.call("getChatMenuButton") == {"type": "commands"}
    button = {"type": "web_app", "text": "看", "web_app": {"url": "https://example.org"}}
    await program.call("setChatMenuButton", chat_id=scene.li.id, menu_button=button)
    assert await program.call("getChatMenuButton", chat_id=scene.li.id) == button
    assert await program.call("getChatMenuButton") == {"type": "commands"}


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({}, "expected an Array of BotCommand"),
        ({"commands": "["}, "can't parse commands JSON object"),
        ({"commands": menu("Groß")}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "a", "description": ""}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": menu("a") * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ({"commands": menu("a"), "scope": {"type": "moon"}}, "can't parse BotCommandScope: Unsupported type specified"),
        ({"commands": menu("a"), "scope": {"type": "chat", "chat_id": 5}}, "chat not found"),
    ],
)
async def test_wrong_commands_are_refused(scene, program, parameters, words):
    assert await program.refused("setMyCommands", **parameters) == f"Bad Request: {words}"
