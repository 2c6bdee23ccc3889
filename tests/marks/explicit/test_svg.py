"""SVG: shapes in a corner of what is shown, whatever its units are."""

import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from tests.marks.explicit.pictures import measured
from tests.tools import need

from hegui.marks import MarksError
from hegui.marks.explicit import svg
from hegui.marks.explicit.wish import Wish
from hegui.marks.source import Source

XMLNS = 'xmlns="http://www.w3.org/2000/svg"'
SQUARE = '<rect x="-50" y="-20" width="300" height="150" fill="#fc3"/>'
DRAWINGS = [
    f'<svg {XMLNS} viewBox="-50 -20 300 150" width="600" height="300">{SQUARE}</svg>',
    f'<svg {XMLNS} width="200" height="400"/>',
    '<s:svg xmlns:s="http://www.w3.org/2000/svg" viewBox="0,0,10,10" width="9px"><s:g/></s:svg>',
]


def drawn(text: str, wish: Wish | None = None) -> str:
    out = BytesIO()
    assert svg.draw(Source.of(text.encode()), "svg", wish or Wish(), out)
    assert not svg.draw(Source.of(out.getvalue()), "svg", wish or Wish(), BytesIO())
    return out.getvalue().decode()


@pytest.mark.parametrize("text", DRAWINGS)
def test_nothing_else_changes(text: str) -> None:
    after = drawn(text)
    at = after.index("<svg xmlns", 1)
    assert after[:at] == text[:at] if not text.endswith("/>") else f"{text[:-2]}>"
    assert after.endswith("svg>")


def test_a_browser_shows_it(tmp_path: Path) -> None:
    shots = []
    for name, text in (("before", DRAWINGS[0]), ("after", drawn(DRAWINGS[0]))):
        page = tmp_path / f"{name}.svg"
        page.write_text(text, encoding="utf-8")
        shot = tmp_path / f"{name}.png"
        subprocess.run(
            [need("chromium"), "--headless", "--no-sandbox", "--window-size=600,300",
             "--force-device-scale-factor=2", f"--screenshot={shot}", page.as_uri()],
            check=True, capture_output=True,
        )  # fmt: skip
        shots.append(Image.open(shot).convert("RGB"))
    found = measured(*shots)
    assert found.lowest >= 0.048  # edges of a browser are softer
    assert found.to_side < 0.1
    assert found.contrast > 6


def test_a_text_that_is_a_mark_counts() -> None:
    text = f'<svg {XMLNS}><text x="1" y="9">AI<tspan>生成</tspan></text></svg>'
    assert not svg.draw(Source.of(text.encode()), "svg", Wish(), BytesIO())


@pytest.mark.parametrize(
    "data",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'>",
        b"\x1f\x8b\x08\0\0\0\0\0",
        b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
    ],
)
def test_what_can_not_be_edited_is_told(data: bytes) -> None:
    with pytest.raises(MarksError) as caught:
        svg.draw(Source.of(data), "svg", Wish(), BytesIO())
    assert caught.value.code == "file_malformed"
