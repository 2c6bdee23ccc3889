"""Times as a reader reads them: Beijing time, and how long ago."""

from datetime import UTC, datetime

from hegui.web.language import Say
from hegui.world import BEIJING

_MINUTE, _HOUR, _DAY = 60_000, 3_600_000, 86_400_000


def stamp(ms: int, say: Say) -> str:
    """``2026-10-16 18:00 北京时间``, from milliseconds since 1970 in UTC."""
    at = datetime.fromtimestamp(ms / 1000, UTC).astimezone(BEIJING)
    return say("time.zone", stamp=at.strftime("%Y-%m-%d %H:%M"))


def iso(ms: int) -> str:
    """``2026-10-16T10:00:00+00:00``, for programs: the ``datetime`` of a ``<time>``."""
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="seconds")


def ago(ms: int, now: int, say: Say) -> str:
    """How long ago ``ms`` was, in the largest unit that fills once; the future counts as now."""
    past = now - ms
    if past < _MINUTE:
        return say("time.now")
    if past < _HOUR:
        return say("time.minutes", n=past // _MINUTE)
    if past < _DAY:
        return say("time.hours", n=past // _HOUR)
    return say("time.days", n=past // _DAY)
