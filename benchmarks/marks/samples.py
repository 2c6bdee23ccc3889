"""A small sound file of every format, made by tools that are not ours."""

import io
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

_ODF = "application/vnd.oasis.opendocument.text"
_FFMPEG = ["ffmpeg", "-v", "error", "-y"]
_PICTURE = ["-f", "lavfi", "-i", "testsrc=size=160x120:rate=10:duration=1"]
_SOUND = ["-f", "lavfi", "-i", "sine=frequency=440:duration=1"]
#: What ffmpeg encodes each format from.
_ENCODED: dict[str, list[str]] = {
    "mp4": [*_PICTURE, *_SOUND, "-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac"],
    "mov": [*_PICTURE, "-c:v", "mjpeg", "-pix_fmt", "yuvj420p"],
    "mkv": [*_PICTURE, *_SOUND, "-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "libvorbis"],
    "webm": [*_PICTURE, "-c:v", "libvpx"],
    "flv": [*_PICTURE, *_SOUND, "-c:v", "flv1", "-c:a", "libmp3lame", "-ar", "44100"],
    "avi": [*_PICTURE, *_SOUND, "-c:v", "mpeg4", "-c:a", "libmp3lame"],
    "m4a": [*_SOUND, "-c:a", "aac"],
    "mp3": [*_SOUND, "-c:a", "libmp3lame"],
    "wav": [*_SOUND],
    "flac": [*_SOUND],
    "ogg": [*_SOUND, "-c:a", "libvorbis"],
    "opus": [*_SOUND, "-c:a", "libopus"],
}
_TEXTS = {
    "svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="4"/></svg>\n',
    "html": "<!doctype html><html><head><title>t</title></head><body><p>text</p></body></html>\n",
    "json": '{"title": "a", "items": [1, 2, {"three": null}]}\n',
    "md": "---\ntitle: A page\n---\n\n# A page\n\nSome text.\n",
    "txt": "Some plain text.\nIn two lines.\n",
}
_CONTAINER = """<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="a.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""
_OPF = """<?xml version="1.0"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="i">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="i">urn:x</dc:identifier>
<dc:title>t</dc:title><dc:language>en</dc:language></metadata>
<manifest><item id="p" href="p.xhtml" properties="nav"
 media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="p"/></spine></package>"""
_META = """<?xml version="1.0"?>
<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" office:version="1.3">
<office:meta><meta:generator>none</meta:generator></office:meta></office:document-meta>"""


def all_of_them(folder: Path) -> dict[str, Path]:
    """Makes the files; returns their paths by the ending of their names."""
    folder.mkdir(parents=True, exist_ok=True)
    made: dict[str, Path] = {}
    for ending, options in _ENCODED.items():
        made[ending] = folder / f"sample.{ending}"
        command = [*_FFMPEG, *options, "-bitexact", str(made[ending])]
        subprocess.run(command, check=True)
    makers: dict[str, Callable[[], bytes]] = {
        **_pictures(),
        **{ending: text.encode for ending, text in _TEXTS.items()},
        "pdf": _pdf,
        "docx": _docx,
        "xlsx": _xlsx,
        "pptx": _pptx,
        "odt": lambda: _zip(_ODF, {"content.xml": "<x/>", "meta.xml": _META}),
        "epub": lambda: _zip(
            "application/epub+zip",
            {"META-INF/container.xml": _CONTAINER, "a.opf": _OPF, "p.xhtml": "<html/>"},
        ),
    }
    for ending, make in makers.items():
        made[ending] = folder / f"sample.{ending}"
        made[ending].write_bytes(make())
    return made


def _pictures() -> dict[str, Callable[[], bytes]]:
    import pillow_heif
    from PIL import Image

    pillow_heif.register_heif_opener()
    image = Image.effect_noise((64, 48), 40).convert("RGB")

    def saved(name: str) -> Callable[[], bytes]:
        def make() -> bytes:
            out = io.BytesIO()
            image.save(out, name)
            return out.getvalue()

        return make

    names = {"jpg": "JPEG", "heic": "HEIF"}
    endings = ("jpg", "png", "webp", "gif", "tiff", "heic", "avif")
    return {ending: saved(names.get(ending, ending.upper())) for ending in endings}


def _pdf() -> bytes:
    import pikepdf

    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.docinfo["/Title"] = "A page"
        pdf.save(out)
    return out.getvalue()


def _docx() -> bytes:
    import docx

    out = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("Some text.")
    document.save(out)
    return out.getvalue()


def _xlsx() -> bytes:
    import openpyxl

    out = io.BytesIO()
    book = openpyxl.Workbook()
    book.active["A1"] = 1
    book.save(out)
    return out.getvalue()


def _pptx() -> bytes:
    import pptx

    out = io.BytesIO()
    show = pptx.Presentation()
    show.slides.add_slide(show.slide_layouts[5])
    show.save(out)
    return out.getvalue()


def _zip(kind: str, parts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("mimetype", kind)
        for name, text in parts.items():
            packed.writestr(name, text, compress_type=zipfile.ZIP_DEFLATED)
    return out.getvalue()
