"""A packet beside the labelled one: emptied, never shorter or longer."""

import pytest
from tests.marks.samples.pictures import LABELLED, XMP

from hegui.marks import MarksError, packets, xmp


@pytest.mark.parametrize("codec", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le"])
def test_the_label_goes_and_the_length_stays(codec: str) -> None:
    packet = LABELLED.decode().encode(codec)
    assert xmp.find(packet) == ['{"Label":"1"}']
    new = packets.emptied(packet)
    assert len(new) == len(packet)
    assert xmp.find(new) == []
    assert 'dc:format="p"' in new.decode(codec)
    assert new.decode(codec).endswith("   ")
    assert packets.emptied(new) == new


def test_a_packet_without_a_label_is_left_alone() -> None:
    for packet in (XMP, b"", b"no XML at all"):
        assert packets.emptied(packet) == packet


def test_a_broken_packet_with_a_label_is_refused() -> None:
    with pytest.raises(MarksError) as caught:
        packets.emptied(LABELLED[:-40].replace(b"</rdf:RDF>", b"<"))
    assert caught.value.code == "file_malformed"


def test_padding_fills_up_with_spaces_and_never_cuts() -> None:
    assert packets.padded(b"<x/>", 8) == b"<x/>    "
    assert packets.padded("<x/>".encode("utf-16-be"), 12).decode("utf-16-be") == "<x/>  "
    assert packets.padded(b"<x/>", 2) == b"<x/>"
