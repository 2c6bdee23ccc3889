"""One message of a chat request, for the models in this process."""

from typing import Any

import msgspec


class Message(msgspec.Struct):
    """One message; parts that are not text are passed over."""

    role: str
    content: str | list[dict[str, Any]] | None = None

    @property
    def text(self) -> str:
        """Its text parts, joined."""
        if isinstance(self.content, list):
            texts = (part.get("text") for part in self.content)
            return "".join(text for text in texts if isinstance(text, str))
        return self.content or ""
