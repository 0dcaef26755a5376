"""The processor time of a picture, and the memory of the process that draws it.

Each kind of picture is drawn by the painter as the bot has it drawn, after a warm-up. The time is the worker's, all its
threads together, as the kernel counts it; what the machine does besides counts as little as it can.
"""

import asyncio
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from benchmarks import machine
from benchmarks.result import Row, Say, WorkNotDone
from charts import Bars, Board, Certificate, Figure, Painter, Picture, Ranked, Series, Topic, Topics, Trend, Weekly

MAX_MILLISECONDS, MAX_MEGABYTES = 60, 120
NANOSECONDS = 1e9
LOOK = 0.001  # seconds between two looks at the clock
PNG = b"\x89PNG"


def _weekly() -> Weekly:
    branches = ["总装车间第一党支部", "质量管理部党支部", "技术中心党支部", "物资采购部党支部", "动力分厂党支部"]
    lines = tuple(Ranked(at + 1, name, 12 - at, f"{12 - at}.5 分", at - 2) for at, name in enumerate(branches))
    weeks = tuple(f"{week}周" for week in range(41, 49))
    topics = tuple(
        Topic(name, (6 - at, 2, 1)) for at, name in enumerate(("安全生产", "食堂后勤", "技能培训", "设备维护"))
    )
    return Weekly(
        "第48周党群工作小结",
        Board("支部榜", lines),
        Trend("参与率", weeks, (Series("全公司", (62, 65, 64, 70, 73, 72, 78, 83)),), unit="%"),
        Topics("建议办理", ("已采纳", "办理中", "未采纳"), topics),
        "11月23日—11月29日",
        (Figure("参与率", "83%", "▲5"), Figure("学习人次", "1,284", "▲96"), Figure("任务按时", "91%", "▼2")),
    )


def pictures() -> dict[str, Picture]:
    """One of each kind, as large as they usually are."""
    weekly = _weekly()
    assert weekly.board and weekly.trend and weekly.topics
    ten = tuple(Ranked(at, f"第{at}党支部", 30 - at, f"{30 - at} 分", at % 3 - 1) for at in range(1, 11))
    return {
        "a board of ten": Board("支部人均积分榜", ten, "2026年第48周"),
        "a trend of eight weeks": weekly.trend,
        "columns": Bars("任务完成", tuple("一二三四五六"), (Series("本月", (9, 8, 7, 6, 5, 4)),)),
        "topics": weekly.topics,
        "a certificate": Certificate(
            "荣誉证书", "张三丰 同志", "岗位能手", "勇挑重担，" * 10, "公司党委", "2026年11月28日"
        ),
        "a weekly summary": weekly,
    }


@dataclass(frozen=True, slots=True)
class Size:
    """How many pictures of each kind, and how many of them before the measurement."""

    rounds: int = 20
    warm_up: int = 5


SHORT = Size(rounds=3, warm_up=1)


@dataclass(slots=True)
class Seen:
    """What was measured: milliseconds of each picture by its kind, the worker's memory, the loop's longest wait."""

    times: dict[str, list[float]] = field(default_factory=dict)
    megabytes: float = 0
    lag: float = 0


async def measure(size: Size, say: Say) -> list[Row]:
    """The rows of this benchmark. Raises WorkNotDone, PictureFailed."""
    painter, seen = Painter(), Seen()
    watching = asyncio.create_task(_watch_loop(seen))
    try:
        for at in range(size.warm_up + size.rounds):
            say(f"drawing: round {at + 1}")
            await _draw_each(painter, seen if at >= size.warm_up else Seen())
        seen.megabytes = _peak(painter.pid)
    finally:
        watching.cancel()
        await painter.close()
    return rows(seen)


def rows(seen: Seen) -> list[Row]:
    """What was measured, as rows: the median of the kinds' medians counts, and each kind is told."""
    kinds = {name: median(times) for name, times in seen.times.items()}
    note = ", ".join(f"{name} {time:.0f}" for name, time in kinds.items())
    most = MAX_MILLISECONDS
    what = "a picture, processor time at the median"
    return [
        Row("pictures", what, "", median(kinds.values()), "ms", most=most, figures=_rounded(kinds), note=note),
        Row("pictures", "the process that draws, memory at most", "", seen.megabytes, "MB", most=MAX_MEGABYTES),
        Row("pictures", "the event loop's longest wait meanwhile", "", seen.lag, "ms"),
    ]


def _rounded(kinds: Mapping[str, float]) -> dict[str, float]:
    return {name: round(time, 1) for name, time in kinds.items()}


async def _draw_each(painter: Painter, seen: Seen) -> None:
    """Raises WorkNotDone, PictureFailed."""
    for name, picture in pictures().items():
        before = _processor(painter.pid)
        if not (await painter.paint(picture)).startswith(PNG):
            raise WorkNotDone(f"{name} is no picture")
        seen.times.setdefault(name, []).append((_processor(painter.pid) - before) * 1000)


async def _watch_loop(seen: Seen) -> None:
    """Notice how much later than asked for the event loop comes back."""
    while True:
        begun = time.perf_counter()
        await asyncio.sleep(LOOK)
        seen.lag = max(seen.lag, (time.perf_counter() - begun - LOOK) * 1000)


def _processor(pid: int | None) -> float:
    """Seconds of processor that a process has used; by the kernel's nanoseconds where it tells them."""
    if pid is None:
        return 0.0
    with suppress(OSError):
        tasks = Path(f"/proc/{pid}/task").glob("*/schedstat")
        return sum(int(task.read_text(encoding="ascii").split()[0]) for task in tasks) / NANOSECONDS
    return machine.processor_seconds(pid)


def _peak(pid: int | None) -> float:
    """The most memory that the worker ever had, in MB."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")) / 1024
