"""The texts of a request, gathered by the place where they stand."""

import re
from typing import Any

from hegui.gateway.errors import GatewayError
from hegui.gateway.places import NAMES, named

#: Most texts handed out; each is screened by itself.
MOST_TEXTS = 2_000
#: Most lists and objects looked into.
MOST_VALUES = 20_000
#: Between texts of one place; only a listed word with two spaces in a row could span it.
APART = "\n\n"
_BASE64 = r"[A-Za-z0-9+/]*={0,2}"
_MEDIUM = re.compile(
    rf"data:(?:image|audio|video|application)/[\w.+-]+(?:;[\w.+-]+=[\w.+-]+)*;base64,{_BASE64}",
    re.ASCII,
)
_SOUND = re.compile(_BASE64)


class Texts:
    """Gathers the texts of a request.

    A list's items share one place, ``tools[0].function.parameters.required[]``, but for the
    items of a list at the top, such as ``tools``; so a text's place stays short and their number
    small.
    """

    def __init__(self) -> None:
        self._found: dict[str, list[str]] = {}
        self._values = 0

    def add(self, place: str, texts: list[str]) -> None:
        """Take texts that stand at a place."""
        if texts:
            self._found.setdefault(place, []).extend(texts)

    def keys(self, value: dict[str, Any], place: str) -> None:
        """Take the keys of an object that are not the API's names."""
        if not value.keys() <= NAMES:
            self.add(f"{place}.*" if place else "*", [key for key in value if key not in NAMES])

    def walk(self, value: Any, place: str, depth: int, *, media: bool = False) -> None:
        """Take every string in ``value``.

        Args:
            value: JSON.
            place: where it stands.
            depth: levels it may still have.
            media: it belongs to a part of a message, where a data URL is a picture or a sound.

        Raises:
            GatewayError: ``too_deep``, ``too_many_texts``.
        """
        if isinstance(value, str):
            if not (media and _MEDIUM.fullmatch(value)):
                self.add(place, [value])
        elif isinstance(value, (list, dict)):
            if depth <= 0:
                raise too_deep()
            self._count()
            if isinstance(value, list):
                self._items(value, place, depth - 1, media=media)
            else:
                self.keys(value, place)
                for key, item in value.items():
                    if isinstance(item, (str, list, dict)):
                        self.walk(item, f"{place}.{named(key)}", depth - 1, media=media)

    def part(self, part: dict[str, Any], place: str, depth: int) -> str:
        """Take all of a message's part but its text, which is returned.

        Raises:
            GatewayError: ``too_deep``, ``too_many_texts``.
        """
        self._count()
        self.keys(part, place)
        for key, item in part.items():
            if key == "text" and isinstance(item, str):
                continue
            if key == "input_audio" and isinstance(item, dict):
                data = item.get("data")
                if isinstance(data, str) and _SOUND.fullmatch(data):
                    item = {**item, "data": None}  # noqa: PLW2901
            self.walk(item, f"{place}.{named(key)}", depth, media=True)
        text = part.get("text")
        return text if isinstance(text, str) else ""

    def all(self) -> list[tuple[str, str]]:
        """Places and their texts; under the first step of the place alone if they are many.

        Raises:
            GatewayError: ``too_many_texts``.
        """
        found = self._found
        if len(found) > MOST_TEXTS:
            found = {}
            for place, texts in self._found.items():
                found.setdefault(place.partition(".")[0], []).extend(texts)
        if len(found) > MOST_TEXTS:
            raise too_many_texts()
        return [(place, APART.join(texts)) for place, texts in found.items()]

    def _count(self) -> None:
        self._values += 1
        if self._values > MOST_VALUES:
            raise too_many_texts()

    def _items(self, value: list[Any], place: str, depth: int, *, media: bool) -> None:
        every = f"{place}[]"
        texts = [item for item in value if isinstance(item, str)]
        self.add(every, texts)
        if len(texts) == len(value):
            return
        at_top = "." not in place and "[" not in place
        for i, item in enumerate(value):
            if isinstance(item, (list, dict)):
                self.walk(item, f"{place}[{i}]" if at_top else every, depth, media=media)


def too_deep() -> GatewayError:
    """The error for a body that nests deeper than the limit."""
    return GatewayError(
        "too_deep",
        status=400,
        zh="请求体嵌套过深，请减少层数后重发。",
        en="The body nests too deeply; flatten it and send it again.",
    )


def too_many_texts() -> GatewayError:
    """The error for a body of more texts than can be screened without holding up others."""
    return GatewayError(
        "too_many_texts",
        status=400,
        zh=f"请求中的消息或字段过多（上限 {MOST_TEXTS} 段文字）。请求未送给模型，"
        "请合并或删减后重发。",
        en=f"The request has too many messages or fields (at most {MOST_TEXTS} texts). Nothing "
        "reached the model; join or drop some and send it again.",
    )
