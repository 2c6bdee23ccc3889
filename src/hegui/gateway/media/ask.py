"""A request for a picture, a sound or a clip, read, bounded and checked.

Shapes follow OpenAI's API, as JSON or as a form. Unknown fields pass on to the model; their names
and every string in them are screened like any other.
"""

import hashlib
from collections import Counter
from typing import Any

import msgspec

from hegui.gateway.media.form import Part, parse, render
from hegui.gateway.media.routes import Route
from hegui.gateway.places import named
from hegui.gateway.request import decode, missing, wrong
from hegui.gateway.texts import Texts
from hegui.gateway.upstream.base import JSON

#: Fields whose strings are names or switches of the API, never text a model reads.
_NOT_TEXT = frozenset({"model", "user", "safety_identifier"})
_PERSON = ("safety_identifier", "user")
#: What answers with a stream of pieces is not offered: a file is marked whole.
_WHOLE = {"stream": (False, "false"), "stream_format": ("audio",)}
#: Formats of sound that have a place for the label; ``aac`` (ADTS) and ``pcm`` have none.
SOUNDS = ("mp3", "opus", "flac", "wav")


class Ask(msgspec.Struct, frozen=True, kw_only=True):
    """A request that may go on.

    Attributes:
        route: what is asked for.
        doc: the fields that are not files.
        files: the files.
        model: the public model name asked for.
        person: ``safety_identifier`` or ``user`` of the body, else empty.
        boundary: of the form that goes to the model's server; empty: it is asked in JSON.
    """

    route: Route
    doc: dict[str, Any]
    files: tuple[Part, ...]
    model: str
    person: str
    boundary: str

    @property
    def content_type(self) -> str:
        """Of the body for the model's server."""
        return f"multipart/form-data; boundary={self.boundary}" if self.boundary else JSON

    def upstream_body(self, model: str) -> bytes:
        """The body for the model's server: its own model name, and no word on the person."""
        doc = {name: value for name, value in self.doc.items() if name not in _PERSON}
        doc["model"] = model
        if self.route.media == "image" and doc.get("response_format") == "url":
            doc["response_format"] = "b64_json"  # the file is needed here, to mark it
        if not self.boundary:
            return msgspec.json.encode(doc)
        fields = [Part(name, False, "", str(value).encode()) for name, value in doc.items()]
        return render([*fields, *self.files], self.boundary)

    def texts(self, depth: int) -> list[tuple[str, str]]:
        """Every text a model could read, with its place.

        Raises:
            GatewayError: ``too_deep``, ``too_many_texts``.
        """
        found = Texts()
        found.keys(self.doc, "")
        for name, value in self.doc.items():
            if not (name in _NOT_TEXT and isinstance(value, str)):
                found.walk(value, named(name), depth - 1)
        return found.all()

    def sealed(self) -> bytes:
        """What the record keeps of it: the fields; of each file its kind, size and SHA-256."""
        files = [
            {
                "field": part.name,
                "type": part.content_type,
                "size": len(part.data),
                "sha256": hashlib.sha256(part.data).hexdigest(),
            }
            for part in self.files
        ]
        return msgspec.json.encode({**self.doc, "files": files} if files else self.doc)


def read(route: Route, body: bytes, content_type: bytes, boundary: str) -> Ask:
    """Read a request body; blocking for as long as a large form takes.

    Args:
        route: what is asked for.
        body: the whole body.
        content_type: the request's header.
        boundary: a random text, for a form that goes on.

    Raises:
        GatewayError: ``json_invalid``, ``form_invalid``, ``field_missing``, ``field_wrong``,
            ``too_deep``; 400 each.
    """
    files: tuple[Part, ...] = ()
    doc: dict[str, Any]
    if content_type.lower().startswith(b"multipart/form-data"):
        doc, files = _form(route, parse(body, content_type))
    else:
        decoded = decode(body)
        if not isinstance(decoded, dict):
            raise wrong("body", "a JSON object")
        doc, boundary = decoded, ""
    if route.name == "images.edits" and not files:
        raise missing("image")
    for name in ("model", route.prompt):
        value = doc.get(name)
        if value is None:
            raise missing(name)
        if not isinstance(value, str) or not value:
            raise wrong(name, "a non-empty string")
    for name in _PERSON:
        if not isinstance(doc.get(name) or "", str):
            raise wrong(name, "a string")
    _check(route, doc)
    person = doc.get("safety_identifier") or doc.get("user") or ""
    return Ask(
        route=route, doc=doc, files=files, model=doc["model"], person=person, boundary=boundary
    )


def _form(route: Route, parts: list[Part]) -> tuple[dict[str, Any], tuple[Part, ...]]:
    doc: dict[str, Any] = {}
    files: list[Part] = []
    for part in parts:
        if part.file:
            if part.name.removesuffix("[]") not in route.uploads:
                raise wrong(named(part.name), "no file")
            files.append(part)
            continue
        try:
            doc[part.name] = part.data.decode()
        except UnicodeDecodeError:
            raise wrong(named(part.name), "text in UTF-8") from None
    repeated = [name for name, n in Counter(p.name for p in parts if not p.file).items() if n > 1]
    if repeated:
        raise wrong(named(repeated[0]), "sent once")
    return doc, tuple(files)


def _check(route: Route, doc: dict[str, Any]) -> None:
    count = doc.get("n")
    if count is not None and not _is_count(count, route.most):
        raise wrong("n", f"a whole number from 1 to {route.most}")
    for name, values in _WHOLE.items():
        if doc.get(name) not in (None, *values):
            raise wrong(
                name, f"{values[-1]}: what is generated is marked whole, and so comes whole"
            )
    form = doc.get("response_format")
    if route.media == "image" and form not in (None, "url", "b64_json"):
        raise wrong("response_format", "url or b64_json")
    if route.media == "audio" and form not in (None, *SOUNDS):
        why = "pcm and aac have no place for the AI label"
        raise wrong("response_format", f"one of {', '.join(SOUNDS)}: {why}")


def _is_count(value: object, most: int) -> bool:
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 3:
        value = int(value)
    return type(value) is int and 1 <= value <= most
