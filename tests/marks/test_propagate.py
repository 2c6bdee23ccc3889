import io
import struct
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Literal

import pytest
from tests.marks.samples.pixel import PNG
from tests.marks.security_keys import OURS, PLATFORM, PRODUCER, first_label

from hegui import marks
from hegui.marks import Label, MarksError, Reading, Seen, Trace, Verdict
from hegui.marks.propagate import Outcome, decide, propagate
from hegui.marks.security import check, sign
from hegui.marks.text import has_elements

PLAIN = b"<!DOCTYPE html><html><head><title>T</title></head><body>Some text.</body></html>\n"
#: One white pixel.
BITMAP = struct.pack("<2sIIIIiiHHIIiiII", b"BM", 58, 0, 54, 40, 1, 1, 1, 24, 0, 4, 0, 0, 0, 0)
BITMAP += b"\xff\xff\xff\0"
MARKED = "---\ntitle: T\n---\n\n本文由AI生成\n\n正文。\n".encode()
TRACE = Trace("detector", "somebody's model", "detector", "检测到。", "Detected.")
VALUES = {"1": Outcome.IS, "2": Outcome.MAY_BE, "3": Outcome.SUSPECTED}


def labelled(label: Label) -> bytes:
    data = marks.write(PLAIN, label)
    assert data is not None
    return data


def seen(value: str | None, label: Label | None = None) -> Reading:
    fields = {} if value is None else {"Label": value}
    found = (Seen("front-matter", "", fields, label),)
    return Reading("markdown", Verdict.NONCONFORMING, seen=found)


NOTHING = Reading("markdown", Verdict.UNLABELLED)
TRACED = Reading("markdown", Verdict.SUSPECTED, traces=(TRACE,))

# The table of Art. 6: reading, declared, the platform's own traces -> outcome.
TABLE: list[tuple[Reading, bool, tuple[Trace, ...], Outcome]] = [
    (NOTHING, False, (), Outcome.NONE),
    (NOTHING, True, (), Outcome.MAY_BE),
    (NOTHING, False, (TRACE,), Outcome.SUSPECTED),
    (NOTHING, True, (TRACE,), Outcome.MAY_BE),
    (TRACED, False, (), Outcome.SUSPECTED),
    (TRACED, True, (), Outcome.MAY_BE),
    (TRACED, True, (TRACE,), Outcome.MAY_BE),
    (seen("AIGC"), False, (), Outcome.SUSPECTED),
    (seen("AIGC"), True, (), Outcome.MAY_BE),
    (seen(None), False, (), Outcome.SUSPECTED),
    *[
        (seen(value), declared, traces, outcome)
        for value, outcome in VALUES.items()
        for declared in (False, True)
        for traces in ((), (TRACE,))
    ],
]


@pytest.mark.parametrize("row", range(len(TABLE)))
def test_the_decision_table(row: int) -> None:
    reading, declared, traces, outcome = TABLE[row]
    assert decide(reading, declared=declared, traces=traces) == outcome


def test_a_label_is_passed_on_with_the_producers_part() -> None:
    label = sign(first_label(), OURS)
    done = propagate(labelled(label), PLATFORM, "P-77", declared=True, traces=[TRACE])
    assert (done.outcome, done.clause) == (Outcome.IS, "Art. 6(1)")
    assert done.label == Label(
        "1", PRODUCER, "142569260085903360", label.reserved_code1, PLATFORM, "P-77", ""
    )
    assert done.data is not None
    reading = marks.read(done.data)
    assert reading.label == done.label
    assert [found.code for found in reading.findings] == ["signature-intact"]


@pytest.mark.parametrize(
    ("value", "clause"), [("1", "Art. 6(1)"), ("2", "Art. 6(2)"), ("3", "Art. 6(3)")]
)
def test_the_clause_goes_by_the_value_that_is_passed_on(
    value: Literal["1", "2", "3"], clause: str
) -> None:
    label = Label(value, PRODUCER, "1", "", PRODUCER, "1", "")
    done = propagate(labelled(label), PLATFORM, "P-77")
    assert (done.outcome, done.clause) == (VALUES[value], clause)
    assert done.label is not None
    assert done.label.label == value


def with_manifest(data: bytes) -> bytes:
    """A PNG with a chunk as C2PA has it, which names no kind of source."""
    body = b"caBX" + b"jumb c2pa"
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    return data[:33] + chunk + data[33:]


@pytest.mark.parametrize("manifest", [True, False])
def test_a_manifest_that_no_longer_fits_is_told(manifest: bool) -> None:
    upload = with_manifest(PNG) if manifest else PNG
    assert propagate(upload, PLATFORM, "P-77", declared=True).breaks_c2pa is manifest
    assert not propagate(upload, PLATFORM, "P-77").breaks_c2pa


def test_the_next_platform_replaces_the_one_before() -> None:
    once = propagate(labelled(first_label()), PLATFORM, "P-77", key=OURS)
    assert once.data is not None
    twice = propagate(once.data, "another", "9")
    assert twice.label == Label("1", PRODUCER, "142569260085903360", "", "another", "9", "")
    again = propagate(once.data, PLATFORM, "P-77")
    assert again.label is not None
    assert again.label.content_propagator == PLATFORM


