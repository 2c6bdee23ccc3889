"""What a screen should do, said as plainly as can be: slow, and by looking at every position."""

import re
from dataclasses import dataclass

from hegui.screen import Pack, Word, normal

LONGEST_RUN = 64


def pack(*words: tuple[str, str], name: str = "p") -> Pack:
    """A pack of (word, action)."""
    listed = tuple(Word(word, "c", "stop" if act == "stop" else "review") for word, act in words)
    return Pack(name, "author", "1", listed, f"{name}-digest")


def listed(packed: Pack) -> list[tuple[str, Word]]:
    """Each word with its normal form, without the spaces around it."""
    return [(normal(word.word).strip(), word) for word in packed.words]


@dataclass
class Char:
    """One character: where it was fed, how it is written, its normal form, whether it is cut."""

    at: int
    source: str
    folded: str
    cut: bool = False


def plain(text: str) -> list[Char]:
    return [Char(at, char, normal(char)) for at, char in enumerate(text)]


def escaped(source: str) -> list[Char]:
    """The characters of JSON string source, each escape read by itself."""
    short: dict[str, str] = dict(zip('"\\/bfnrt', '"\\/\b\f\n\r\t', strict=True))
    chars: list[Char] = []
    at = 0
    while at < len(source):
        rest = source[at:]
        pair = re.match(r"\\u[dD][89abAB]..\\u[dD][c-fC-F]..", rest)
        code = re.match(r"\\u[0-9a-fA-F]{4}", rest)
        if pair and re.fullmatch(r"(\\u[0-9a-fA-F]{4}){2}", pair[0]):
            high, low = int(pair[0][2:6], 16), int(pair[0][8:], 16)
            written, char = pair[0], chr(0x10000 + (high - 0xD800) * 0x400 + low - 0xDC00)
        elif code:
            written, char = code[0], chr(int(code[0].removeprefix("\\u"), base=16))
        elif rest[0] == "\\" and rest[1:2] in short:
            written, char = rest[:2], short[rest[1]]
        else:
            written = char = rest[0]
        chars.append(Char(at, written, normal(char)))
        at += len(written)
    return chars


@dataclass
class Outcome:
    """What a stream should come to; a finding is (end, start, word), a run's word is empty."""

    released: str
    stop: tuple[int, int, str] | None
    reviews: list[tuple[int, int, str]]


def outcome(chars: list[Char], packed: Pack) -> Outcome:
    """Reads character by character, and at each tries every word at every start."""
    words = listed(packed)
    owners: list[Char] = []
    folded = ""
    reviews: list[tuple[int, int, str]] = []
    run: list[Char] = []
    for char in chars:
        run = [] if char.folded else [*run, char]
        char.cut = len(run) > LONGEST_RUN
        if len(run) == LONGEST_RUN + 1:
            reviews.append((char.at + len(char.source), run[0].at, ""))
        for one in char.folded:
            folded += one
            owners.append(char)
            for start in range(len(folded)):
                rest = folded[start:]
                for form, word in words:
                    if rest != form:
                        continue
                    first = owners[start]
                    found = (char.at + len(char.source), first.at, word.word)
                    if word.action == "stop":
                        before = (c for c in chars if c.at < first.at and not c.cut)
                        return Outcome("".join(c.source for c in before), found, reviews)
                    reviews.append(found)
    return Outcome("".join(c.source for c in chars if not c.cut), None, reviews)


def held(chars: list[Char], packed: Pack) -> int:
    """How many original characters must wait: from the first that might begin a word yet."""
    owners = [char for char in chars for _ in char.folded]
    folded = "".join(char.folded for char in chars)
    words = listed(packed)
    for start in range(len(folded)):
        rest = folded[start:]
        for form, _ in words:
            if form != rest and form.startswith(rest):
                waits = (c for c in chars if c.at >= owners[start].at and not c.cut)
                return sum(len(char.source) for char in waits)
    return 0
