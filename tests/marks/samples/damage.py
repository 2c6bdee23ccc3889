"""What a carrier may do with damaged documents."""

import random
import re
from collections.abc import Iterator
from itertools import chain

from tests.marks.samples.documents import LABEL, TEXT, Carrier
from tests.marks.samples.mutations import mutations

from hegui.marks import MarksError
from hegui.marks.plan import Wanted, render
from hegui.marks.source import Source

NUMBERS = (b"0", b"1", b"-1", b"9" * 9, b"4294967295", b"9" * 24, b"1.5", b"/X", b"[[[[", b"(((")


def numbers(data: bytes, count: int, seed: int) -> Iterator[bytes]:
    """Copies in which a number written in digits is an extreme one, or none."""
    dice = random.Random(seed)
    places = [match.span() for match in re.finditer(rb"[0-9]+", data)]
    for _ in range(count):
        start, stop = dice.choice(places)
        yield data[:start] + dice.choice(NUMBERS) + data[stop:]


def endure(
    carrier: Carrier, name: str, data: bytes, *, count: int, seed: int = 1, writes: bool = True
) -> None:
    """Reads and writes damaged files: an error of the room, or a result that reads back.

    Args:
        carrier: the module.
        name: the format.
        data: the sound file.
        count: how many are made from it.
        seed: of the damage.
        writes: whether the sound file can be written.
    """
    written = 0
    refused = set()
    for each in chain(mutations(data, count, seed), numbers(data, count // 4, seed)):
        source = Source.of(each)
        carrier.sniff(each[:4096], source)
        try:
            carrier.read(source, name)
            new = render(source, carrier.write(source, name, Wanted(LABEL)))
        except MarksError as error:
            refused.add(error.code)
            continue
        assert [place.value for place in carrier.read(Source.of(new), name).places] == [TEXT]
        written += 1
    assert written or not writes, (
        "every damaged file was refused: the sample is too brittle to test writing"
    )
    assert refused <= {"file_malformed", "file_too_complex", "file_protected", "file_signed"}
