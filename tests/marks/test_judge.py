"""From contents to a verdict."""

import json
import subprocess
import sys

import pytest
from tests.marks.security_keys import OURS, PRODUCER
from tests.marks.wild import FIELDS

from hegui.marks.finding import Finding, Severity, finding
from hegui.marks.judge import judge
from hegui.marks.label import Label
from hegui.marks.reading import Contents, Meta, Place, Verdict
from hegui.marks.security import Pins, PublicKey, sign

GOOD = json.dumps(FIELDS)
OTHER = json.dumps({**FIELDS, "ProduceID": "b2", "PropagateID": "b2"})
MARK = Meta("text", "AI生成\n\nSome text.")


def contents(
    *places: Place, metadata: tuple[Meta, ...] = (), findings: tuple[Finding, ...] = ()
) -> Contents:
    return Contents("png", places, metadata, findings)


def test_one_good_label_conforms() -> None:
    reading = judge(contents(Place("xmp", GOOD)))
    assert reading.verdict is Verdict.CONFORMING
    assert reading.carriers == ("xmp",)
    assert reading.findings == ()
    assert reading.label == Label(*FIELDS.values())  # type: ignore[arg-type]


def test_any_error_makes_it_nonconforming_and_a_warning_does_not() -> None:
    warned = judge(contents(Place("xmp", json.dumps({**FIELDS, "PropagateID": ""}))))
    assert warned.verdict is Verdict.CONFORMING
    assert [one.code for one in warned.findings] == ["propagator-empty"]
    wrong = judge(contents(Place("xmp", json.dumps({**FIELDS, "Label": "4"}))))
    assert wrong.verdict is Verdict.NONCONFORMING


def test_strict_reading_takes_warnings_for_errors_and_leaves_information() -> None:
    soft = contents(Place("xmp", json.dumps({"AIGC": {**FIELDS, "ContentProducer": "某公司"}})))
    reading = judge(soft, strict=True)
    assert reading.verdict is Verdict.NONCONFORMING
    told = {one.code: one.severity for one in reading.findings}
    assert told == {"wrapped": Severity.INFO, "charset": Severity.ERROR}
    assert judge(contents(Place("xmp", GOOD)), strict=True).verdict is Verdict.CONFORMING


def test_two_places_are_two_labels_even_when_they_agree() -> None:
    for second in (GOOD, OTHER):
        reading = judge(contents(Place("xmp", GOOD), Place("exif", second)))
        assert reading.verdict is Verdict.NONCONFORMING
        assert [one.code for one in reading.findings] == ["two-labels"]
        assert reading.carriers == ("xmp", "exif")
        assert len(reading.seen) == 2


def test_the_same_fault_of_two_labels_is_told_once() -> None:
    wrong = json.dumps({**FIELDS, "Label": "4"})
    reading = judge(contents(Place("xmp", wrong), Place("exif", wrong)))
    assert [one.code for one in reading.findings] == ["label-value", "two-labels"]


def test_a_thousand_labels_are_counted_and_sixteen_read() -> None:
    reading = judge(contents(*(Place("text", GOOD) for _ in range(1000))))
    assert len(reading.seen) == 16
    assert "1000" in reading.findings[0].en


def test_without_a_label_traces_decide() -> None:
    assert judge(contents()).verdict is Verdict.UNLABELLED
    reading = judge(contents(metadata=(MARK,)))
    assert reading.verdict is Verdict.SUSPECTED
    assert reading.traces
    labelled = judge(contents(Place("xmp", GOOD), metadata=(MARK,)))
    assert labelled.verdict is Verdict.CONFORMING
    assert labelled.traces == reading.traces


@pytest.mark.parametrize(
    "code", ["file-malformed", "file-protected", "file-too-complex", "format-unknown"]
)
def test_what_could_not_be_read(code: str) -> None:
    why = Finding(code, "", Severity.ERROR, "无法读取。", "It can't be read.")
    reading = judge(contents(findings=(why,)))
    assert reading.verdict is Verdict.UNREADABLE
    assert reading.findings == (why,)
    told = judge(contents(Place("sidecar", GOOD, (finding("sidecar-only"),)), findings=(why,)))
    assert told.verdict is Verdict.CONFORMING
    assert {one.severity for one in told.findings} == {Severity.INFO}


def test_signatures_are_checked_and_pins_make_them_genuine() -> None:
    label = sign(Label.first(PRODUCER, "142569260085903360"), OURS)
    place = Place("front-matter", label.to_json().decode())
    assert [one.code for one in judge(contents(place)).findings] == ["signature-intact"]
    pins = Pins({PRODUCER: [PublicKey.parse(OURS.spki)]})
    assert [one.code for one in judge(contents(place), pins=pins).findings] == ["signature-genuine"]
    changed = Place("xmp", place.value.replace("142569", "142560"))  # type: ignore[union-attr]
    reading = judge(contents(changed))
    assert reading.verdict is Verdict.NONCONFORMING
    assert [one.code for one in reading.findings] == ["signature-broken"]


def test_a_label_without_security_data_brings_no_arithmetic() -> None:
    code = (
        "import sys; from hegui.marks.judge import judge; "
        "from hegui.marks.reading import Contents, Place; "
        f"judge(Contents('png', (Place('xmp', {GOOD!r}),))); "
        "print('hegui.marks.security' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_the_dictionary_is_plain_json() -> None:
    reading = judge(contents(Place("xmp", '{"AIGC":{"Label":"\\ud800"}}')))
    told = json.loads(json.dumps(reading.to_dict("a.png"), ensure_ascii=False).encode())
    assert told["verdict"] == "nonconforming"
    assert told["label"] == {"Label": "\ufffd"}
    assert set(told["findings"][0]) == {"code", "clause", "severity", "zh", "en"}
