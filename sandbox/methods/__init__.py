"""The methods of the Bot API, one module for each group of them."""

from collections.abc import Awaitable, Callable
from typing import Any

from sandbox.methods import (
    callbacks,
    chats,
    editing,
    files,
    keeping,
    me,
    polls,
    receiving,
    sending,
    webhooks,
)
from sandbox.methods.request import Request

Method = Callable[[Request], Any | Awaitable[Any]]

METHODS: dict[str, Method] = {
    "getMe": me.get_me,
    "setMyCommands": me.set_my_commands,
    "getMyCommands": me.get_my_commands,
    "deleteMyCommands": me.delete_my_commands,
    "setChatMenuButton": me.set_chat_menu_button,
    "getChatMenuButton": me.get_chat_menu_button,
    "getUpdates": receiving.get_updates,
    "setWebhook": webhooks.set_webhook,
    "deleteWebhook": webhooks.delete_webhook,
    "getWebhookInfo": webhooks.get_webhook_info,
    "sendMessage": sending.send_message,
    "sendPhoto": sending.send_photo,
    "sendDocument": sending.send_document,
    "sendMediaGroup": sending.send_media_group,
    "sendChatAction": sending.send_chat_action,
    "sendPoll": polls.send_poll,
    "stopPoll": polls.stop_poll,
    "editMessageText": editing.edit_message_text,
    "editMessageCaption": editing.edit_message_caption,
    "editMessageReplyMarkup": editing.edit_message_reply_markup,
    "editMessageMedia": editing.edit_message_media,
    "deleteMessage": keeping.delete_message,
    "deleteMessages": keeping.delete_messages,
    "copyMessage": keeping.copy_message,
    "forwardMessage": keeping.forward_message,
    "setMessageReaction": keeping.set_message_reaction,
    "pinChatMessage": keeping.pin_chat_message,
    "unpinChatMessage": keeping.unpin_chat_message,
    "unpinAllChatMessages": keeping.unpin_all_chat_messages,
    "answerCallbackQuery": callbacks.answer_callback_query,
    "getFile": files.get_file,
    "getChat": chats.get_chat,
    "getChatMember": chats.get_chat_member,
    "getChatMemberCount": chats.get_chat_member_count,
    "getChatAdministrators": chats.get_chat_administrators,
    "leaveChat": chats.leave_chat,
    "createChatInviteLink": chats.create_chat_invite_link,
}

# Telegram takes names of methods in any case.
BY_NAME = {name.lower(): (name, method) for name, method in METHODS.items()}
