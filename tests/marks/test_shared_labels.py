"""Real labels wherever the shared folder is, and always our own of the same kinds."""

import json
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.marks.security_keys import OURS, PRODUCER
from tests.marks.wild import CODE, FILES, file, lines

from hegui.marks import Label, read, sign
from hegui.marks.yaml_block import written

SHARED = Path(__file__).resolve().parents[3] / "shared" / "labels"


class Case(NamedTuple):
    """A file, and what it deserves."""

    data: Callable[[], bytes]
    verdict: str
    about: set[str]


def signed() -> bytes:
    label = sign(Label.first(PRODUCER, "142569260085900001"), OURS)
    return file(written(label, "\n", ascii_only=True)).encode()


def picture() -> bytes:
    """A PNG of one pixel with a label in XMP that leaves the propagator empty."""
    label = json.dumps(
        {"Label": "1", "ContentProducer": CODE, "ProduceID": "c3", "ReservedCode1": "",
         "ContentPropagator": "", "PropagateID": "", "ReservedCode2": ""}
    )  # fmt: skip
    xmp = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about=""'
        f' xmlns:TC260="http://www.tc260.org.cn/ns/AIGC/1.0/"><TC260:AIGC>{label}</TC260:AIGC>'
        "</rdf:Description></rdf:RDF></x:xmpmeta>"
    )
    chunks = [
        (b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)),
        (b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + xmp.encode()),
        (b"IDAT", zlib.compress(b"\0\0")),
        (b"IEND", b""),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )


def own() -> dict[str, Case]:
    """The kinds of the shared files: alphabetical, merged, unquoted, words, signed, and so on."""
    kinds = (
        "alphabetical order",
        "after other front matter",
        "no quotes",
        "misspelt, with a code of 26",
        "a sentence",
    )
    words = lines(4, "", Label=" AIGC", ContentProducer="House Agent AI", ProduceID=' "0000"',
                  ContentPropagator="House Agent AI", PropagateID=' "0000"')  # fmt: skip
    integer = lines(2, "", ReservedCode1="", ReservedCode2=None, ProduceID="assistant-94a6")
    bottom = "# CHANGELOG\n\n## v1\n\n- A change\n\n" + lines(4, "", Label=' "1"')
    cases = {
        name: Case(FILES[name].text.encode, FILES[name].verdict, set(FILES[name].about))
        for name in kinds
    }
    return cases | {
        "a word, names with spaces": Case(
            file(words).encode, "nonconforming", {"label-value", "charset"}
        ),
        "an integer, an empty field, one left out": Case(
            file(integer, "---\n\nname: x\n\n# T\n").encode,
            "nonconforming",
            {"type", "field-missing"},
        ),
        "at the end without fences": Case(bottom.encode, "nonconforming", {"placement"}),
        "signed": Case(signed, "conforming", {"signature-intact"}),
        "a picture": Case(picture, "conforming", {"propagator-empty"}),
    }


def shared() -> dict[str, Case]:
    if not SHARED.is_dir():
        return {}
    expected = json.loads((SHARED / "expectations.json").read_bytes())
    return {
        one["file"]: Case((SHARED / one["file"]).read_bytes, one["verdict"], set(one["about"]))
        for one in expected
    }


CASES = own() | shared()


@pytest.mark.parametrize("name", CASES)
def test_verdict_and_findings(name: str) -> None:
    data, verdict, about = CASES[name]
    reading = read(data())
    assert reading.verdict.value == verdict
    assert {one.code for one in reading.findings} == about


@pytest.mark.parametrize("name", shared())
def test_the_file_reads_as_its_bytes_do(name: str) -> None:
    assert read(SHARED / name) == read((SHARED / name).read_bytes())
