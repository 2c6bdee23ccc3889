"""Counts wrong attempts, so that a passphrase can't be guessed. In memory, of bounded size."""

from collections import OrderedDict, deque
from datetime import datetime
from threading import Lock

from hegui.people.errors import PeopleError
from hegui.world import BEIJING

#: Wrong attempts that are let through within the window.
ATTEMPTS = 5
WINDOW_MS = 900_000
#: Names remembered at once; past it the one tried longest ago is forgotten.
NAMES = 10_000


class Throttle:
    """Attempts by name, within the last 15 minutes. Safe between threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._tried: OrderedDict[str, deque[int]] = OrderedDict()

    def attempt(self, name: str, now: int) -> None:
        """Count an attempt as wrong until :meth:`right` says otherwise.

        Counting first means that many attempts at once can't all slip through.

        Raises:
            PeopleError: ``too_many_attempts``; refused attempts don't count.
        """
        with self._lock:
            tried = self._tried.setdefault(name, deque())
            self._tried.move_to_end(name)
            while tried and now - tried[0] >= WINDOW_MS:
                tried.popleft()
            if len(tried) >= ATTEMPTS:
                raise _too_many(tried[0] + WINDOW_MS, now)
            tried.append(now)
            if len(self._tried) > NAMES:
                self._tried.popitem(last=False)

    def right(self, name: str) -> None:
        """Forget the wrong attempts of a name: its person has proved themselves."""
        with self._lock:
            self._tried.pop(name, None)


def _too_many(again: int, now: int) -> PeopleError:
    minutes = -(-(again - now) // 60_000)
    # To the next full minute, so that the time named is never too early.
    clock = datetime.fromtimestamp(-(-again // 60_000) * 60, tz=BEIJING)
    return PeopleError(
        "too_many_attempts",
        zh=f"口令错误次数过多，账号未受影响。请在约 {minutes} 分钟后"
        f"（{clock:%Y-%m-%d %H:%M} 北京时间）再试。",
        en=f"Too many wrong passphrases; the account is safe. Try again in about {minutes} "
        f"minutes ({clock:%Y-%m-%d %H:%M} Beijing).",
    )
