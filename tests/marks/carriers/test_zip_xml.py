"""XML parts: found by namespace, spliced by offset, hostile ones refused."""

import pytest

from hegui.marks import MarksError
from hegui.marks.carriers.zip_xml import MAX_ELEMENTS, markup, parse, prefix_of

NAMES = ("urn:a x", "plain")


def refused(data: bytes) -> str:
    with pytest.raises(MarksError) as caught:
        parse(data, "xml", NAMES)
    return caught.value.code


@pytest.mark.parametrize(
    "text",
    [
        "<r xmlns='urn:a'><x k='1>2'>a&amp;<b>b</b></x><y/></r>",
        '<p:r xmlns:p="urn:a" ><p:x k="1>2"\n>a<![CDATA[&]]><b>b</b></p:x ><!-- <x/> --></p:r >',
    ],
)
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_an_element_is_found_with_its_places(text: str, codec: str) -> None:
    document = parse(text.encode(codec), "xml", NAMES)
    [element] = document.found
    assert (element.name, element.text) == ("urn:a x", "a&b")
    assert element.attributes == {"k": "1>2"}
    assert element.parent == "urn:a r"
    assert document.data[element.start : element.start + 1] == b"<"
    assert document.data[element.inner : element.inner + 1] == b"a"
    assert document.data[element.end : element.stop].startswith(b"</")
    assert document.data[element.stop - 1 : element.stop] == b">"


def test_an_edit_changes_nothing_else() -> None:
    text = "<?xml version='1.0'?>\r\n<r xmlns='urn:a' >\t<x/>中<!--x--></r>\n"
    document = parse(text.encode(), "xml", NAMES)
    [element] = document.found
    assert element.empty
    edits = [(element.start, element.stop, "<é/>"), document.appended(document.root, "<z/>")]
    assert document.replaced(edits).decode() == text.replace("<x/>", "<é/>").replace(
        "</r>", "<z/></r>"
    )


def test_an_empty_element_is_opened() -> None:
    document = parse(b"<r xmlns='urn:a'><x  k='/' /></r>", "xml", NAMES)
    edit = document.appended(document.found[0], "in")
    assert document.replaced([edit]) == b"<r xmlns='urn:a'><x  k='/' >in</x></r>"


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf_16_goes_back_to_utf_16(codec: str) -> None:
    data = "\ufeff<?xml version='1.0' encoding='UTF-16'?><r xmlns='urn:a'><x>中</x></r>".encode(
        codec
    )
    document = parse(data, "xml", NAMES)
    assert document.replaced([]) == data
    new = document.replaced([document.appended(document.root, "文")])
    assert new.decode(codec).endswith("<x>中</x>文</r>")


def test_other_encodings_get_references() -> None:
    data = "<?xml version='1.0' encoding='ISO-8859-1'?><r>\xe9</r>".encode("latin-1")
    document = parse(data, "xml", NAMES)
    new = document.replaced([document.appended(document.root, "中")])
    assert new == data.replace(b"</r>", b"&#20013;</r>")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<r>",
        b"<r></q>",
        b"<r/><r/>",
        b"<p:r/>",
        b"\xff\xfe\0",
        b"<?xml version='1.0' encoding='no-such'?><r/>",
        b"<!DOCTYPE r [<!ENTITY a 'b'>]><r>&a;</r>",
        b"<!DOCTYPE r [<!ENTITY % a SYSTEM 'file:///etc/passwd'>%a;]><r/>",
    ],
)
def test_what_is_not_well_formed_or_declares_entities_is_refused(data: bytes) -> None:
    assert refused(data) == "file_malformed"


@pytest.mark.parametrize(
    "data",
    [
        b"<r>" + b"<a/>" * (MAX_ELEMENTS + 1) + b"</r>",
        b"<a>" * 300 + b"</a>" * 300,
        b"<r %b>" % b" ".join(b"xmlns:p%d='u'" % n for n in range(5000))
        + b"<a xmlns:q='u'/>" * 100
        + b"</r>",
    ],
    ids=["elements", "levels", "prefixes"],
)
def test_too_much_is_refused(data: bytes) -> None:
    assert refused(data) == "file_too_complex"


def test_markup_is_escaped() -> None:
    assert markup("a", {"b": '<&"'}) == '<a b="&lt;&amp;&quot;"/>'
    assert markup("a", {}, "x") == "<a>x</a>"


def test_a_bound_prefix_is_used_and_a_missing_one_declared() -> None:
    assert prefix_of({"": "urn:a", "p": "urn:a"}, "urn:a", "u") == ({}, "p:")
    assert prefix_of({"": "urn:a"}, "urn:a", "u") == ({"xmlns:u": "urn:a"}, "u:")
