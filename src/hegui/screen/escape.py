"""The inside of a JSON string as written (RFC 8259, section 7), as it arrives piece by piece."""

import re

_HEX = "[0-9a-fA-F]"
_HIGH = rf"\\u[dD][89abAB]{_HEX}{{2}}"
_LOW = rf"\\u[dD][c-fC-F]{_HEX}{{2}}"
_COMPLETE = rf"(?P<pair>{_HIGH}{_LOW})|(?P<code>\\u{_HEX}{{4}})|(?P<short>\\[\"\\/bfnrt])"
#: A start of an escape with nothing after it; a high surrogate waits for its low one.
_OPEN = (
    rf"(?P<open>(?:{_HIGH}(?:\\(?:u(?:[dD](?:[c-fC-F]{_HEX}?)?)?)?)?|\\(?:u{_HEX}{{0,3}})?)\Z)"
)
_TOKEN = re.compile(rf"{_OPEN}|{_COMPLETE}|(?P<bare>[^\\]+|\\)")
_LAST_TOKEN = re.compile(rf"{_COMPLETE}|(?P<bare>[^\\]+|\\)")
_SHORT = {
    '\\"': '"',
    "\\\\": "\\",
    "\\/": "/",
    "\\b": "\b",
    "\\f": "\f",
    "\\n": "\n",
    "\\r": "\r",
    "\\t": "\t",
}


def split(source: str, *, last: bool) -> tuple[list[tuple[str, str]], str]:
    """Each character with its source, and the start of an escape left at the end.

    What is no escape, though a backslash begins it, counts as the characters it is written with.

    Args:
        source: JSON string source.
        last: nothing follows, so an escape left open counts as the characters it is written with.

    Returns:
        Pairs (source, character), and the open escape: at most 11 characters, empty when last.
    """
    units: list[tuple[str, str]] = []
    for token in (_LAST_TOKEN if last else _TOKEN).finditer(source):
        written = token[0]
        match token.lastgroup:
            case "open":
                return units, written
            case "bare":
                units.extend(zip(written, written, strict=True))
            case "short":
                units.append((written, _SHORT[written]))
            case "code":
                units.append((written, chr(int(written[2:], 16))))
            case _:
                pair = bytes.fromhex(written[2:6] + written[8:12])
                units.append((written, pair.decode("utf-16-be")))
    return units, ""
