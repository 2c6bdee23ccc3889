"""The bounds on every number of the settings, and how the two times of retention stand."""

import msgspec

from hegui.config.errors import wrong
from hegui.config.model import Settings

_DAY_SECONDS = 86_400
_CENTURY_DAYS = 36_500
#: The most that each number may be; beyond, a bound would bound nothing. Every one is above 0.
_MOST: dict[str, dict[str, int]] = {
    "retention": {"passed_days": _CENTURY_DAYS, "stopped_days": _CENTURY_DAYS},
    "limits": {
        "body_bytes": 64 * 1024 * 1024,
        # Both are held in memory while they are worked on.
        "upload_bytes": 256 * 1024 * 1024,
        "media_bytes": 1024 * 1024 * 1024,
        # It is walked by recursion, of which Python has about 1,000 levels.
        "depth": 200,
        "body_seconds": 600,
        # After a crash nothing older is looked for.
        "generation_seconds": _DAY_SECONDS,
        "requests": 100_000,
    },
    "upstream": {
        "connect_seconds": _DAY_SECONDS,
        "first_byte_seconds": _DAY_SECONDS,
        "idle_seconds": _DAY_SECONDS,
    },
}


def check_bounds(settings: Settings) -> None:
    """Holds the numbers of the settings against their bounds.

    Raises:
        ConfigError: ``setting_wrong``, for the first that does not hold.
    """
    _bounded("retention", settings.retention, _MOST["retention"])
    _bounded("limits", settings.limits, _MOST["limits"])
    for place, upstream in enumerate(settings.upstream):
        _bounded(f"upstream[{place}]", upstream, _MOST["upstream"])
    sampled = settings.labels.sampled
    if not 0 <= sampled <= 1:  # also refuses TOML's nan
        raise wrong("labels.sampled", sampled, zh="0 到 1 之间的数", en="a number from 0 to 1")
    kept = settings.retention
    if kept.stopped_days < kept.passed_days:
        raise wrong(
            "retention.stopped_days",
            kept.stopped_days,
            zh=f"不少于 retention.passed_days（{kept.passed_days}）的天数",
            en=f"at least retention.passed_days ({kept.passed_days})",
        )


def _bounded(name: str, table: msgspec.Struct, most: dict[str, int]) -> None:
    for field, limit in most.items():
        value = getattr(table, field)
        # The comparison also refuses TOML's nan.
        if not 0 < value <= limit:
            raise wrong(
                f"{name}.{field}",
                value,
                zh=f"大于 0、不超过 {limit} 的数字",
                en=f"a number above 0, at most {limit}",
            )
