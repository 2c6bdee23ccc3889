"""An answer is cut without loss, and nothing but harmless data addresses becomes media."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hegui.portal.pieces import Piece, cut, without_media

PNG = "data:image/png;base64,iVBORw0KGgo="
WAV = "data:audio/wav;base64,UklGRg=="


def test_text_pictures_and_sounds_come_in_order() -> None:
    text = f"before\n\n![a hill]({PNG})\n\nbetween [a tone]({WAV})"
    assert cut(text) == [
        Piece("text", "before"),
        Piece("image", "a hill", PNG),
        Piece("text", "between "),
        Piece("audio", "a tone", WAV),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "![x](https://example.com/a.png)",
        "![x](http://127.0.0.1/)",
        "![x](javascript:alert(1))",
        "![x](data:text/html;base64,PHNjcmlwdD4=)",
        "![x](data:image/svg+xml,<svg onload=alert(1)>)",
        '![x](data:image/png;base64,iVBOR"w0KGgo=)',
        "![x](DATA:image/png;base64,iVBOR)",
        "![x](data:image/png;base64,)",
        "<img src=x onerror=alert(1)>",
        "[x](data:video/mp4;base64,AAAA)",
    ],
)
def test_any_other_address_stays_text(text: str) -> None:
    assert cut(text) == [Piece("text", text)]
    assert without_media(text) == text


def test_an_svg_is_a_picture_and_so_runs_no_script() -> None:
    assert cut("![x](data:image/svg+xml;base64,PHN2Zz4=)")[0].kind == "image"


def test_nothing_said_is_no_piece() -> None:
    assert cut("") == []
    assert cut("\n\n") == []


def test_media_go_to_the_model_as_their_names() -> None:
    assert without_media(f"a ![hill]({PNG}) b [tone]({WAV})") == "a [hill] b [tone]"


@given(st.text(alphabet="ab\n![]()", max_size=30), st.booleans())
def test_text_without_media_is_one_piece_and_loses_only_outer_line_ends(
    text: str, picture: bool
) -> None:
    pieces = cut(text + (f"![p]({PNG})" if picture else ""))
    kept = [piece.text for piece in pieces if piece.kind == "text"]
    assert "".join(kept).strip("\n") == text.strip("\n") or picture
    assert len(pieces) <= 1 + picture
