"""The AI-content label on an answer: in the envelope always, in the text as the policy says."""

import hashlib

import msgspec

from hegui.marks import Label


class Marking(msgspec.Struct, frozen=True):
    """How one answer is marked.

    Attributes:
        fragment: ``"AIGC":{…}``, ready to stand in a JSON object.
        digest: SHA-256 of the label's bytes, hex; goes into the evidence.
        before: text put before each answer's text, or empty.
        after: text put after it, or empty.
    """

    fragment: bytes
    digest: str
    before: str
    after: str


def marking(producer: str, produce_id: str, label_at: str, text: str, *, raw: bool) -> Marking:
    """The marking of one generation.

    Args:
        producer: the provider's 27-character code.
        produce_id: the generation's id.
        label_at: ``start``, ``end``, ``both`` or ``interface``.
        text: the text label (GB 45438-2025, 5.1: AI or 人工智能, with 生成 or 合成).
        raw: the answer is data or code for a machine, so that no text goes into it.
    """
    label = Label.first(producer, produce_id).to_json()
    in_text = not raw
    return Marking(
        fragment=b'"AIGC":' + label,
        digest=hashlib.sha256(label).hexdigest(),
        before=text + "\n" if in_text and label_at in ("start", "both") else "",
        after="\n" + text if in_text and label_at in ("end", "both") else "",
    )


def splice(payload: bytes, fragment: bytes) -> bytes:
    """A JSON object with one more member at its end; its own bytes stay as they are."""
    end = payload.rindex(b"}")
    head = payload[:end].rstrip()
    comma = b"" if head.endswith(b"{") else b","
    return head + comma + fragment + b"}"
