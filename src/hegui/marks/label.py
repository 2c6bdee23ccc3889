"""The seven fields of the implicit label (GB 45438-2025, clause 6.1 and Annex E)."""

from typing import Literal, Self

import msgspec

from hegui.marks.errors import MarksError

#: A real label is some hundred bytes; security data in a reserved field takes a few thousand.
MAX_LABEL_BYTES = 65_536


class Label(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    rename={
        "label": "Label",
        "content_producer": "ContentProducer",
        "produce_id": "ProduceID",
        "reserved_code1": "ReservedCode1",
        "content_propagator": "ContentPropagator",
        "propagate_id": "PropagateID",
        "reserved_code2": "ReservedCode2",
    },
):
    """One implicit label; on the wire its names and their order are those of Annex E b).

    Attributes:
        label: ``1`` is, ``2`` may be, ``3`` is suspected to be generated (Annex E c)).
        content_producer: name or code of the generation service's provider (d)).
        produce_id: that provider's own number of the content (e)).
        reserved_code1: the producer's security data, may be empty (f)).
        content_propagator: name or code of the propagation service's provider (g)).
        propagate_id: that provider's own number of the content (h)).
        reserved_code2: the propagator's security data, may be empty (i)).
    """

    label: Literal["1", "2", "3"]
    content_producer: str
    produce_id: str
    reserved_code1: str
    content_propagator: str
    propagate_id: str
    reserved_code2: str

    @classmethod
    def first(cls, producer: str, produce_id: str) -> Self:
        """The label that a generation service writes on content it has just made.

        On the first write the propagator's elements equal the producer's (Annex E note 1).

        Args:
            producer: the provider's code (27 characters) or name.
            produce_id: the provider's own number of this content.

        Raises:
            MarksError: ``label_incomplete`` when either is empty.
        """
        if not producer or not produce_id:
            raise MarksError(
                "label_incomplete",
                zh="标识缺少服务提供者或内容编号；请填写后再写标识。",
                en="A label needs the provider and the content's number; give both.",
            )
        return cls("1", producer, produce_id, "", producer, produce_id, "")

    def to_json(self) -> bytes:
        """The bare object as UTF-8 JSON without spaces, all seven fields in Annex E's order.

        Raises:
            MarksError: ``label_malformed`` when a value is no Unicode text.
        """
        try:
            return _encoder.encode(self)
        except UnicodeEncodeError as error:
            raise _malformed("lone surrogate in a value") from error

    @classmethod
    def from_json(cls, data: bytes | str) -> Self:
        """Reads a bare object: exactly the seven fields, all of them strings.

        Args:
            data: JSON of at most 65,536 bytes (characters, when text).

        Raises:
            MarksError: ``label_malformed``, with what is wrong and where.
        """
        if len(data) > MAX_LABEL_BYTES:
            raise _malformed(f"longer than {MAX_LABEL_BYTES} bytes")
        try:
            return msgspec.json.decode(data, type=cls)
        except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
            raise _malformed(str(error)) from error


_encoder = msgspec.json.Encoder()


def _malformed(why: str) -> MarksError:
    return MarksError(
        "label_malformed",
        zh=f"这不是附录 E 的七字段标识（{why}）；请对照 GB 45438-2025 附录 E 修正。",
        en=f"This is not the seven-field label of Annex E ({why}); correct it after GB 45438-2025.",
    )
