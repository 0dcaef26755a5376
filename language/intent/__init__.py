"""Which command plain words mean: 还有什么任务, 完成 30, 请假到周五.

read("做完了30号")     # Intent("done", "30")
read("机分")           # Intent("points", sure=False): ask before
read("今天天气不错")   # None

The whole text must be understood, or it means nothing: people who chat about tasks do not ask for a list of theirs. A
command that changes something is never guessed.
"""

from language.intent.phrases import Kind, kinds
from language.intent.reading import Intent, near, nearest, read

__all__ = ["Intent", "Kind", "kinds", "near", "nearest", "read"]
