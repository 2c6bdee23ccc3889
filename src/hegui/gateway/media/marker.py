"""Marks a generated file: what people see or hear, and the one label in its metadata.

All of it is work for a thread of the marker's own, so that no reader of a text waits for a
picture. A file that can't be marked does not leave (Labelling Measures, Art. 4 and 5).
"""

import asyncio
import hashlib
import logging
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib.util import find_spec

import msgspec

from hegui import marks
from hegui.config.model import Labels
from hegui.gateway.errors import GatewayError
from hegui.gateway.media.routes import Media
from hegui.gateway.sse import broken
from hegui.marks import Label, MarksError
from hegui.store.tally import day_of
from hegui.world import World

#: Files marked at once; drawing and encoding take a processor each.
_AT_ONCE = 2
_SAID = 200

_log = logging.getLogger("hegui.gateway")

Sign = Callable[[Label], Label]


class Marked(msgspec.Struct, frozen=True, kw_only=True):
    """A file that may leave.

    Attributes:
        data: the file with its marks.
        media: what it is.
        format: its format's name, found by content.
        media_type: for HTTP.
        produce_id: the content's number in the label.
        label: SHA-256 of the label's bytes, hex.
        file: SHA-256 of the file, hex.
        explicit: whether it bears the label that people see or hear.
        read: the verdict of reading it back, if it was in the sample; else empty.
    """

    data: bytes
    media: Media
    format: str
    media_type: str
    produce_id: str
    label: str
    file: str
    explicit: bool
    read: str


class Held(GatewayError):  # noqa: N818  it says what became of the file
    """A file that was marked and does not read back so; it does not leave.

    Attributes:
        media, format, read, findings: as of ``output.held``.
    """

    def __init__(self, media: Media, format: str, read: str, findings: str) -> None:  # noqa: A002
        super().__init__(
            "mark_wrong",
            status=500,
            zh="生成的文件回读时标识不符，因此没有给出。请重试；若再次出现，请告知服务方。",
            en="The generated file did not read back as it was marked, so it is not given out. "
            "Try again, and tell the provider if it happens again.",
        )
        self.media = media
        self.format = format
        self.read = read
        self.findings = findings


class Marker:
    """Marks files.

    Args:
        producer: the provider's code.
        labels: the settings of labels.
        sign: signs a label; none: labels are not signed.
        world: clock and randomness.
    """

    def __init__(self, producer: str, labels: Labels, sign: Sign | None, world: World) -> None:
        self._producer = producer
        self._drawn = labels.drawn
        self._share = int(labels.sampled * (1 << 32))
        self._sign = sign
        self._world = world
        self._sampled: dict[Media, int] = {}
        self._workers = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="hegui-mark")

    async def mark(self, data: bytes, media: Media, produce_id: str, *, explicit: bool) -> Marked:
        """Mark one file.

        Args:
            data: the file as it was generated.
            media: what it must be.
            produce_id: the content's number.
            explicit: whether people must see or hear that it is generated.

        Raises:
            GatewayError: ``upstream_broken`` for another kind of file, ``mark_failed`` for one
                that can't be marked, ``mark_wrong`` for one that does not read back.
        """
        sample = self._is_sampled(media)
        loop = asyncio.get_running_loop()
        work = partial(self._mark, data, media, produce_id, explicit=explicit, sample=sample)
        return await loop.run_in_executor(self._workers, work)

    def check(self, media: Media, *, explicit: bool) -> None:
        """Refuse a request whose result could never leave, before a model works on it.

        Raises:
            GatewayError: 501 ``mark_unavailable``: what draws on clips is not installed.
        """
        if explicit and media == "video" and find_spec("av") is None:
            raise GatewayError(
                "mark_unavailable",
                status=501,
                zh="本服务还不能在视频上加可见标识，因此不生成视频。提供者需安装 hegui[video]。",
                en="This service can't put the visible label on clips yet, so it makes none. Its "
                "provider has to install hegui[video].",
            )

    async def aclose(self) -> None:
        """Let the threads end."""
        await asyncio.to_thread(self._workers.shutdown, cancel_futures=True)

    def _is_sampled(self, media: Media) -> bool:
        """The first of a kind each day (Beijing), and of the others the share that is set."""
        day = day_of(self._world.now())
        if self._sampled.get(media) != day:
            self._sampled[media] = day
            return True
        return int.from_bytes(self._world.token(4)) < self._share

    def _mark(
        self, data: bytes, media: Media, produce_id: str, *, explicit: bool, sample: bool
    ) -> Marked:
        label = Label.first(self._producer, produce_id)
        try:
            name, media_type = _format(data, media)
            if explicit:
                data = _drawn(data, self._drawn if media != "audio" else None)
            if self._sign is not None:
                label = self._sign(label)
            made = marks.write(data, label)
        except MarksError as error:
            raise _unmarkable(error.zh, error.en) from error
        except GatewayError:
            raise
        except Exception as error:
            # Files of models go through decoders that are not ours; whatever one raises, the
            # file stays here and the generation gets its outcome.
            _log.exception("marking a file")
            raise _unmarkable("内部错误", "an internal error") from error
        assert made is not None  # noqa: S101  there was no path to write to
        return Marked(
            data=made,
            media=media,
            format=name,
            media_type=media_type,
            produce_id=produce_id,
            label=hashlib.sha256(label.to_json()).hexdigest(),
            file=hashlib.sha256(made).hexdigest(),
            explicit=explicit,
            read=_read_back(made, media, label, explicit=explicit) if sample else "",
        )


def _format(data: bytes, media: Media) -> tuple[str, str]:
    """A file's format and media type, by its content.

    Raises:
        UpstreamError: ``upstream_broken`` when it is another kind of file.
    """
    name = marks.format_of(data)
    media_type = marks.FORMATS[name].media_type
    if not media_type.startswith(f"{media}/"):
        raise broken("another_kind_of_file")
    return name, media_type


def _drawn(data: bytes, text: str | None) -> bytes:
    made = marks.explicit.add(data, text=text)
    assert made is not None  # noqa: S101  there was no path to write to
    return made


def _read_back(data: bytes, media: Media, label: Label, *, explicit: bool) -> str:
    """The verdict of the reader that everybody uses, on the bytes as they leave.

    Raises:
        Held: told as the verdict when it is not ``conforming``, ``another`` when the label is
            another, ``explicit`` when what people shall see or hear lacks something.
    """
    reading = marks.read(data)
    verdict = reading.verdict.value
    if verdict != marks.Verdict.CONFORMING or reading.label != label:
        wrong = "another" if verdict == marks.Verdict.CONFORMING else verdict
        raise Held(media, reading.format, wrong, _codes(reading.findings))
    if explicit:
        found = marks.explicit.check(data)
        lacking = [one for one in found if one.severity == marks.Severity.ERROR]
        if lacking:
            raise Held(media, reading.format, "explicit", _codes(lacking))
    return verdict


def _codes(findings: Iterable[marks.Finding]) -> str:
    return ",".join(finding.code for finding in findings)[:_SAID]


def _unmarkable(zh: str, en: str) -> GatewayError:
    return GatewayError(
        "mark_failed",
        status=502,
        zh=f"生成的文件无法加上标识，因此没有给出（{zh.rstrip('。')}）。"
        "请换一种格式重试，或告知服务方。",
        en=f"The generated file can't be marked, so it is not given out ({en.rstrip('.')}). "
        "Ask for another format, or tell the provider.",
    )
