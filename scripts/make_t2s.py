"""Writes ``src/hegui/screen/data/t2s.txt``: OpenCC's map of single characters.

Run it after a new version of OpenCC: ``python scripts/make_t2s.py``. The file is data that
ships; the package itself needs no OpenCC. ``tests/screen/test_t2s.py`` holds one against the other.
"""

from importlib.metadata import version
from pathlib import Path

import opencc

TARGET = Path(__file__).parent.parent / "src" / "hegui" / "screen" / "data" / "t2s.txt"
#: One past the last ideograph that Unicode 17 assigns (CJK extension J, plane 3).
PAST_IDEOGRAPHS = 0x33480

HEADER = """\
# Traditional to simplified Chinese, one character a line: traditional, then simplified.
# Source: OpenCC {version}, configuration t2s, https://github.com/BYVoid/OpenCC
# Authors: Carbo Kuo and the OpenCC contributors.
# Licence: Apache-2.0, https://www.apache.org/licenses/LICENSE-2.0
# Changed: each character was converted alone; phrases and unchanged characters are left out.
# Made by scripts/make_t2s.py; do not edit.
"""


def pairs() -> list[str]:
    """Every character that OpenCC changes when it stands alone, followed by its simple form."""
    convert = opencc.OpenCC("t2s").convert
    found = []
    for point in range(0x80, PAST_IDEOGRAPHS):
        if 0xD800 <= point <= 0xDFFF:
            continue
        simple = convert(chr(point))
        if simple != chr(point):
            found.append(chr(point) + simple)
    return found


def main() -> None:
    """Writes the file."""
    text = HEADER.format(version=version("opencc")) + "\n".join(pairs()) + "\n"
    TARGET.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
