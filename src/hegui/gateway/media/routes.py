"""The ways to ask for a picture, a sound or a clip, as OpenAI's API names them."""

from typing import Literal

import msgspec

Media = Literal["image", "audio", "video"]


class Route(msgspec.Struct, frozen=True, kw_only=True):
    """One way.

    Attributes:
        name: in evidence.
        path: under ``/v1/``, here and at a model's server.
        media: what comes of it.
        prompt: the field that must be there.
        uploads: fields that hold files.
        most: the most results of one request.
    """

    name: str
    path: str
    media: Media
    prompt: str = "prompt"
    uploads: frozenset[str] = frozenset()
    most: int = 1


PICTURE = Route(name="images.generations", path="images/generations", media="image", most=10)
EDIT = Route(
    name="images.edits",
    path="images/edits",
    media="image",
    uploads=frozenset({"image", "mask"}),
    most=10,
)
SPEECH = Route(name="audio.speech", path="audio/speech", media="audio", prompt="input")
VIDEO = Route(name="videos", path="videos", media="video", uploads=frozenset({"input_reference"}))