def test_the_platforms_signature_holds() -> None:
    done = propagate(labelled(first_label()), PLATFORM, "P-77", key=OURS)
    assert done.label is not None
    assert [found.code for found in check(done.label, 2)] == ["signature-intact"]


def test_a_declaration_gives_may_be() -> None:
    done = propagate(PLAIN, PLATFORM, "P-77", declared=True)
    assert (done.outcome, done.clause) == (Outcome.MAY_BE, "Art. 6(2)")
    assert done.label == Label("2", "", "", "", PLATFORM, "P-77", "")
    assert done.data is not None
    assert marks.read(done.data).label == done.label


def test_traces_give_suspected_and_are_named() -> None:
    done = propagate(MARKED, PLATFORM, "P-77", traces=[TRACE])
    assert [trace.code for trace in done.traces] == ["explicit-text", "detector"]
    assert (done.outcome, done.clause) == (Outcome.SUSPECTED, "Art. 6(3)")


def test_an_explicit_mark_alone_gives_suspected() -> None:
    done = propagate(MARKED, PLATFORM, "P-77")
    assert done.outcome is Outcome.SUSPECTED
    assert done.label is not None
    assert done.label.label == "3"


def test_what_the_producers_fields_hold_is_the_callers_choice() -> None:
    done = propagate(PLAIN, PLATFORM, "P-77", declared=True, producer="unknown", produce_id="none")
    assert done.label == Label("2", "unknown", "none", "", PLATFORM, "P-77", "")


def test_a_found_producer_is_never_replaced() -> None:
    done = propagate(
        labelled(first_label()), PLATFORM, "P-77", producer="other", produce_id="other"
    )
    assert done.label is not None
    assert done.label.content_producer == PRODUCER


def test_the_producer_of_a_broken_label_is_kept() -> None:
    text = b"---\nAIGC:\n  Label: '1'\n  ContentProducer: 'X'\n  ProduceID: '7'\n---\n"
    done = propagate(text, PLATFORM, "P-77")
    assert done.reading.verdict is Verdict.NONCONFORMING
    assert done.label == Label("1", "X", "7", "", PLATFORM, "P-77", "")


def test_nothing_found_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(PLAIN)
    done = propagate(path, PLATFORM, "P-77")
    assert (done.outcome, done.label, done.data) == (Outcome.NONE, None, None)
    assert (done.clause, done.zh, done.en) == ("Art. 6(4)", "", "")
    assert path.read_bytes() == PLAIN


def test_a_path_is_changed_in_place_or_elsewhere(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(PLAIN)
    done = propagate(path, PLATFORM, "P-77", declared=True, to=tmp_path / "b.html")
    assert path.read_bytes() == PLAIN
    assert marks.read(tmp_path / "b.html").label == done.label
    propagate(path, PLATFORM, "P-77", declared=True)
    assert marks.read(path).label == done.label


@pytest.mark.parametrize(("declared", "traces"), [(True, ()), (False, (TRACE,))])
@pytest.mark.parametrize("data", [b"Some text.", BITMAP], ids=["text", "bmp"])
def test_a_format_without_a_carrier_still_gets_its_words(
    data: bytes, declared: bool, traces: tuple[Trace, ...]
) -> None:
    done = propagate(data, PLATFORM, "P-77", declared=declared, traces=traces)
    assert done.outcome is (Outcome.MAY_BE if declared else Outcome.SUSPECTED)
    assert (done.label, done.data, done.unwritten) == (None, None, "format_no_carrier")
    assert has_elements(done.zh)


def test_what_the_file_is_not_to_blame_for_is_raised(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(PLAIN)
    with pytest.raises(MarksError, match="file_unavailable"):
        propagate(path, PLATFORM, "P-77", declared=True, to=tmp_path / "none" / "b.html")


def test_a_sidecar_stands_for_a_format_without_a_carrier(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Some text.")
    done = propagate(path, PLATFORM, "P-77", declared=True, sidecar=True)
    assert path.read_text() == "Some text."
    assert marks.read(path).label == done.label


def test_an_open_file_is_taken() -> None:
    done = propagate(io.BytesIO(PLAIN), PLATFORM, "P-77", declared=True)
    assert done.data is not None


@pytest.mark.parametrize("declared", [True, False])
def test_the_words_hold_both_elements(declared: bool) -> None:
    traces = () if declared else (TRACE,)
    done = propagate(PLAIN, PLATFORM, "P-77", declared=declared, traces=traces)
    assert has_elements(done.zh)
    assert "AI-generated" in done.en
    assert ("可能" in done.zh) == declared
    assert ("疑似" in done.zh) != declared


@pytest.mark.parametrize(("platform", "number"), [("", "1"), ("P", "")])
def test_the_platform_and_its_number_are_needed(platform: str, number: str) -> None:
    with pytest.raises(MarksError, match="label_incomplete"):
        propagate(PLAIN, platform, number, declared=True)


def test_an_unreadable_file_is_not_decided() -> None:
    with pytest.raises(MarksError, match="propagate_unreadable") as caught:
        propagate(bytes(range(256)), PLATFORM, "P-77", declared=True)
    assert "format" in caught.value.en


def test_the_room_offers_the_function() -> None:
    code = "from hegui import marks; print(callable(marks.propagate), callable(marks.transplant))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "True True\n"
