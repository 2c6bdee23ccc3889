"""Ogg: the label in the Vorbis comment ``AIGC`` of the first stream (TC260-PG-202510A).

Vorbis, Opus, Speex, FLAC and Theora all have their comments in the stream's second packet. It is
laid out anew on as many pages as before, so every later page stays byte for byte; only when the
comments outgrow these pages (each holds 65,025 bytes) are the stream's later pages renumbered.
Labels in other streams, and in other links of a chain, go.
"""

import msgspec

from hegui.marks.carriers import ogg_page, vorbis
from hegui.marks.carriers.ogg_page import Page
from hegui.marks.carriers.pieces import joined, patched
from hegui.marks.errors import malformed, too_complex
from hegui.marks.plan import Piece, Plan, Span, Wanted, length
from hegui.marks.reading import Contents, Meta, Place
from hegui.marks.source import Source

#: So many pages are walked for further links (hours of sound); beyond, the last page tells.
MAX_WALK = 100_000
#: So many pages may one comment packet take (66 MB); and so many streams are there at most.
_MAX_PAGES = 1024
_MAX_STREAMS = 256
_MAX_PAGE = 65_307
_SKELETON = b"fishead\0"
_FRAMING = b"\1"


class _Codec(msgspec.Struct, frozen=True):
    """How a codec's streams begin, what its comment packet begins with, and what closes it."""

    bos: bytes
    prefix: bytes
    framing: bytes = b""


_OPUS = _Codec(b"OpusHead", b"OpusTags")
_FLAC = _Codec(b"\x7fFLAC", b"")
_CODECS = (
    _Codec(b"\1vorbis", b"\3vorbis", _FRAMING),
    _OPUS,
    _Codec(b"\x80theora", b"\x81theora"),
    _Codec(b"Speex   ", b""),
    _FLAC,
)


class _Stream(msgspec.Struct):
    """One stream of one link.

    Attributes:
        codec: its codec.
        serial: its number.
        link: its link's place in the chain.
        pages: those of its comment packet, up to one on which a packet ends.
        ended: whether the comment packet has ended on them.
        done: whether all packets on them have.
    """

    codec: _Codec
    serial: bytes
    link: int
    pages: list[Page]
    ended: bool = False
    done: bool = False


class _Packet(msgspec.Struct, frozen=True):
    """A comment packet in parts."""

    head: bytes
    comments: vorbis.Comments
    framing: bytes
    padding: bytes


def sniff(head: bytes, source: Source) -> str | None:
    """``opus`` when the first stream that has comments is Opus, else ``ogg``."""
    if not head.startswith(ogg_page.MAGIC):
        return None
    at = 0
    while (page := ogg_page.page(source, at)) is not None and page.bos:
        codec = _codec(source, page)
        if codec is not None:
            return "opus" if codec is _OPUS else "ogg"
        at = page.stop
    return "ogg"


def read(source: Source, format: str) -> Contents:  # noqa: A002  the frame's name for it
    """The labels in the comments of all streams and links, and what else these say.

    Raises:
        MarksError: ``file_malformed``, ``file_too_complex``.
    """
    places: list[Place] = []
    metadata: list[Meta] = []
    for stream in _streams(source)[0]:
        found, said = _packet(source, stream)[0].comments.read()
        places += found
        metadata += said
    return Contents(format, tuple(places), tuple(metadata))


def write(source: Source, format: str, wanted: Wanted) -> Plan:  # noqa: A002, ARG001
    """The file with the label in its first stream's comments.

    Raises:
        MarksError: ``file_malformed`` when no stream has comments that are known here, or a
            Skeleton index would point to wrong places; ``file_too_complex``.
    """
    streams, links, indexed = _streams(source)
    if not streams or streams[0].link:
        raise malformed("ogg", "没有可写注释的流", "no stream has comments that are known here")
    new: dict[int, tuple[int, bytes]] = {}
    changes: list[tuple[int, bytes]] = []
    label: bytes | None = wanted.label.to_json()
    for stream in streams:
        packet, others = _packet(source, stream)
        if label is not None or packet.comments.labelled:
            pages = _relaid(stream, [_edited(stream, packet, label), *others])
            by = len(pages) - len(stream.pages)
            if by:
                changes += _renumbered(source, stream, links, by)
            last = stream.pages[-1].start
            for place, old in enumerate(stream.pages):
                end = len(pages) if old.start == last else place + 1
                new[old.start] = (old.stop, b"".join(pages[place:end]))
        label = None
    pieces: list[Piece] = []
    at = 0
    for start, (stop, data) in sorted(new.items()):
        pieces += (Span(at, start), data)
        at = stop
    plan = joined([*pieces, Span(at, source.size)])
    if indexed and length(plan) != source.size:
        raise malformed("ogg", "含 Skeleton 索引", "its Skeleton index would no longer be right")
    return patched(plan, changes)


