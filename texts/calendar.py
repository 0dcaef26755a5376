"""Days and times as people say them."""

from datetime import date, datetime

WEEKDAYS = {
    "zh": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
NEAR = {"zh": {0: "今天", 1: "明天", -1: "昨天"}, "en": {0: "today", 1: "tomorrow", -1: "yesterday"}}


def day_name(day: date, language: str) -> str:
    """A day with month and weekday: 12月5日（周六）, Sat 5 Dec."""
    weekday = WEEKDAYS[language][day.weekday()]
    if language == "zh":
        return f"{day.month}月{day.day}日（{weekday}）"
    return f"{weekday} {day.day} {MONTHS[day.month - 1]}"


def moment_name(at: datetime, now: datetime | None, language: str) -> str:
    """A moment to the minute; near days by their name where `now` is known, the year where it is another one."""
    clock = f"{at:%H:%M}"
    if now is None:
        return f"{day_name(at.date(), language)} {clock}"
    away = (at.date() - now.date()).days
    if away in NEAR[language]:
        return f"{NEAR[language][away]} {clock}"
    day = day_name(at.date(), language)
    if at.year != now.year:
        day = f"{at.year}年{day}" if language == "zh" else f"{day} {at.year}"
    return f"{day} {clock}"
