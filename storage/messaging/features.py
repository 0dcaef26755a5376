"""The features of messaging in the store, and their stores; a new one is a line in each list."""

from storage.feature import Keyed, Lazy, declared_in
from storage.messaging import alarm, burden, chat, draft, encryption, inbox, keyboard, numbering, quiet, said

FEATURES = declared_in(vars())


class Stores:
    """The stores of messaging."""

    alarms = Lazy(alarm.Alarms)
    bots = Lazy(numbering.Bots)
    burdens = Lazy(burden.Burdens)
    chats = Lazy(chat.Chats)
    drafts = Keyed(draft.Drafts)
    encryption = Keyed(encryption.Encryption)
    inbox = Keyed(inbox.Inbox)
    keyboards = Lazy(keyboard.Keyboards)
    quiet = Lazy(quiet.Quiets)
