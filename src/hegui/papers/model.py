"""What a paper is made of, whatever file it becomes; a workbook is rows of the same cells."""

from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

import msgspec


class Tone(StrEnum):
    """How a state is coloured, besides its shape and its word."""

    GOOD = "good"
    SOON = "soon"
    URGENT = "urgent"
    PERSON = "person"
    QUIET = "quiet"


#: Each tone's colour in Word and Excel, as RRGGBB; ``paper.typ`` has the same for PDF.
COLOURS = {
    Tone.GOOD: "2F6B4F",
    Tone.SOON: "8A5A00",
    Tone.URGENT: "B1271B",
    Tone.PERSON: "2A5A8F",
    Tone.QUIET: "4A5568",
}


class State(msgspec.Struct, frozen=True):
    """How something stands: never a colour alone.

    Attributes:
        code: for programs.
        shape: one character.
        word: for people.
        tone: its colour.
    """

    code: str
    shape: str
    word: str
    tone: Tone


class Term(msgspec.Struct, frozen=True):
    """A word of a fixed set.

    Attributes:
        code: for programs.
        word: for people.
    """

    code: str
    word: str


#: A moment is shown as its own clock has it; text may have several lines.
Cell: TypeAlias = str | int | float | date | datetime | State | Term | None


class Fact(msgspec.Struct, frozen=True):
    """A value with its label.

    Attributes:
        label: what it is.
        value: what it is for this paper.
        exact: whether every character counts, as in a digest.
    """

    label: str
    value: Cell
    exact: bool = False


class Column(msgspec.Struct, frozen=True):
    """A column of a table.

    Attributes:
        key: its name for programs.
        head: its name for people.
        width: in characters of a sheet; in a document, its part of the line.
        exact: whether every character counts.
    """

    key: str
    head: str
    width: int
    exact: bool = False


class Table(msgspec.Struct, frozen=True, tag="table"):
    """Rows under heads, which are repeated on every page.

    Attributes:
        name: what it lists; a sheet's name.
        columns: from left to right.
        rows: of as many cells each.
    """

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


class Heading(msgspec.Struct, frozen=True, tag="heading"):
    """A heading; its level is 1, 2 or 3, and no more than one below the heading before."""

    text: str
    level: int = 1


class Text(msgspec.Struct, frozen=True, tag="text"):
    """A paragraph.

    Attributes:
        text: its words; a line's end parts paragraphs.
        quiet: whether it is small print.
        strong: whether it stands out.
    """

    text: str
    quiet: bool = False
    strong: bool = False


class Status(msgspec.Struct, frozen=True, tag="status"):
    """How something stands, and what more there is to say of that."""

    state: State
    text: str = ""


class Facts(msgspec.Struct, frozen=True, tag="facts"):
    """Labelled values, under one another."""

    facts: tuple[Fact, ...]


class Note(msgspec.Struct, frozen=True, tag="note"):
    """Something set apart, with what it rests on."""

    text: str
    source: str = ""


class Verbatim(msgspec.Struct, frozen=True, tag="verbatim"):
    """Text of which every character counts."""

    text: str


class NewPage(msgspec.Struct, frozen=True, tag="new_page"):
    """What follows begins on a page of its own."""


class Contents(msgspec.Struct, frozen=True, tag="contents"):
    """A list, under a heading, of what stands on the first level."""

    text: str


Block: TypeAlias = Heading | Text | Status | Facts | Table | Note | Verbatim | NewPage | Contents


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """A document.

    Attributes:
        title: what it is; its first heading.
        author: who answers for it.
        lang: ``zh`` or ``en``.
        made: when, in the zone in which it is told; none: it bears no date.
        head: left and right at the top of every page.
        subtitle: under the title.
        facts: under that.
        body: the rest, in its order.
    """

    title: str
    author: str
    lang: str
    made: datetime | None
    head: tuple[str, str]
    subtitle: str = ""
    facts: tuple[Fact, ...] = ()
    body: tuple[Block, ...] = ()


class Workbook(msgspec.Struct, frozen=True, kw_only=True):
    """Tables for a spreadsheet and for programs.

    Attributes:
        title: what it is.
        author: who answers for it.
        lang: ``zh`` or ``en``.
        made: when, in the zone in which it is told.
        cover: the name of the first sheet.
        facts: what that tells.
        sheets: a sheet each, by names of their own.
    """

    title: str
    author: str
    lang: str
    made: datetime
    cover: str
    facts: tuple[Fact, ...]
    sheets: tuple[Table, ...]
