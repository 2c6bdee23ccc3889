"""Where labels stand in a Markdown file: its front matter, and the places where some put them.

The guide's place is the YAML front matter at the file's head (TC260-PG-20258A 6.5). Others seen:
a second front matter, a fenced block, an HTML comment, bare lines at the top or the bottom. Text
that only speaks of labels, and examples in the midst of a document, are no labels; nor is anything
in the text of a file whose front matter has the label.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Literal, TypeAlias

import msgspec

from hegui.marks.field_names import meant
from hegui.marks.finding import Finding, finding
from hegui.marks.members import MAX_MEMBERS, Pairs, strict
from hegui.marks.yaml_block import below

Spot: TypeAlias = Literal["front-matter", "second", "nested", "fence", "comment", "body"]

#: Where a text quotes: with a label in the front matter, one in a code block is an example.
QUOTED = frozenset({"fence"})
_OPEN = re.compile(rb"[\r\n]*+(?P<rule>---)[ \t]*\r?\n")
_CLOSE = re.compile(rb"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE)
_MAX_FRONT = 262_144
_MAX_FRONTS = 8
_MAX_BLOCK = 65_536
#: Keys named AIGC that are looked into; a sound file has one.
_MAX_TRIES = 24
_MEMBER = re.compile(rb"""["']?[\w.$ \x80-\xff-]++["']?[ \t]*+:|\#|\{|\s*$""")
_AIGC = re.compile(
    rb"^(?P<open>[ \t]*+(?:<!--[ \t]*+)?+(?:\{[ \t]*+)?+)(?P<key>[\"']?AIGC[\"']?)[ \t]*+[:=]",
    re.MULTILINE | re.IGNORECASE,
)
#: A label in the body is one only near an end of the file, so many lines and bytes from it.
_EDGE_LINES = 8
_EDGE_BYTES = 4096
#: So many of the seven fields make a label of something in the body.
_ENOUGH = 3
_EXAMPLE = re.compile(r"value ?\d|your|xxx|\.\.\.|…|示例|\$\{|\{\{|<", re.IGNORECASE)
_WHERE = {
    "second": ("第二个头部区块里", "in a second front matter"),
    "nested": ("头部别的字段之下", "under another key of the front matter"),
    "fence": ("代码块里", "in a fenced block"),
    "comment": ("HTML 注释里", "in an HTML comment"),
    "body": ("正文里", "in the body"),
}
_RIGHT = {
    "right_zh": "文件开头的 YAML 头部（front matter）",
    "right_en": "in the YAML front matter at the file's head",
}


class Front(msgspec.Struct, frozen=True):
    """A front matter: offsets of its opening line, its inside, and the end of its closing line."""

    start: int
    inside: int
    close: int
    stop: int


class Block(msgspec.Struct, frozen=True):
    """One label.

    Attributes:
        start: offset of the first byte that goes when the label goes.
        stop: offset after the last.
        spot: where it stands.
        value: the mapping, or the text of a scalar.
        findings: about its place and its YAML.
    """

    start: int
    stop: int
    spot: Spot
    value: dict[str, object] | str
    findings: tuple[Finding, ...]


def fronts(data: bytes) -> list[Front]:
    """The front matter at the head, and any that follow it at once.

    Args:
        data: the file.
    """
    found: list[Front] = []
    at = 3 if data.startswith(b"\xef\xbb\xbf") else 0
    while len(found) < _MAX_FRONTS:
        opening = _OPEN.match(data, at)
        if opening is None:
            break
        closing = _CLOSE.search(data, opening.end(), opening.end() + _MAX_FRONT)
        if closing is None or not _is_mapping(data[opening.end() : closing.start()]):
            break
        end = data.find(b"\n", closing.end())
        at = len(data) if end < 0 else end + 1
        found.append(Front(opening.start("rule"), opening.end(), closing.start(), at))
    return found


def _is_mapping(inside: bytes) -> bool:
    """Whether what stands between two rules is a mapping, and not a paragraph of text."""
    lines = inside.split(b"\n", 16)[:16]
    first = next((line for line in lines if line.strip() and line[:1] != b"#"), b"")
    return bool(_MEMBER.match(first))


def blocks(data: bytes) -> list[Block]:
    """Every label in a Markdown file, in order.

    Args:
        data: the file.
    """
    heads = fronts(data)
    found: list[Block] = []
    for match in islice(_candidates(data, heads[-1].stop if heads else 0), _MAX_TRIES):
        if found and match.start() < found[-1].stop:
            continue
        block = _block(data, match, heads)
        if block is not None:
            found.append(block)
    if any(block.spot == "front-matter" for block in found):
        return [block for block in found if block.spot not in QUOTED]
    return [_misplaced(block) for block in found]


def _candidates(data: bytes, body: int) -> Iterator[re.Match[bytes]]:
    """Keys named AIGC in the front matter and near the ends of the body."""
    head = min(len(data), body + 2 * _EDGE_BYTES)
    yield from _AIGC.finditer(data, 0, head)
    tail = data.rfind(b"\n", head, max(head, len(data) - _EDGE_BYTES - _MAX_BLOCK)) + 1
    yield from _AIGC.finditer(data, max(head, tail))


def _misplaced(block: Block) -> Block:
    where_zh, where_en = _WHERE[block.spot]
    wrong = finding("placement", where_zh=where_zh, where_en=where_en, **_RIGHT)
    return msgspec.structs.replace(block, findings=(wrong, *block.findings))


def _block(data: bytes, match: re.Match[bytes], heads: list[Front]) -> Block | None:
    front = next((one for one in heads if one.inside <= match.start() < one.close), None)
    end = front.close if front else min(len(data), match.start() + _MAX_BLOCK)
    text = data[match.end() : end].decode("utf-8", "replace")
    first, *lines = text.split("\n")
    indent = len(match["open"].expandtabs(1))
    opened = match["open"].strip()
    if opened.endswith(b"{"):
        first = first.rstrip().removesuffix("-->").rstrip().removesuffix("}")
    elif opened:
        first = first.rstrip().removesuffix("-->")
    parsed = below(first.rstrip("\r"), [line.rstrip("\r") for line in lines], indent)
    value, findings = _value(parsed.value, clean=parsed.clean)
    stop = _line_end(data, match.end())
    for _ in range(parsed.lines):
        stop = _line_end(data, stop)
    block = Block(match.start(), min(stop, end), "body", value, findings)
    if front is None:
        return _in_body(data, block, heads[-1].stop if heads else 0)
    if match["key"].strip(b"\"'") != b"AIGC" and _known(value) < _ENOUGH:
        return None  # a key of the house's own, such as a setting
    if indent and _known(value) < _ENOUGH:
        return None
    spot: Spot = "nested" if indent else "front-matter" if front is heads[0] else "second"
    if spot == "second":
        block = _whole_front(data, block, front)
    return msgspec.structs.replace(block, spot=spot)


def _value(
    value: Pairs | str, *, clean: bool
) -> tuple[dict[str, object] | str, tuple[Finding, ...]]:
    findings: list[Finding] = []
    if not clean:
        findings.append(
            finding("value-malformed", why_zh="YAML 语法有误", why_en="its syntax is not YAML")
        )
    if isinstance(value, str):
        return value, tuple(findings)
    mapping: dict[str, object] = {}
    for name, member in value:
        if name in mapping:
            findings.append(finding("field-twice", field=name))
        mapping.setdefault(name, member)
    return mapping, tuple(findings)


def _known(value: dict[str, object] | str) -> int:
    if isinstance(value, str):
        members = strict(value)
        names = [name for name, _ in members] if isinstance(members, Pairs) else []
    else:
        names = list(value)
    return sum(meant(name) is not None for name in names[:MAX_MEMBERS])


def _line_end(data: bytes, at: int) -> int:
    end = data.find(b"\n", at)
    return len(data) if end < 0 else end + 1


def _whole_front(data: bytes, block: Block, front: Front) -> Block:
    """A front matter that holds nothing but the label goes with it."""
    rest = data[front.inside : block.start] + data[block.stop : front.close]
    if rest.strip():
        return block
    return msgspec.structs.replace(block, start=front.start, stop=front.stop)


def _in_body(data: bytes, block: Block, body: int) -> Block | None:
    """A label outside the front matter, with the fence or comment around it; or no label."""
    if _known(block.value) < _ENOUGH or _is_example(block.value):
        return None
    block = _around(data, block)
    before = data[max(body, block.start - _EDGE_BYTES) : block.start]
    after = data[block.stop : block.stop + _EDGE_BYTES]
    at_head = block.start - body <= _EDGE_BYTES and _lines(before) <= _EDGE_LINES
    at_tail = len(data) - block.stop <= _EDGE_BYTES and _lines(after) <= _EDGE_LINES
    return block if at_head or at_tail else None


def _is_example(value: dict[str, object] | str) -> bool:
    """Whether the values are those of an instruction, to be filled in by its reader."""
    if isinstance(value, str):
        return bool(_EXAMPLE.search(value[:4096]))
    said = (value.get(name) for name in ("ContentProducer", "ProduceID"))
    return any(isinstance(one, str) and _EXAMPLE.search(one) for one in said)


def _lines(data: bytes) -> int:
    return sum(bool(line.strip()) for line in data.split(b"\n"))


def _around(data: bytes, block: Block) -> Block:
    """Takes in the lines around a label that are there only for it."""
    start, stop = block.start, block.stop
    spot: Spot = "body"
    if data[start:stop].lstrip().startswith(b"<!--"):
        spot = "comment"
        if b"-->" not in data[start:stop]:
            closing = data.find(b"-->", stop, stop + 256)
            stop = _line_end(data, closing) if closing >= 0 else stop
        return msgspec.structs.replace(block, start=start, stop=stop, spot=spot)
    for _ in range(3):
        above, over = _line_above(data, start)
        past, under = _line_below(data, stop)
        if (over, under) in {(b"---", b"---"), (b"---", b"..."), (b"{", b"}")}:
            pass
        elif over[:3] in {b"```", b"~~~"} and under == over[:3]:
            spot = "fence"
        elif over == b"<!--" and under == b"-->":
            spot = "comment"
        else:
            break
        start, stop = above, past
    return msgspec.structs.replace(block, start=start, stop=stop, spot=spot)


def _line_above(data: bytes, at: int) -> tuple[int, bytes]:
    """Where the nearest line above begins that is not empty, and what it says."""
    head = data[max(0, at - 512) : at].rstrip()
    begin = head.rfind(b"\n") + 1
    return max(0, at - 512) + begin, head[begin:].strip().removeprefix(b"\xef\xbb\xbf")


def _line_below(data: bytes, at: int) -> tuple[int, bytes]:
    """The end of the nearest line below that is not empty, and what it says."""
    tail = data[at : at + 512]
    skipped = len(tail) - len(tail.lstrip())
    end = tail.find(b"\n", skipped)
    line = tail[skipped:] if end < 0 else tail[skipped:end]
    return at + (len(tail) if end < 0 else end + 1), line.strip()
