"""The circuit breaker: leaves a server alone that fails again and again. No I/O, no clock.

Closed until five failures in a row, then open: nobody asks. After 10 s one caller may probe; the
others still stay away. An answer closes it, a failed probe doubles the wait, up to 120 s.
Any answer counts as a sign of life, also one to a request that began before it opened.
"""

from enum import Enum

FAILURES = 5
FIRST_WAIT = 10.0
LONGEST_WAIT = 120.0
#: What a caller is told to wait while the probe is on its way.
PROBE_WAIT = 1.0


class State(Enum):
    """Whether the server is asked."""

    CLOSED = "closed"
    OPEN = "open"
    PROBING = "probing"


class Event(Enum):
    """What happens to a breaker."""

    ANSWERED = "answered"
    FAILED = "failed"
    FAILED_TOO_OFTEN = "failed too often"
    DUE = "due"
    LEFT = "left"


TABLE: dict[tuple[State, Event], State] = {
    (State.CLOSED, Event.ANSWERED): State.CLOSED,
    (State.CLOSED, Event.FAILED): State.CLOSED,
    (State.CLOSED, Event.FAILED_TOO_OFTEN): State.OPEN,
    (State.CLOSED, Event.DUE): State.CLOSED,
    (State.CLOSED, Event.LEFT): State.CLOSED,
    (State.OPEN, Event.ANSWERED): State.CLOSED,
    (State.OPEN, Event.FAILED): State.OPEN,
    (State.OPEN, Event.FAILED_TOO_OFTEN): State.OPEN,
    (State.OPEN, Event.DUE): State.PROBING,
    (State.OPEN, Event.LEFT): State.OPEN,
    (State.PROBING, Event.ANSWERED): State.CLOSED,
    (State.PROBING, Event.FAILED): State.OPEN,
    (State.PROBING, Event.FAILED_TOO_OFTEN): State.OPEN,
    (State.PROBING, Event.DUE): State.PROBING,
    (State.PROBING, Event.LEFT): State.OPEN,
}


class Breaker:
    """One server's breaker. All times are seconds of one monotonic clock.

    Attributes:
        state: whether the server is asked.
        calm: closed, with no failure since the last answer, as nearly always: whoever asks need
            tell it nothing but a failure.
    """

    def __init__(self) -> None:
        self.state = State.CLOSED
        self.calm = True
        self._failures = 0
        self._wait = FIRST_WAIT
        self._due = 0.0

    def admit(self, now: float) -> bool:
        """Whether the caller may ask now; then it must tell the outcome by one call below."""
        if self.state is State.OPEN and now >= self._due:
            self._on(Event.DUE)
            return True
        return self.state is State.CLOSED

    def answered(self) -> None:
        """The server answered, be it with a refusal."""
        self.calm = True
        self._failures = 0
        self._wait = FIRST_WAIT
        self._on(Event.ANSWERED)

    def failed(self, now: float) -> None:
        """The server could not be reached, gave no answer in time, or failed."""
        self.calm = False
        self._failures += 1
        before = self.state
        self._on(Event.FAILED if self._failures < FAILURES else Event.FAILED_TOO_OFTEN)
        if before is State.PROBING:
            self._wait = min(2 * self._wait, LONGEST_WAIT)
        if self.state is State.OPEN and before is not State.OPEN:
            self._due = now + self._wait

    def left(self) -> None:
        """The caller went away before an outcome; a probe that it was passes to the next."""
        self._on(Event.LEFT)

    def retry_after(self, now: float) -> float:
        """Seconds after which asking may help; 0 when closed."""
        if self.state is State.PROBING:
            return PROBE_WAIT
        return max(0.0, self._due - now) if self.state is State.OPEN else 0.0

    def _on(self, event: Event) -> None:
        self.state = TABLE[self.state, event]
