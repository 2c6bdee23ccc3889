"""HTML: the meta element, as two other parsers see it."""

import html
import json
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from tests.marks.carriers.damage import damaged
from tests.marks.wild import CODE
from tests.tools import need

from hegui.marks import Label, MarksError, Verdict, read, write
from hegui.marks.carriers import html as carrier
from hegui.marks.plan import Span, Wanted, render
from hegui.marks.source import Source

LABEL = Label.first(CODE, 'a"<b>&c')
JSON = LABEL.to_json().decode()
META = f'<meta name="AIGC" content="{html.escape(JSON)}" />'
OLD = Label.first(CODE, "old").to_json().decode()
OLD_META = f"<META NAME='aigc' content='{OLD}'>"


class Metas(HTMLParser):
    """The meta elements named AIGC, by the standard library's parser."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag == "meta" and (attributes.get("name") or "").upper() == "AIGC":
            self.found.append(attributes.get("content") or "")


def written(text: str, label: Label = LABEL) -> str:
    data = write(text.encode(), label)
    assert data is not None
    return data.decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "<!DOCTYPE html><html><head><title>x</title></head>",
            f"<!DOCTYPE html><html><head>{META}<title>x</title></head>",
        ),
        ("<html>\n<HEAD lang='en'>\n", f"<html>\n<HEAD lang='en'>{META}\n"),
        (
            '<html><head><meta charset="utf-8"><title>',
            f'<html><head><meta charset="utf-8">{META}<title>',
        ),
        ("<!doctype html><html><body>x", f"<!doctype html><html>{META}<body>x"),
        (f"<head>\n  {OLD_META}\n<title>x</title>", f"<head>\n  {META}\n<title>x</title>"),
        (f"<head>{OLD_META}<b>{OLD_META}</b>", f"<head>{META}<b></b>"),
        (f"<head><!-- AIGC: {html.escape(OLD)} --><!-- other -->", f"<head>{META}<!-- other -->"),
        ("\ufeff<!-- <head> -->\n<html><head>", f"\ufeff<!-- <head> -->\n<html><head>{META}"),
        (f"<head><script>'{OLD_META}'</script>", f"<head>{META}<script>'{OLD_META}'</script>"),
        ("<html><header></header><head>", f"<html><header></header><head>{META}"),
    ],
)
def test_one_element_comes_and_all_else_stays(before: str, after: str) -> None:
    with Source.of(before.encode()) as source:
        assert render(source, carrier.write(source, "html", Wanted(LABEL))).decode() == after
    assert written(before) == after
    assert written(after) == after


def test_other_parsers_read_the_exact_label() -> None:
    text = written(
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>x</title></head></html>"
    )
    parser = Metas()
    parser.feed(text)
    assert parser.found == [JSON]
    xhtml = '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head></html>'
    root = ET.fromstring(written(xhtml))  # noqa: S314  our own bytes
    (meta,) = root.iter("{http://www.w3.org/1999/xhtml}meta")
    assert meta.get("content") == JSON


def test_exiftool_reads_the_exact_label_and_finds_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<!DOCTYPE html>\n<html>\n<head>\n<title>x</title>\n</head>\n</html>\n")
    write(path, LABEL)
    tool = [need("exiftool"), "-json", "-AIGC", "-Title", "-Warning", str(path)]
    (told,) = json.loads(subprocess.run(tool, capture_output=True, check=True).stdout)
    assert json.loads(html.unescape(told["AIGC"])) == json.loads(JSON)
    assert told["Title"] == "x"
    assert "Warning" not in told


def test_the_encoding_is_told_before_the_label() -> None:
    long = Label("1", CODE, "a", "x" * 4000, CODE, "a", "")
    text = written(
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=gbk">', long
    )
    assert text.index("charset=gbk") < 1024 < len(text)


def test_another_encoding_is_kept() -> None:
    before = "<html><head><title>标题内容</title>".encode("gb18030")
    label = Label.first("某公司", "一")
    data = write(before, label)
    assert data is not None
    assert data.replace(before[12:], b"").isascii()
    assert read(data).label == label


def test_an_encoding_that_is_none_of_these_is_left_alone() -> None:
    before = "<html><head><title>Déjà là</title>".encode("latin-1")
    data = write(before, LABEL)
    assert data is not None
    assert data == before[:12] + META.encode() + before[12:]


@pytest.mark.parametrize("content", [JSON, json.dumps({"AIGC": json.loads(JSON)})])
def test_bare_and_wrapped_are_read(content: str) -> None:
    reading = read(f'<html><head><meta content="{html.escape(content)}" name=AIGC>'.encode())
    assert reading.carriers == ("meta",)
    assert reading.label == LABEL
    assert [one.code for one in reading.findings] == ([] if content == JSON else ["wrapped"])


@pytest.mark.parametrize(
    ("text", "verdict", "about"),
    [
        (f"<html><head>{OLD_META}{OLD_META}", "nonconforming", {"two-labels"}),
        (f"<html><!-- AIGC: {html.escape(OLD)} -->", "nonconforming", {"placement"}),
        (f"<html><!-- AIGC_INFO: {OLD} -->", "nonconforming", {"placement"}),
        (
            '<html><meta name="AIGC" content="{&quot;AIGC&quot;:">',
            "nonconforming",
            {"value-malformed"},
        ),
        ('<html><meta name="AIGC">', "nonconforming", {"value-malformed"}),
        (f"<html><!-- {OLD_META} -->", "unlabelled", set()),
        (f"<html><script>{OLD_META}</script>", "unlabelled", set()),
        (f"<html><title>{OLD_META}</title>", "unlabelled", set()),
        ("<html><!-- AIGC: to do -->", "unlabelled", set()),
        ('<html><meta name="AIGC-tool" content="x">', "unlabelled", set()),
        ("<html><body><p>AI生成</p><p>Text.</p>", "suspected", set()),
    ],
)
def test_what_is_a_label_and_what_is_not(text: str, verdict: str, about: set[str]) -> None:
    reading = read(text.encode())
    assert reading.format == "html"
    assert reading.verdict.value == verdict
    assert {one.code for one in reading.findings} == about


@pytest.mark.parametrize(
    "text", ["<p>x</p>", "<div><html></div>", "<!-- x -->", "<htmlx>", "<svg></svg>"]
)
def test_a_fragment_is_no_html(text: str) -> None:
    assert read(text.encode()).format != "html"


def test_a_document_type_alone_tells_no_head() -> None:
    with pytest.raises(MarksError) as caught:
        write(b"<!DOCTYPE html>\n<p>x</p>", LABEL)
    assert caught.value.code == "file_malformed"


def test_the_kept_pieces_are_the_whole_original() -> None:
    before = b"<html><head><title>x</title></head></html>"
    with Source.of(before) as source:
        plan = carrier.write(source, "html", Wanted(LABEL))
    assert b"".join(before[one.start : one.stop] for one in plan if isinstance(one, Span)) == before


@pytest.mark.parametrize(
    "data",
    [
        b"<" * 2_000_000,
        b"<meta a='" * 200_000,
        b"<meta" + b" " * 2_000_000,
        b"<meta" + b" a=b" * 500_000 + b">",
        b"<script>" * 200_000,
        b"<header>" * 200_000,
        b"<!--AIGC:{}-->" * 100_000,
        b"<meta name=AIGC content=x>" * 100_000,
    ],
    ids=["angles", "quotes", "spaces", "attributes", "scripts", "headers", "comments", "metas"],
)
def test_hostile_files_end(data: bytes) -> None:
    assert read(b"<html>" + data).verdict in {Verdict.UNLABELLED, Verdict.UNREADABLE}


def test_damage_raises_nothing_else() -> None:
    samples = [
        f"<!DOCTYPE html><html><head>{OLD_META}<meta charset='utf-8'><title>x</title>".encode(),
        f"<html><!-- AIGC: {OLD} --><script>x</script><body>".encode(),
    ]
    for data in damaged(samples, 2000, seed=45438):
        with Source.of(data) as source:
            try:
                carrier.sniff(data[:4096], source)
                carrier.read(source, "html")
                made = render(source, carrier.write(source, "html", Wanted(LABEL)))
            except MarksError:
                continue
        assert made.count(META.encode()) == 1


def test_more_comments_like_labels_than_any_file_has_are_refused() -> None:
    own = "<!-- AIGC: a section by hand -->" * 200
    page = "<html><head></head><body>" + own
    assert own in written(page + f"<!-- AIGC: {OLD} -->" * 16)
    for act in (carrier.read, lambda source, fmt: carrier.write(source, fmt, Wanted(LABEL))):
        with Source.of((page + '<!-- AIGC: {"a": 1} -->' * 17).encode()) as source:
            with pytest.raises(MarksError) as caught:
                act(source, "html")
            assert caught.value.code == "file_too_complex"


def test_a_comment_is_looked_at_only_so_far() -> None:
    many = ", ".join(f'"k{at}": 1' for at in range(64))
    page = "<html><head></head>" + f'<!-- AIGC: {{{many}, "Label": "1"}} -->'
    assert carrier.read(Source.of(page.encode()), "html").places == ()
