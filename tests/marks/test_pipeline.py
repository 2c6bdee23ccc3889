import io
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image
from tests.marks.security_keys import PLATFORM, PRODUCER, first_label

from hegui import marks
from hegui.marks import Label, MarksError
from hegui.marks.pipeline import State, diff, transplant

OTHER = Label.first(PLATFORM, "another")


def picture(form: str = "PNG", **options: object) -> bytes:
    data = io.BytesIO()
    Image.linear_gradient("L").resize((80, 60)).convert("RGB").save(data, form, **options)
    return data.getvalue()


def labelled(data: bytes, label: Label | None = None) -> bytes:
    made = marks.write(data, label or first_label())
    assert made is not None
    return made


def saved_again(data: bytes, form: str, *, keep: bool) -> bytes:
    """What a converter does: with Pillow, with or without the XMP packet."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(data)) as image:
        xmp = image.info.get("xmp", b"")
        options = {"xmp": xmp.encode() if isinstance(xmp, str) else xmp} if keep else {}
        image.save(out, form, **options)
    return out.getvalue()


def states(before: bytes, after: bytes) -> dict[str, State]:
    (step,) = diff(before, after)
    return {change.mark: change.state for change in step.changes}


def test_what_a_step_kept_and_lost() -> None:
    marked = labelled(picture())
    assert states(marked, marked) == {
        "label": State.KEPT,
        "explicit": State.ABSENT,
        "c2pa": State.ABSENT,
        "xmp": State.KEPT,
    }
    assert states(marked, picture("JPEG"))["label"] is State.LOST
    assert states(picture(), marked)["label"] is State.GAINED
    assert states(marked, labelled(picture(), OTHER))["label"] is State.CHANGED


def test_a_converter_that_keeps_xmp_keeps_the_label() -> None:
    marked = labelled(picture("JPEG"))
    kept = states(marked, saved_again(marked, "WEBP", keep=True))
    assert kept["label"] is State.KEPT
    assert states(marked, saved_again(marked, "WEBP", keep=False))["label"] is State.LOST


def test_several_steps_tell_which_one_lost_it(tmp_path: Path) -> None:
    first = labelled(picture("JPEG"))
    names = ["made.jpg", "proxy.jpg", "small.jpg", "last.png"]
    contents = [first, first, saved_again(first, "JPEG", keep=False), picture()]
    paths = [tmp_path / name for name in names]
    for path, data in zip(paths, contents, strict=True):
        path.write_bytes(data)
    steps = diff(*paths)
    assert [(step.before, step.after) for step in steps] == list(pairwise(names))
    assert [bool(step.lost) for step in steps] == [False, True, False]
    assert "label" in steps[1].lost


def test_an_explicit_text_mark_is_looked_for() -> None:
    before = "---\ntitle: T\n---\n\n本文由AI生成\n".encode()
    assert states(before, b"---\ntitle: T\n---\n\n")["explicit"] is State.LOST
    assert states(before, before)["explicit"] is State.KEPT


def test_each_change_has_words() -> None:
    (step,) = diff(labelled(picture()), picture())
    words = {change.mark: (change.zh, change.en) for change in step.changes}
    assert words["label"] == ("隐式标识丢失。", "The implicit label was lost.")


@pytest.mark.parametrize("count", [0, 1])
def test_fewer_than_two_files_are_no_pipeline(count: int) -> None:
    with pytest.raises(MarksError, match="pipeline_short"):
        diff(*[picture()] * count)


def test_a_file_that_cannot_be_read_is_told() -> None:
    with pytest.raises(MarksError, match="file_malformed"):
        diff(picture(), picture()[:30])


def test_a_label_is_put_back(tmp_path: Path) -> None:
    marked = labelled(picture("JPEG"))
    after = saved_again(marked, "PNG", keep=False)
    back = transplant(marked, after)
    assert back is not None
    assert marks.read(back).label == first_label()
    path = tmp_path / "after.png"
    path.write_bytes(after)
    assert transplant(marked, path) is None
    assert marks.read(path).label == first_label()
    assert transplant(marked, after, to=tmp_path / "new.png") is None
    assert marks.read(tmp_path / "new.png").label == first_label()


def test_the_same_label_may_be_put_again() -> None:
    marked = labelled(picture())
    assert transplant(marked, marked) == marked


def test_another_label_is_not_written_over() -> None:
    with pytest.raises(MarksError, match="transplant_labelled"):
        transplant(labelled(picture()), labelled(picture(), OTHER))


def two_labels() -> bytes:
    html = labelled(b"<!DOCTYPE html><html><head></head><body></body></html>")
    start, stop = html.index(b"<meta"), html.index(b">", html.index(b"<meta")) + 1
    return html[:stop] + html[start:stop] + html[stop:]


def test_every_label_is_compared_and_not_the_first_alone() -> None:
    two = two_labels()
    at = two.rindex(b"<meta")
    other = two[:at] + two[at:].replace(b"142569260085903360", b"142569260085903361")
    assert states(two, two)["label"] is State.KEPT
    assert states(two, other)["label"] is State.CHANGED
    one = labelled(b"<!DOCTYPE html><html><head></head><body></body></html>")
    assert states(two, one)["label"] is State.CHANGED


@pytest.mark.parametrize(
    "source",
    [
        picture(),
        two_labels(),
        b"---\nAIGC:\n  Label: perhaps\n  ContentProducer: X\n---\n",
    ],
)
def test_only_one_readable_label_is_taken(source: bytes) -> None:
    with pytest.raises(MarksError, match="transplant_unlabelled"):
        transplant(source, picture())


def test_the_producer_is_not_touched() -> None:
    passed_on = Label("1", PRODUCER, "1", "x", PLATFORM, "2", "y")
    back = transplant(labelled(picture(), passed_on), picture("JPEG"))
    assert back is not None
    assert marks.read(back).label == passed_on
