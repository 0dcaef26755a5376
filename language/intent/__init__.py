"""Which command plain words mean: 还有什么任务, 完成 30, 请假到周五.

read("做完了30号")     # Intent("done", "30")
read("机分")           # Intent("points", sure=False): ask before
read("今天天气不错")   # None

All of a text must be understood, else it means nothing: who chats about tasks has not asked for theirs. What changes
something is never guessed.
"""

from language.intent.phrases import Kind, kinds
from language.intent.reading import Intent, near, nearest, read

__all__ = ["Intent", "Kind", "kinds", "near", "nearest", "read"]
