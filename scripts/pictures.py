"""Screenshots as small PNGs: a palette of a picture's 256 most frequent colours."""

import base64
import struct
import zlib

from playwright.sync_api import Page

#: Counts an image's colours in the browser and maps each to one of the 256 most frequent.
INDEX = """
async (source) => {
  const bitmap = await createImageBitmap(await (await fetch(source)).blob());
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext("2d");
  context.drawImage(bitmap, 0, 0);
  const pixels = new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
  const counts = new Map();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  const colours = [...counts].sort((a, b) => b[1] - a[1]).map(([pixel]) => pixel);
  const palette = colours.slice(0, 256);
  const part = (pixel, shift) => (pixel >>> shift) & 255;
  const far = (a, b) => [0, 8, 16].reduce((sum, s) => sum + (part(a, s) - part(b, s)) ** 2, 0);
  const place = new Map(colours.map((colour) => {
    let best = 0;
    for (let i = 1; i < palette.length; i++)
      if (far(colour, palette[i]) < far(colour, palette[best])) best = i;
    return [colour, best];
  }));
  const indices = Uint8Array.from(pixels, (pixel) => place.get(pixel));
  let text = "";
  for (let i = 0; i < indices.length; i += 32768)
    text += String.fromCharCode(...indices.subarray(i, i + 32768));
  const rgb = palette.flatMap((colour) => [0, 8, 16].map((shift) => part(colour, shift)));
  return { width, height, palette: rgb, indices: btoa(text) };
}
"""


def small(raw: bytes, workshop: Page) -> bytes:
    """A screenshot as a small PNG.

    Args:
        raw: any image that a browser shows.
        workshop: an empty page, which no policy of another page binds.
    """
    source = "data:image/png;base64," + base64.b64encode(raw).decode()
    told = workshop.evaluate(INDEX, source)
    indices = base64.b64decode(told["indices"])
    return png(told["width"], told["height"], bytes(told["palette"]), indices)


def png(width: int, height: int, palette: bytes, indices: bytes) -> bytes:
    """A PNG with a palette (RFC 2083, colour type 3).

    Args:
        width: in pixels.
        height: in pixels.
        palette: up to 256 colours of three bytes each.
        indices: one byte a pixel, row by row.
    """
    rows = b"".join(b"\0" + indices[y * width : (y + 1) * width] for y in range(height))
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
        (b"PLTE", palette),
        (b"IDAT", zlib.compress(rows, 9)),
        (b"IEND", b""),
    )
    chunks = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)
