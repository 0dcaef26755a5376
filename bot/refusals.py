"""What the platform's words mean when it refuses something for good.

They are seen in public reports and in TDLib's source; PTB changes their case. A 400 and a 403 may say the same.
"""

import re

from telegram.error import Forbidden

from domain.messaging.refused import Why

# The first entry that is found in the platform's words decides.
WORDS = {
    Why.TOPIC: re.compile(r"topic_closed|topic_deleted|topic_id_invalid|message thread not found"),
    Why.REPLY: re.compile(r"message to be replied not found|replied message not found|reply_message_id_invalid"),
    Why.POLLS: re.compile(r"rights to send polls|chat_send_polls?_forbidden|poll\w*_forbidden"),
    Why.WRITING: re.compile(
        r"chat_write_forbidden|chat_send_plain_forbidden|chat_guest_send_forbidden|chat_restricted|chat_admin_required"
        r"|rights to send text|no rights to send a message|no write access|need administrator rights"
    ),
    Why.PICTURES: re.compile(r"rights to send photos|chat_send_photos_forbidden"),
    Why.FILES: re.compile(r"rights to send |chat_send_\w+_forbidden"),
    Why.GONE: re.compile(r"group chat was deleted|group chat was deactivated"),
}


def why(error: Exception) -> Why:
    """Why the platform refuses something for good."""
    words = str(error).lower()
    found = next((one for one, pattern in WORDS.items() if pattern.search(words)), None)
    return found or (Why.GONE if isinstance(error, Forbidden) else Why.OTHER)
