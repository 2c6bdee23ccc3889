"""What an explicit mark lacks in a file, as far as it can be told without guessing.

In texts and documents a mark is a line, and is read. In pixels and sounds only what was drawn here
is known again, by its shapes, and the rhythm of any maker; of the rest nothing is said but that it
was not checked.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hegui.marks import extras
from hegui.marks.explicit.adding import KINDS
from hegui.marks.explicit.standard import standard
from hegui.marks.explicit.wish import Wish
from hegui.marks.finding import Finding, finding
from hegui.marks.formats import detect
from hegui.marks.plain_text import MAX_BYTES
from hegui.marks.source import File, Source

if TYPE_CHECKING:
    from hegui.marks.explicit.rhythm import Sound

#: How much lower than asked a mark may seem: its height is found by shapes that come in steps.
_TOLERANCE = 0.13
#: A mark farther from every edge, of the shortest side, is at none.
_EDGE = 0.15
#: So many frames of an animation are looked at, spread over its length.
_FRAMES = 48
_WISH = Wish()


def check(file: File) -> tuple[Finding, ...]:
    """Looks for the explicit mark of a file and says what it lacks (GB 45438-2025, 5.1 to 5.4).

    Args:
        file: a path, bytes, or a binary file that can seek.

    Returns:
        Nothing for a mark that is as the standard asks; else ``explicit-missing``,
        ``explicit-elements``, ``explicit-small``, ``explicit-place``, ``explicit-frame``,
        ``explicit-short`` or ``explicit-rhythm``; ``explicit-not-checked`` (information) where a
        mark of another maker can't be told from its absence.

    Raises:
        MarksError: ``extra_missing``; ``format_unknown``, ``file_malformed``, ``file_protected``,
            ``file_too_complex``, ``file_unavailable``.
    """
    with Source.of(file) as source:
        _, name = detect(source)
        kind = KINDS.get(name)
        if kind is None:
            return (finding("explicit-not-checked", format=name),)
        for library in kind.needs:
            extras.need(library, kind.extra)
        return tuple(_CHECKS[kind.module](source, name))


def _picture(source: Source, format: str) -> Iterator[Finding]:  # noqa: A002  as the carriers
    from hegui.marks.explicit import image, stills  # noqa: PLC0415  needs an extra

    asked = standard().image_height.value
    with stills.opened(source, format) as picture:
        count = getattr(picture, "n_frames", 1)
        step = max(1, count // _FRAMES)
        seen, first_without = [], None
        for number in range(0, count, step):
            picture.seek(number)
            found = image.seen(picture, _WISH)
            if found is not None:
                seen.append(found)
            elif first_without is None:
                first_without = number + 1
    if not seen:
        yield finding("explicit-not-checked", format=format)
        return
    if first_without is not None:
        yield finding("explicit-frame", frame=first_without, count=count)
    lowest = min(found.height for found in seen)
    if lowest < asked * (1 - _TOLERANCE):
        yield finding("explicit-small", height=f"{lowest:.1%}", asked=f"{asked:.0%}")
    if max(found.edge for found in seen) > _EDGE:
        yield finding("explicit-place")


def _video(source: Source, format: str) -> Iterator[Finding]:  # noqa: A002
    from hegui.marks.explicit import av_files, video  # noqa: PLC0415  needs an extra

    with av_files.opened(source, format) as old:
        if not video.films(old):
            yield from _sound(source, format)
            return
    seconds, looked = video.seconds_shown(source, format, _WISH)
    if seconds == 0:
        yield finding("explicit-not-checked", format=format)
    elif seconds < looked:
        yield finding("explicit-short", seconds=f"{seconds:.2f}", asked=f"{looked:g}")


def _sound(source: Source, format: str) -> Iterator[Finding]:  # noqa: A002
    from hegui.marks.explicit import audio, av_files, rhythm  # noqa: PLC0415  needs an extra

    with av_files.opened(source, format) as old:
        rate = audio.rate_of(old, format)
    yield from _heard(audio.edges(source, format, rhythm.made(rate), rate), rate, format)


def _wave(source: Source, format: str) -> Iterator[Finding]:  # noqa: A002
    from hegui.marks.explicit import rhythm, sounds, wav  # noqa: PLC0415  needs an extra

    wave = wav.read(source)
    rate = wave.layout.rate
    ends = wav.edges(source, wave, sounds.listened(rhythm.made(rate), rate))
    yield from _heard(ends, rate, format)


def _heard(ends: list["Sound"], rate: int, format: str) -> Iterator[Finding]:  # noqa: A002
    from hegui.marks.explicit import rhythm  # noqa: PLC0415  needs an extra

    found = [one for end in ends if (one := rhythm.heard(end, rate)) is not None]
    if not found:
        yield finding("explicit-not-checked", format=format)
    elif not any(one.letters_apart for one in found):
        yield finding("explicit-rhythm", rhythm=standard().rhythm.value)


def _drawing(source: Source, format: str) -> Iterator[Finding]:  # noqa: A002
    from hegui.marks.explicit import svg  # noqa: PLC0415  read on use

    if not svg.seen(svg.read(source, format), _WISH):
        yield finding("explicit-not-checked", format=format)


def _pages(source: Source, format: str) -> Iterator[Finding]:  # noqa: A002
    from hegui.marks.explicit import pdf  # noqa: PLC0415  needs an extra

    if not pdf.seen(source, format, _WISH):
        yield finding("explicit-not-checked", format=format)


def _text(source: Source, format: str) -> Iterator[Finding]:  # noqa: A002
    from hegui.marks.explicit import text  # noqa: PLC0415  read on use

    if source.size > MAX_BYTES:
        yield finding("explicit-not-checked", format=format)
    elif not text.seen(source, _WISH):
        short = text.badge(source)
        yield finding("explicit-elements", text=short) if short else finding("explicit-missing")


def _office(source: Source, format: str) -> Iterator[Finding]:  # noqa: A002
    from hegui.marks.explicit import docx, pptx, xlsx  # noqa: PLC0415  read on use
    from hegui.marks.explicit.package import Package  # noqa: PLC0415

    package = Package(source, format)
    if format == "docx":
        there = docx.seen(package, _WISH)
    else:
        module = pptx if format == "pptx" else xlsx
        there = any(module.seen(package, name, _WISH) for name in module.first(package))
    if not there:
        yield finding("explicit-missing")


_CHECKS = {
    **dict.fromkeys(("stills", "animation", "gif"), _picture),
    "video": _video,
    "audio": _sound,
    "wav": _wave,
    "svg": _drawing,
    "pdf": _pages,
    "text": _text,
    **dict.fromkeys(("docx", "pptx", "xlsx"), _office),
}
