"""What a caller asks of an explicit mark."""

from collections.abc import Callable
from typing import Literal, TypeAlias

import msgspec

from hegui.marks.errors import MarksError
from hegui.marks.text import has_elements

Corner: TypeAlias = Literal["bottom-right", "bottom-left", "top-right", "top-left"]
End: TypeAlias = Literal["start", "end"]
Progress: TypeAlias = Callable[[float], None]

#: What a mark says when the caller doesn't; a spoken one reads better in full.
PICTURE_TEXT = "AI生成"
DOCUMENT_TEXT = "本内容由AI生成"
SPOKEN_TEXT = "本音频由人工智能生成"
#: Longer texts are no mark but prose; they would cover the content.
LONGEST = 64


class Wish(msgspec.Struct, frozen=True):
    """One wish.

    Attributes:
        text: the mark's words, or ``None`` for those usual in the kind of file.
        corner: of a picture or video.
        throughout: a video's every frame, a document's every page.
        voice: a spoken mark in place of the rhythm.
        at: the end of a text or a sound that gets the mark.
        progress: told how much is done, from 0 to 1; long work only.
    """

    text: str | None = None
    corner: Corner = "bottom-right"
    throughout: bool = False
    voice: bool = False
    at: End = "start"
    progress: Progress | None = None

    def words(self, usual: str) -> str:
        """The mark's words: the caller's, or the usual ones."""
        return usual if self.text is None else self.text

    def done(self, part: float) -> None:
        """Tells the caller how much is done."""
        if self.progress is not None:
            self.progress(min(max(part, 0.0), 1.0))


def checked(text: str | None) -> str | None:
    """A caller's words for a mark, if they are fit for one.

    Raises:
        MarksError: ``mark_elements`` without both elements of GB 45438-2025 (5.1 b), 5.2, 5.3 b));
            ``mark_text`` for more than one line or more than 64 characters.
    """
    if text is None:
        return None
    if not text.isprintable() or text.strip() != text or len(text) > LONGEST:
        raise MarksError(
            "mark_text",
            zh=f"标识文字应为一行、首尾无空格、不超过 {LONGEST} 个字符；请改短后重试。",
            en=f"A mark is one line of at most {LONGEST} characters, no space around it; "
            "shorten it and try again.",
        )
    if not has_elements(text):
        raise MarksError(
            "mark_elements",
            zh=f"标识文字“{text}”缺少要素：须含“人工智能”或“AI”，并含“生成”或“合成”；请改写。",
            en=f"The mark “{text}” lacks an element: it needs 人工智能 or AI, and 生成 or 合成; "
            "word it anew.",
        )
    return text
