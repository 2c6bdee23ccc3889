"""What a signature in a reserved field signs."""

from typing import Literal

import msgspec

from hegui.marks.label import Label

#: Which reserved field: 1 is the producer's, 2 the propagator's.
Which = Literal[1, 2]


def message(label: Label, which: Which) -> bytes:
    """The bytes that are signed.

    For the producer they are those of TC260-PG-202511A, appendix A.1:
    ``"Label":"1","ContentProducer":"…","ProduceID":"…"``, without braces and spaces.

    The guide's bytes for the propagator are not known here. Ours are the same three fields
    followed by ``,"ContentPropagator":"…","PropagateID":"…"``: the whole label as the platform
    passes it on, so that its signature can't be moved to another's content.

    Values stand as in JSON, so a quotation mark in one can't feign another field; values that
    keep to Annex E j) stand as they are.

    Args:
        label: the label; its reserved fields are not signed.
        which: 1 the producer's, 2 the propagator's.
    """
    fields = [
        ("Label", label.label),
        ("ContentProducer", label.content_producer),
        ("ProduceID", label.produce_id),
    ]
    if which == 2:
        fields += [
            ("ContentPropagator", label.content_propagator),
            ("PropagateID", label.propagate_id),
        ]
    return b",".join(b'"%s":%s' % (name.encode(), _quoted(value)) for name, value in fields)


def _quoted(value: str) -> bytes:
    # A lone surrogate, which only a damaged label has, becomes a question mark.
    return msgspec.json.encode(value.encode("utf-8", "replace").decode())
