"""Text to normal form, to findings, to a verdict; whole or as a stream.

A library without input or output: word packs come in as bytes, findings go out as values, and what
happens to the text or to the person is decided elsewhere.
"""

from hegui.screen.errors import ScreenError
from hegui.screen.finding import Finding
from hegui.screen.load import load_pack, shipped_packs
from hegui.screen.normal import normal
from hegui.screen.pack import Action, Pack, Word
from hegui.screen.screen import Screen
from hegui.screen.stream import Stream

__all__ = [
    "Action",
    "Finding",
    "Pack",
    "Screen",
    "ScreenError",
    "Stream",
    "Word",
    "load_pack",
    "normal",
    "shipped_packs",
]
