"""A generation's way through the house, station by station, for its drawing and its words."""

from collections.abc import Iterator

import msgspec

from hegui.console.reading.generation import Generation
from hegui.web.categories import category
from hegui.web.drawings import State
from hegui.web.language import Say

#: How an outcome stands, as a status with its shape.
KINDS: dict[str, State] = {
    "delivered": "met",
    "stopped": "due",
    "failed": "not_met",
    "abandoned": "na",
    "interrupted": "not_met",
    "running": "stale",
}


class Station(msgspec.Struct, frozen=True):
    """One station.

    Attributes:
        key: its name is ``generations.way.KEY``.
        state: how it stands.
        lines: what happened there.
        onward: whether the way went on to the next.
    """

    key: str
    state: State
    lines: list[str]
    onward: bool = True


def wait(ms: int, say: Say) -> str:
    """Milliseconds as a reader reads them; ten seconds and more in seconds."""
    if ms < 10_000:
        return say("generations.ms", n=f"{ms:,}")
    return say("generations.s", n=f"{ms / 1000:,.0f}")


def way(it: Generation, say: Say) -> list[Station]:
    """The six stations, in their order."""
    return [
        _admit(it, say),
        _screen_in(it, say),
        _model(it, say),
        _screen_out(it, say),
        _mark(it, say),
        _record(it, say),
    ]


def _admit(it: Generation, say: Say) -> Station:
    how = say(f"generations.way.{'streamed' if it.main.streamed else 'whole'}")
    lines = [say("generations.way.admit_text", application=it.main.application, how=how)]
    if it.admitted is not None:
        version = it.admitted.agreement
        key = "agreement" if version else "agreement_none"
        lines.append(say(f"generations.way.{key}", n=version))
    return Station("admit", "met", lines)


def _screen_in(it: Generation, say: Say) -> Station:
    stopped = it.main.side == "input"
    lines = list(_screened(it, "input", say))
    if it.admitted is not None:
        lines.append(say("generations.way.fingerprint", digest=it.admitted.screen[:12]))
    return Station("screen_in", "due" if stopped else "met", lines, onward=not stopped)


def _model(it: Generation, say: Say) -> Station:
    main = it.main
    if main.side == "input":
        return Station("model", "na", [say("generations.way.not_asked")], onward=False)
    lines = [say("generations.way.upstream", name=main.upstream)] if main.upstream else []
    if main.outcome is None:
        return Station("model", "stale", [*lines, say("generations.way.waiting")], onward=False)
    if main.first_ms is None:
        lines.append(say("generations.way.no_byte"))
    else:
        lines.append(say("generations.way.first", wait=wait(main.first_ms, say)))
    if main.outcome == "failed":
        lines.append(say("generations.way.failed", code=main.code))
    answered = it.sent or main.side == "output"
    state: State = "not_met" if main.outcome == "failed" else "met" if answered else "na"
    return Station("model", state, lines, onward=answered)


def _screen_out(it: Generation, say: Say) -> Station:
    main = it.main
    if main.outcome is None and main.side is None:
        return Station("screen_out", "stale", [], onward=False)
    if not it.sent and main.side != "output":
        return Station("screen_out", "na", [say("generations.way.nothing_out")], onward=False)
    lines = list(_screened(it, "output", say))
    lines.append(say("generations.way.chars", n=f"{main.answer_chars or 0:,}"))
    if main.outcome == "abandoned":
        lines.append(say("generations.way.left"))
    if main.outcome == "interrupted":
        lines.append(say("generations.way.cut"))
    state: State = "due" if main.side == "output" else "met"
    return Station("screen_out", state, lines, onward=it.sent)


def _mark(it: Generation, say: Say) -> Station:
    if it.main.outcome is None:
        return Station("mark", "stale", [], onward=False)
    if not it.sent:
        return Station("mark", "na", [say("generations.way.unmarked")], onward=False)
    lines = [say("generations.way.marked")]
    if it.admitted is not None:
        place = say(f"generations.way.place.{it.admitted.label_at}")
        lines.append(say("generations.way.marked_text", place=place))
    return Station("mark", "met", lines)


def _record(it: Generation, say: Say) -> Station:
    main, lines = it.main, []
    places = [f"#{one.idx:,}" for one in it.evidence if one.idx is not None]
    pending = len(it.evidence) - len(places)
    if places:
        lines.append(say("generations.way.entries", places=" ".join(places)))
    if pending:
        lines.append(say("generations.way.pending", n=pending))
    if main.ended is not None:
        lines.append(say("generations.way.took", wait=wait(main.ended - main.started, say)))
    if main.outcome is not None and len(it.evidence) < 2:
        return Station("record", "not_met", [*lines, say("generations.way.missing")])
    return Station("record", "stale" if pending or main.outcome is None else "met", lines)


def _screened(it: Generation, side: str, say: Say) -> Iterator[str]:
    """What the screen found on one side."""
    main = it.main
    if main.side == side:
        yield say("generations.way.stop", category=category(main.category or "", say))
        if main.decided_at is not None:
            yield say("generations.way.after", wait=wait(main.decided_at - main.started, say))
    else:
        yield say("generations.way.clear")
    found = sum(one.side == side for one in it.findings)
    if found:
        yield say("generations.way.found", n=found)
