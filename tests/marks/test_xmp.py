"""The label in XMP packets: every form that is seen, and edits that touch nothing else."""

from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.marks.carriers.image_tools import FIRST, HARD, URI, text
from tests.marks.samples.mutations import mutations

from hegui.marks import Label, MarksError, xmp
from hegui.marks.plan import Wanted

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
NS = "http://www.tc260.org.cn/ns/AIGC/1.0/"
BARE = text().replace('"', "&quot;")
OPEN = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{RDF}">'
CLOSE = "</rdf:RDF></x:xmpmeta>"
WANTED = Wanted(HARD)


def parsed(data: bytes | str) -> ET.Element:
    return ET.fromstring(data)  # noqa: S314 - a foreign parser for our own bytes


def packet(inner: str) -> bytes:
    return (OPEN + inner + CLOSE).encode()


def described(inner: str, uri: str = NS, prefix: str = "TC260") -> bytes:
    return packet(f'<rdf:Description rdf:about="" xmlns:{prefix}="{uri}">{inner}</rdf:Description>')


def element(value: str = BARE, prefix: str = "TC260") -> str:
    return f"<{prefix}:AIGC>{value}</{prefix}:AIGC>"


#: Forms of no namespace, or of a foreign one.
OWN = {"other namespace", "prefix not declared", "no wrapper"}
#: Forms in which the one label FIRST stands.
FORMS = {
    "element": described(element()),
    "space around": described(element(f"\n  {BARE}\n ")),
    "single quotes": described(element(text().replace("'", "&apos;"))),
    "other prefix": described(element(prefix="a"), prefix="a"),
    "default namespace": packet(f'<AIGC xmlns="{NS}">{BARE}</AIGC>'),
    "no last slash": described(element(), uri=NS[:-1]),
    "https": described(element(), uri=NS.replace("http:", "https:")),
    "attribute": packet(f'<rdf:Description rdf:about="" xmlns:TC260="{NS}" TC260:AIGC="{BARE}"/>'),
    "attribute before its namespace": packet(
        f"<rdf:Description TC260:AIGC='{BARE}' xmlns:TC260='{NS}'/>"
    ),
    "section": described(element(f"<![CDATA[{text()}]]>")),
    "alternatives": described(
        element(f'<rdf:Alt><rdf:li xml:lang="x-default">{BARE}</rdf:li></rdf:Alt>')
    ),
    "numbers for characters": described(element("".join(f"&#{ord(c)};" for c in text()))),
    "hexadecimal": described(element("".join(f"&#x{ord(c):X};" for c in text()))),
    "prefix not declared": packet(f"<rdf:Description>{element()}</rdf:Description>"),
    "behind a comment": described(f"<!-- {element('x')} -->{element()}"),
    "no wrapper": f'<rdf:RDF xmlns:rdf="{RDF}">{element()}</rdf:RDF>'.encode(),
    "xml declaration": b'<?xml version="1.0"?>' + described(element()),
    "other namespace": described(element(), uri="http://example.com/mine/"),
    "lower case": described(f"<TC260:aigc>{BARE}</TC260:aigc>"),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_read_once_and_replaced(form: str) -> None:
    old = FORMS[form]
    assert xmp.find(old) == [text()]
    new = xmp.put(old, WANTED)
    assert xmp.find(new) == [text(HARD)]
    assert xmp.put(new, WANTED) == new
    parsed(new.strip())


@pytest.mark.parametrize("form", FORMS)
def test_only_a_namespace_of_ones_own_is_a_finding(form: str) -> None:
    (place,) = xmp.places(FORMS[form])
    codes = [found.code for found in place.findings]
    assert codes == (["namespace"] if form in OWN else [])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"   ",
        b"no markup, AIGC",
        described("<TC260:Other>AIGC</TC260:Other>"),
        packet('<rdf:Description xmlns:p="p:"><p:AIGCUsed>true</p:AIGCUsed></rdf:Description>'),
        packet(f"<!-- {element()} -->"),
        packet("<rdf:Description><dc:title>AIGC</dc:title></rdf:Description>"),
    ],
)
def test_what_only_names_it_is_no_label(data: bytes) -> None:
    assert xmp.find(data) == []


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_packets_stay_wide(codec: str) -> None:
    old = ("\ufeff" + described(element()).decode()).encode(codec)
    assert xmp.find(old) == [text()]
    new = xmp.put(old, WANTED)
    assert xmp.find(new) == [text(HARD)]
    assert new.decode(codec).startswith("\ufeff<x:xmpmeta")


def test_the_first_of_several_stays_and_the_others_go() -> None:
    old = described(element("one") + "<a:b xmlns:a='a:'>é</a:b>" + element("two"))
    assert xmp.find(old) == ["one", "two"]
    new = xmp.put(old, Wanted(FIRST))
    assert new == described(element() + "<a:b xmlns:a='a:'>é</a:b>")


def test_a_new_property_shares_the_subject_of_the_others() -> None:
    old = packet('<rdf:Description rdf:about="uuid:1" xmlns:a="a:" a:b="é"/>')
    new = xmp.put(old, Wanted(FIRST))
    added = xmp.description(BARE, None, about="uuid:1").encode()
    assert new == old.replace(CLOSE.encode(), added + CLOSE.encode())


