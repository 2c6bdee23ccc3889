"""What the mark carries: sixteen bytes that stand for a label's content number."""

import hashlib
import uuid

from hegui.marks.label import Label


def payload(label: Label) -> bytes:
    """The 16 bytes for a label.

    A ProduceID that is a UUID, or 32 hexadecimal digits, is carried as it is. Any other is too
    long to be: the first half of SHA-256 over ``ContentProducer/ProduceID`` stands for it, and
    whoever keeps a log of what he generated looks it up there.

    Args:
        label: with ContentProducer and ProduceID.
    """
    try:
        return uuid.UUID(label.produce_id).bytes
    except ValueError:
        name = f"{label.content_producer}/{label.produce_id}".encode("utf-8", "replace")
        return hashlib.sha256(name).digest()[:16]
