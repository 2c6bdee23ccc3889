"""Writes the font of explicit marks, ``src/hegui/marks/explicit/fonts/``, from Noto Sans CJK SC.

Run it with a path to ``NotoSansCJK-Bold.ttc`` (Debian: fonts-noto-cjk) after a change of
``CHARACTERS``: ``python scripts/make_font.py PATH``; it needs fonttools. The outlines become
quadratic, so that the same file serves pictures, PDF (as CIDFontType2, glyph numbers as they are)
and browsers; hints and layout tables go. The licence asks for a name of its own.
"""

import sys
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

FOLDER = Path(__file__).parent.parent / "src" / "hegui" / "marks" / "explicit" / "fonts"
NAME = "Hegui Mark"
#: ``Noto Sans CJK SC`` within the collection.
FONT_NUMBER = 2
#: What a mark may be written with: ASCII, and what labels say in Chinese.
CHARACTERS = "".join(map(chr, range(0x20, 0x7F))) + (
    "人工智能生成合本内容由经为的图片像视频音声语文字档作品画面场景脸物数虚拟模型技术创辅助"
    "使用平台服务提供部分疑似可请注意甄别仅参考标识示"
    "，。、：；！（）【】《》“”·—"
)
#: Units off the original curve that a quadratic one may be, of 1,000 to the em.
TOLERANCE = 1.0


def build(collection: Path) -> TTFont:
    """The small font; glyph 0 is ``.notdef``, then the characters by code point."""
    source = TTFont(collection, fontNumber=FONT_NUMBER)
    cmap, shapes, metrics = source.getBestCmap(), source.getGlyphSet(), source["hmtx"]
    characters = sorted(set(CHARACTERS))
    names = {".notdef": ".notdef"} | {f"u{ord(c):04X}": cmap[ord(c)] for c in characters}
    glyphs = {}
    for name, old in names.items():
        pen = TTGlyphPen(None)
        shapes[old].draw(Cu2QuPen(pen, TOLERANCE, reverse_direction=True))
        glyphs[name] = pen.glyph()
    made = FontBuilder(source["head"].unitsPerEm, isTTF=True)
    made.setupGlyphOrder(list(names))
    made.setupCharacterMap({ord(c): f"u{ord(c):04X}" for c in characters})
    made.setupGlyf(glyphs)
    made.setupHorizontalMetrics(
        {
            name: (
                metrics[old][0],
                made.font["glyf"][name].xMin if glyphs[name].numberOfContours else 0,
            )
            for name, old in names.items()
        }
    )
    hhea = source["hhea"]
    made.setupHorizontalHeader(ascent=hhea.ascent, descent=hhea.descent)
    made.setupNameTable(
        {
            "copyright": source["name"].getDebugName(0),
            "familyName": NAME,
            "styleName": "Bold",
            "uniqueFontIdentifier": "Hegui Mark Bold 1",
            "fullName": NAME,
            "psName": "HeguiMark-Bold",
            "version": "Version 1.000",
            "licenseDescription": "SIL Open Font License, Version 1.1",
            "licenseInfoURL": source["name"].getDebugName(14),
        },
        mac=False,
    )
    made.setupOS2(
        sTypoAscender=hhea.ascent,
        sTypoDescender=hhea.descent,
        usWeightClass=700,
        sCapHeight=source["OS/2"].sCapHeight,
        usWinAscent=hhea.ascent,
        usWinDescent=-hhea.descent,
    )
    made.setupPost(keepGlyphNames=False)
    # The same bytes each time that the same font is made.
    made.font["head"].created = made.font["head"].modified = source["head"].created
    made.font.recalcTimestamp = False
    return made.font


def main() -> None:
    """Writes the font, and the list of its characters with their advances."""
    font = build(Path(sys.argv[1]))
    font.save(FOLDER / "hegui-mark.ttf")
    cmap, metrics = font.getBestCmap(), font["hmtx"]
    lines = [f"{chr(point)}{metrics[cmap[point]][0]}\n" for point in sorted(cmap)]
    (FOLDER / "characters.txt").write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
