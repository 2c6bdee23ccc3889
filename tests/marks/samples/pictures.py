"""HEIF and TIFF samples: by foreign encoders, and by hand where every offset is to be known."""

import io
import struct
from hashlib import sha256
from typing import Any

import pillow_heif
from PIL import Image
from tests.marks.samples.boxes import box, full, handler

pillow_heif.register_heif_opener()

XMP = (
    b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" dc:format="p"/>'
    b'</rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
)
LABELLED = XMP.replace(
    b'dc:format="p"',
    b'dc:format="p" xmlns:TC260="http://www.tc260.org.cn/ns/AIGC/1.0/"'
    b' TC260:AIGC=\'{"Label":"1"}\'',
)
COMMENT = b'{"AIGC":{"Label":"1","ContentProducer":"x"}}'


def image(seed: int = 0) -> Image.Image:
    """A small picture in which no two rows are alike."""
    picture = Image.new("RGB", (48, 32))
    picture.putdata([((at * 5 + seed) % 256, at % 251, (at // 7) % 256) for at in range(48 * 32)])
    return picture


def exif(comment: bytes = b"ASCII\0\0\0" + COMMENT, *, order: str = "<") -> bytes:
    """An Exif block with a comment and the name of a program."""
    made = Image.Exif()
    made.endian = order
    made[0x0131] = "a program"
    made.get_ifd(0x8769)[0x9286] = comment
    return made.tobytes().removeprefix(b"Exif\0\0")


def saved(kind: str, **options: Any) -> bytes:
    """The picture in a format of Pillow's, or of libheif's for HEIF."""
    out = io.BytesIO()
    image().save(out, kind, **options)
    return out.getvalue()


def decoded(data: bytes) -> list[str]:
    """A sum of the pixels of every page."""
    with Image.open(io.BytesIO(data)) as opened:
        found = []
        for page in range(getattr(opened, "n_frames", 1)):
            opened.seek(page)
            found.append(sha256(opened.tobytes()).hexdigest())
    return found


def infe(number: int, kind: bytes, rest: bytes = b"") -> bytes:
    return full(b"infe", struct.pack(">HH", number, 0), kind, b"\0", rest, version=2)


PIXELS, BLOCK = b"<the pixels of an image>", exif()
XMP_TYPE = b"application/rdf+xml\0"


def heif(
    packet: bytes | None = None, *, version: int = 1, place: str = "mdat", described: bool = True,
    encoding: bytes = b"", sizes: int = 0x4400, block: bytes = BLOCK, tied: bool = True,
) -> bytes:  # fmt: skip
    """A picture of three items: pixels, Exif, and perhaps an XMP packet.

    Args:
        packet: the XMP packet.
        version: of ``iloc``.
        place: where packet and Exif stand, ``mdat`` or ``idat``.
        described: whether the packet tells of the image.
        encoding: how the packet says that it is packed.
        sizes: bytes of offset, length, base and index in ``iloc``, four bits each.
        block: the Exif block.
        tied: whether there are references at all.
    """
    stored = struct.pack(">I", 0) + block
    held = [stored] if packet is None else [stored, packet]
    names = [infe(1, b"hvc1"), infe(2, b"Exif")]
    refs = [box(b"cdsc", struct.pack(">HHH", 2, 1, 1))]
    if packet is not None:
        names.append(infe(3, b"mime", XMP_TYPE + encoding))
        refs += [box(b"cdsc", struct.pack(">HHH", 3, 1, 1))] * described
    ftyp = box(b"ftyp", b"heic\0\0\0\0mif1heic")

    def meta(start: int) -> bytes:
        """The tables, with the media from a place on."""
        rows, at = b"", start + 8
        for number, data in enumerate([PIXELS, *held], 1):
            inside = place == "idat" and number > 1
            if inside and number == 2:
                at = 0
            method = struct.pack(">H", inside) if version else b""
            base = bytes(sizes >> 4 & 15)
            rows += struct.pack(">H", number) + method + struct.pack(">H", 0) + base
            rows += struct.pack(">HII", 1, at, len(data))
            at += len(data)
        iloc = full(b"iloc", struct.pack(">HH", sizes, len(held) + 1), rows, version=version)
        return full(
            b"meta",
            handler(b"pict"),
            full(b"pitm", b"\0\1"),
            iloc,
            full(b"iinf", struct.pack(">H", len(names)), *names),
            full(b"iref", *refs) if tied else b"",
            box(b"idat", *held) if place == "idat" else b"",
        )

    media = box(b"mdat", PIXELS, *(held if place == "mdat" else []))
    return ftyp + meta(len(ftyp) + len(meta(0))) + media


def tiff(
    fields: dict[int, tuple[int, bytes]] | None = None, *, order: str = "<", big: bool = False,
    pages: int = 1,
) -> bytes:  # fmt: skip
    """A TIFF without pixels: in each page the fields given, their values behind all directories.

    Args:
        fields: by tag: the type and the bytes of the value.
        order: ``<`` or ``>``.
        big: whether places have eight bytes.
        pages: how many directories.
    """
    fields = {0x0100: (3, struct.pack(order + "H", 1)), **(fields or {})}
    width, counter, entry = (8, "Q", "HHQ") if big else (4, "H", "HHI")
    start = 16 if big else 8
    one = struct.calcsize("<" + counter) + len(fields) * (4 + 2 * width) + width
    values, out = b"", b""
    for page in range(pages):
        out += struct.pack(order + counter, len(fields))
        for tag, (kind, value) in sorted(fields.items()):
            count = len(value) // {3: 2, 4: 4}.get(kind, 1)
            out += struct.pack(order + entry, tag, kind, count)
            if len(value) <= width:
                out += value.ljust(width, b"\0")
            else:
                place = start + one * pages + len(values)
                out += struct.pack(order + "IQ"[big], place)
                values += value
        following = start + one * (page + 1) if page + 1 < pages else 0
        out += struct.pack(order + "IQ"[big], following)
    mark = b"II" if order == "<" else b"MM"
    head = struct.pack(order + "HHHQ", 43, 8, 0, 16) if big else struct.pack(order + "HI", 42, 8)
    return mark + head + out + values
