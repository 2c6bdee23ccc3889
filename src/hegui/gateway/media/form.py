"""A multipart body taken apart and put together again (RFC 7578), within bounds."""

import re
from collections.abc import Iterable

import msgspec
from python_multipart import multipart
from python_multipart.exceptions import FormParserError

from hegui.gateway.errors import GatewayError

_MOST_PARTS = 64
_MOST_HEAD = 4_096
_TYPE = re.compile(r"(?:image|audio|video)/[a-z0-9.+-]{1,64}|application/octet-stream")
_FIELD = re.compile(r"[A-Za-z0-9_.\[\]-]{1,64}")


class Part(msgspec.Struct, frozen=True):
    """One part.

    Attributes:
        name: the field.
        file: whether it came as a file; the file's own name is not kept.
        content_type: its media type, ``application/octet-stream`` if it tells none of ours.
        data: its bytes.
    """

    name: str
    file: bool
    content_type: str
    data: bytes


class _Reader:
    """Gathers the parts that the parser tells of."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.whole = False
        self._headers: dict[str, bytes] = {}
        self._field = b""
        self._value = b""
        self._pieces: list[bytes] = []
        self._head = 0

    def callbacks(self) -> "multipart.MultipartCallbacks":
        return {
            "on_part_begin": self._begin,
            "on_part_data": self._data,
            "on_part_end": self._end_part,
            "on_header_field": self._header_field,
            "on_header_value": self._header_value,
            "on_header_end": self._header_end,
            "on_end": self._end,
        }

    def _begin(self) -> None:
        if len(self.parts) == _MOST_PARTS:
            raise form_invalid(f"more than {_MOST_PARTS} parts")
        self._headers, self._pieces, self._head = {}, [], 0

    def _header_field(self, data: bytes, start: int, end: int) -> None:
        self._field += self._headed(data[start:end])

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += self._headed(data[start:end])

    def _headed(self, data: bytes) -> bytes:
        self._head += len(data)
        if self._head > _MOST_HEAD:
            raise form_invalid("a part's head is too large")
        return data

    def _header_end(self) -> None:
        self._headers[self._field.decode("latin-1").lower()] = self._value
        self._field = self._value = b""

    def _data(self, data: bytes, start: int, end: int) -> None:
        self._pieces.append(data[start:end])

    def _end_part(self) -> None:
        _, options = multipart.parse_options_header(self._headers.get("content-disposition", b""))
        name = options.get(b"name", b"").decode("latin-1")
        if not _FIELD.fullmatch(name):
            raise form_invalid("a part without a field's name")
        kind = self._headers.get("content-type", b"").partition(b";")[0].strip().lower()
        told = kind.decode("latin-1")
        self.parts.append(
            Part(
                name,
                b"filename" in options or b"filename*" in options,
                told if _TYPE.fullmatch(told) else "application/octet-stream",
                b"".join(self._pieces),
            )
        )

    def _end(self) -> None:
        self.whole = True


def parse(body: bytes, content_type: bytes) -> list[Part]:
    """The parts of a body.

    Args:
        body: the whole body.
        content_type: the request's header.

    Raises:
        GatewayError: 400 ``form_invalid``.
    """
    _, options = multipart.parse_options_header(content_type)
    boundary = options.get(b"boundary", b"")
    if not 0 < len(boundary) <= 200:
        raise form_invalid("no boundary in the header Content-Type")
    reader = _Reader()
    try:
        multipart.MultipartParser(boundary, reader.callbacks()).write(body)
    except FormParserError as error:
        raise form_invalid("it is not built as multipart/form-data is") from error
    if not reader.whole:
        raise form_invalid("it ends early")
    return reader.parts


def render(parts: Iterable[Part], boundary: str) -> bytes:
    """A body of these parts; files get plain names, whatever they were called.

    Args:
        parts: in order.
        boundary: a text that stands in none of them.
    """
    pieces: list[bytes] = []
    for number, part in enumerate(parts, 1):
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{part.name}"'
        if part.file:
            ending = part.content_type.rpartition("/")[2].partition("+")[0]
            ending = "bin" if ending == "octet-stream" else ending
            head += f'; filename="file-{number}.{ending}"\r\nContent-Type: {part.content_type}'
        pieces += [head.encode(), b"\r\n\r\n", part.data, b"\r\n"]
    return b"".join([*pieces, f"--{boundary}--\r\n".encode()])


def form_invalid(why: str) -> GatewayError:
    """A body that is no form."""
    return GatewayError(
        "form_invalid",
        status=400,
        zh=f"请求体不是有效的 multipart/form-data（{why}）。请求未送给模型，请改正后重发。",
        en=f"The body is not valid multipart/form-data ({why}). Nothing reached the model; "
        "correct it and send it again.",
    )