@pytest.mark.parametrize(
    "old",
    [
        f'<rdf:RDF xmlns:rdf="{RDF}"/>',
        f'<r:RDF xmlns:r="{RDF}"/>',
        f'<RDF xmlns="{RDF}"></RDF>',
    ],
)
def test_an_empty_rdf_under_any_prefix_takes_one(old: str) -> None:
    new = xmp.put(old.encode(), WANTED)
    root = parsed(new)
    assert [one.text for one in root.iter(f"{{{NS}}}AIGC")] == [text(HARD)]
    assert xmp.put(new, WANTED) == new


def test_the_source_type_is_replaced_where_it_stands() -> None:
    iptc = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
    old = packet(f'<rdf:Description xmlns:i="{iptc}" i:DigitalSourceType="digitalCapture"/>')
    new = xmp.put(old, Wanted(FIRST, URI))
    assert f'i:DigitalSourceType="{URI}"'.encode() in new
    assert new.count(b"DigitalSourceType=") == 1 == new.count(URI.encode())
    assert b"digitalCapture" in xmp.put(old, Wanted(FIRST))


def test_growth_is_taken_from_the_padding_and_given_back() -> None:
    room = b" " * 3000 + b"\n"
    wrapped = b"<?xpacket begin='' id='x'?>" + described("") + room + b"<?xpacket end='w'?>"
    one = xmp.put(wrapped, Wanted(FIRST))
    two = xmp.put(one, WANTED)
    assert len(wrapped) == len(one) == len(two)
    assert xmp.put(two, Wanted(FIRST)) == one
    fixed = wrapped.replace(b"'w'", b"'r'")
    assert xmp.put(fixed, Wanted(FIRST)).endswith(room + b"<?xpacket end='r'?>")


def test_several_packets_have_one_label_between_them() -> None:
    packets = [described(element("one")), packet(""), described(element("two") + "<a/>")]
    new = xmp.put_first(packets, Wanted(FIRST))
    assert [xmp.find(each) for each in new] == [[text()], [], []]
    assert new[1:] == [packet(""), described("<a/>")]


@pytest.mark.parametrize(
    "broken",
    [
        b"text",
        OPEN.encode(),
        described(element())[:-3],
        described("<a>" + element()),
        described("& " + element()),
        described(element("\x01")),
        described("\udcff".encode("utf-8", "surrogateescape").decode("latin-1")).replace(
            "ÿ".encode(), b"\xff"
        ),
        b"<!DOCTYPE a [<!ENTITY b 'c'>]>" + described(""),
        b"<x:xmpmeta xmlns:x='adobe:ns:meta/'></x:xmpmeta>",
        f'<rdf:RDF xmlns:rdf="{RDF}">'.encode("utf-16-le") + b"\0",
    ],
)
def test_what_is_no_sound_packet_is_not_written(broken: bytes) -> None:
    with pytest.raises(MarksError) as caught:
        xmp.put(broken, Wanted(FIRST))
    assert caught.value.code == "file_malformed"


@pytest.mark.parametrize(
    "hostile",
    [
        OPEN + "<a>" * 60_000,
        OPEN + "<a/>" * 60_000,
        OPEN + "".join(f"<a xmlns:n{i}='u{i}'>" for i in range(900)),
        OPEN + "<a " + "xmlns:b='c' " * 60_000 + ">",
    ],
)
def test_what_no_packet_has_is_too_complex(hostile: str) -> None:
    with pytest.raises(MarksError) as caught:
        xmp.find((hostile + element()).encode())
    assert caught.value.code == "file_too_complex"


@settings(deadline=None)
@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=6, max_size=6),
    st.sampled_from(["1", "2", "3"]),
)
def test_any_label_goes_through_a_foreign_parser(values: list[str], kind: Any) -> None:
    label = Label(kind, *values)
    for old in (None, FORMS["attribute"], FORMS["element"]):
        new = xmp.put(old, Wanted(label))
        assert [Label.from_json(value) for value in xmp.find(new)] == [label]
        root = parsed(new.decode().lstrip("\ufeff"))
        held = [one.text for one in root.iter(f"{{{NS}}}AIGC")]
        held += [one.get(f"{{{NS}}}AIGC") for one in root.iter() if f"{{{NS}}}AIGC" in one.attrib]
        assert [Label.from_json(value or "") for value in held] == [label]


def test_the_usual_form_is_read_as_the_walk_reads_it() -> None:
    for broken in mutations(xmp.fresh(Wanted(HARD, URI)), 3000):
        usual = xmp.find(broken)
        walked = xmp.find(broken + b"<!---->")
        assert usual == walked or not walked


@pytest.mark.parametrize("form", FORMS)
def test_damaged_packets_raise_nothing_but_the_one_error(form: str) -> None:
    for broken in mutations(FORMS[form], 200):
        xmp.find(broken)
        try:
            new = xmp.put(broken, WANTED)
        except MarksError:
            continue
        assert xmp.find(new) == [text(HARD)]
