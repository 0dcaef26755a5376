"""All limits on what one person and one chat may take, so that nobody can stall or silence the others.

`docs/limits.md` explains them to operators, and repeats the numbers; a test compares the two.
"""

# Updates in flight
MAX_IN_FLIGHT = 256  # updates that are handled at a time
MAX_IN_FLIGHT_OF_PERSON = 8  # updates of one person that are handled at a time, in all chats
MAX_HELD_OF_CHAT = 256  # updates of a chat that wait in memory; those after them wait in the store

# What one person may ask for; more is closed, not handled, and that is said once
BUDGET_SECONDS = 60  # seconds that a budget is for, and that whoever has spent it pauses
MAX_REQUESTS = 30  # messages of a person that the bot acts on, in BUDGET_SECONDS, in all chats
MAX_PRESSES = 60  # presses of a person, in BUDGET_SECONDS, in all chats
MAX_ANSWERS_IN_GROUP = 12  # requests and presses of a person that a group has to read about, in BUDGET_SECONDS
MAX_ANSWERS_FIRST = 5  # of these, how many are as urgent as the answers to others; later ones let those pass

# Equal things are one
REPEAT_SECONDS = 5  # seconds after an expensive command in which the same one is not answered again
EQUAL_REFUSAL_SECONDS = 3  # seconds after a refusal in which its chat does not read the same one again

# What the platform has said about somebody's place in a group
MEMBERSHIP_KEPT_SECONDS = 180  # seconds, or until the platform tells of a change, as it tells administrators
UNTOLD_KEPT_SECONDS = 5  # seconds where the bot is no administrator, and would not be told

# What is remembered for all this
MAX_REMEMBERED = 20_000  # persons or chats; then those are dropped that do not matter any more
REMEMBERED_SECONDS = 600  # seconds that a command or a refusal may matter to equal ones that still wait


def room_beside(left: int) -> int:
    """How many may be remembered before what is over is looked for again: where many are left, twice as many.

    Else each one more would be compared with all of them.
    """
    return max(MAX_REMEMBERED, 2 * left)