def _streams(source: Source) -> tuple[list[_Stream], list[int], bool]:
    """The streams with comments, in order; where the links begin; whether there is an index."""
    streams: list[_Stream] = []
    links: list[int] = []
    open_streams: dict[bytes, _Stream] = {}
    serials: set[bytes] = set()
    at = walked = 0
    beginning = indexed = False
    while (page := ogg_page.page(source, at)) is not None:
        if page.bos and not beginning:
            links.append(at)
            _check_done(open_streams)
            open_streams, serials = {}, set()
        beginning = page.bos
        if page.bos:
            serials.add(page.serial)
            codec = _codec(source, page)
            indexed = indexed or _is_index(source, page)
            if codec is not None:
                stream = _Stream(codec, page.serial, len(links) - 1, [])
                streams.append(stream)
                open_streams[page.serial] = stream
        elif (found := open_streams.get(page.serial)) is not None and not found.done:
            _take(found, page)
        at = page.stop
        walked += 1
        if walked == MAX_WALK:
            _check_last(source, at, serials)
            break
        if len(streams) > _MAX_STREAMS:
            raise too_complex("ogg")
    _check_done(open_streams)
    if not links:
        raise malformed("ogg", "首页不完整", "its first page is not whole")
    return streams, links, indexed


def _take(stream: _Stream, page: Page) -> None:
    if len(stream.pages) == _MAX_PAGES:
        raise too_complex("ogg")
    stream.pages.append(page)
    stream.ended = stream.ended or any(size < ogg_page.SEGMENTS for size in page.lacing)
    stream.done = stream.ended and page.complete


def _check_done(streams: dict[bytes, _Stream]) -> None:
    if not all(stream.done for stream in streams.values()):
        raise malformed("ogg", "缺少注释包", "a stream ends before its comments do")


def _check_last(source: Source, at: int, serials: set[bytes]) -> None:
    """Refuses a very long file whose last page is of another link than the one walked so far."""
    start = max(at, source.size - 2 * _MAX_PAGE)
    tail = source.upto(start, 2 * _MAX_PAGE)
    last = tail.rfind(ogg_page.MAGIC)
    if last >= 0 and len(tail) >= last + 18 and tail[last + 14 : last + 18] not in serials:
        raise too_complex("ogg")


def _codec(source: Source, page: Page) -> _Codec | None:
    head = source.upto(page.start + len(page.head), 9)
    return next((codec for codec in _CODECS if head.startswith(codec.bos)), None)


def _is_index(source: Source, page: Page) -> bool:
    """Whether a page begins Skeleton 4, whose index holds offsets within the file."""
    head = source.upto(page.start + len(page.head), 10)
    return head.startswith(_SKELETON) and int.from_bytes(head[8:10], "little") >= 4


def _packet(source: Source, stream: _Stream) -> tuple[_Packet, list[bytes]]:
    """The comment packet, and the packets that share its pages."""
    first, *others = ogg_page.packets(source, stream.pages)
    size = 4 if stream.codec is _FLAC else len(stream.codec.prefix)
    head = first[:size]
    if len(head) < size or (stream.codec is not _FLAC and head != stream.codec.prefix):
        raise malformed("ogg", "第二个包不是注释", "a stream's second packet is not its comments")
    if stream.codec is _FLAC and head[0] & 0x7F != 4:
        raise malformed("ogg", "第二个包不是注释", "a stream's second packet is not its comments")
    comments = vorbis.Comments.parse(first[size:])
    source.reads -= vorbis.COST * len(comments.comments)
    framing = comments.rest[: len(stream.codec.framing)]
    return _Packet(head, comments, framing, comments.rest[len(framing) :]), others


def _edited(stream: _Stream, packet: _Packet, label: bytes | None) -> bytes:
    """The comment packet with the label; padding that is there takes up the difference."""
    built = packet.comments.build(label) + packet.framing
    padding = packet.padding
    if padding and not padding.strip(b"\0"):
        old = packet.comments.size + len(packet.framing) + len(padding)
        padding = bytes(max(0, old - len(built)))
    body = built + padding
    head = packet.head
    if stream.codec is _FLAC:
        if len(body) >= 1 << 24:
            raise malformed("ogg", "注释块超过 16 MB", "its comments exceed 16 MB")
        head = head[:1] + len(body).to_bytes(3, "big")
    return head + body


def _relaid(stream: _Stream, packets: list[bytes]) -> list[bytes]:
    if any(page.granule not in {0, -1} for page in stream.pages):
        raise malformed("ogg", "注释与声音同页", "sound shares a page with the comments")
    eos = stream.pages[-1].eos
    return ogg_page.paged(packets, stream.pages[0], len(stream.pages), eos=eos)


def _renumbered(
    source: Source, stream: _Stream, links: list[int], by: int
) -> list[tuple[int, bytes]]:
    """The later pages of a stream, up to the next link, with new numbers."""
    ends = [*links[stream.link + 1 :], source.size]
    changes = []
    at = stream.pages[-1].stop
    while at < ends[0] and (page := ogg_page.page(source, at)) is not None:
        if page.serial == stream.serial:
            changes.append(ogg_page.renumbered(page, by))
        at = page.stop
    return changes
