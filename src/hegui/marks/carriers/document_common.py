"""What the carriers of documents share: which field is a label, other metadata, signatures."""

from collections.abc import Iterable

from hegui.marks.errors import MarksError
from hegui.marks.reading import Meta

#: The most of one other field that is handed on.
MAX_TEXT = 65_536


def is_label(name: str, value: str) -> bool:
    """Whether a named field of a document is a label.

    The name must contain ``AIGC`` (GB 45438-2025, Annex E a)); a longer name counts only with
    what looks like the seven fields, since a house may have other fields of its own.
    """
    bare = name.strip().upper()
    if bare in {"AIGC", "TC260:AIGC"}:
        return True
    return "AIGC" in bare and ("Label" in value or "ContentProducer" in value)


def meta(key: str, text: str) -> Meta:
    """Other metadata, cut to length."""
    return Meta(key, text[:MAX_TEXT])


def told(metadata: Iterable[Meta]) -> tuple[Meta, ...]:
    """The other metadata that says something."""
    return tuple(each for each in metadata if each.text.strip())


def signed(fmt: str) -> MarksError:
    """The error for a document whose digital signature a new label would break.

    Args:
        fmt: the format's name.
    """
    return MarksError(
        "file_signed",
        zh=f"这个 {fmt} 带有覆盖元数据的数字签名，写入标识会使签名失效；文件未改动。"
        "请先写标识再签名，或改用附属文件（--sidecar）。",
        en=f"A digital signature in this {fmt} covers its metadata and a label would break it; "
        "the file was left as it is. Label first and sign last, or write a sidecar (--sidecar).",
    )
