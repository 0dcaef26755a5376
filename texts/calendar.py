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


def moment_name(at: datetime, now: datetime, language: str) -> str:
    """A moment to the minute; near days by their name, the year where it is another one."""
    near = NEAR[language].get((at.date() - now.date()).days)
    return f"{near} {at:%H:%M}" if near else dated_name(at, now, language)


def dated_name(at: datetime, now: datetime | None, language: str) -> str:
    """A moment to the minute by its date, for what stays to be read on other days; the year where it is another one."""
    clock, day = f"{at:%H:%M}", day_name(at.date(), language)
    other_year = now is not None and at.year != now.year
    if language == "zh":
        return f"{f'{at.year}年' if other_year else ''}{day}{clock}"
    return f"{day}{f' {at.year}' if other_year else ''} {clock}"
