"""Numbers, times and lengths in sentences, in Chinese and in English."""

from datetime import datetime
from decimal import ROUND_DOWN, Decimal

from hegui.law import Words
from hegui.world import BEIJING

_STEPS = ((86_400, " 天", "d"), (3_600, " 小时", "h"), (60, " 分钟", "min"), (1, " 秒", "s"))


def count(number: int) -> str:
    """``1,204``."""
    return f"{number:,}"


def share(part: int, of: int) -> str:
    """A share in percent, rounded down to hundredths, so that only all is 100%."""
    return percent(Decimal(part) / of)


def percent(number: Decimal) -> str:
    """0.995 as ``99.5%``."""
    rounded = (number * 100).quantize(Decimal("0.01"), ROUND_DOWN)
    return f"{rounded.normalize():f}%"


def when(at: int) -> str:
    """A time in Beijing, to the minute."""
    return datetime.fromtimestamp(at // 1000, BEIJING).strftime("%Y-%m-%d %H:%M")


def length(ms: int) -> Words:
    """How long something took, in its two largest units."""
    seconds = max(0, round(ms / 1000))
    zh: list[str] = []
    en: list[str] = []
    for size, in_zh, in_en in _STEPS:
        n, seconds = divmod(seconds, size)
        if n and len(zh) < 2:
            zh.append(f"{n}{in_zh}")
            en.append(f"{n} {in_en}")
    return Words(" ".join(zh) or "不到 1 秒", " ".join(en) or "under 1 s")
