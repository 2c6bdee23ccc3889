"""The inside of a JSON string as written (RFC 8259, section 7), as it arrives piece by piece."""

import re

_HEX = "[0-9a-fA-F]"
_HIGH = rf"\\u[dD][89abAB]{_HEX}{{2}}"
_LOW = rf"\\u[dD][c-fC-F]{_HEX}{{2}}"
_COMPLETE = rf"(?P<code>{_HIGH}{_LOW}|\\u{_HEX}{{4}})|(?P<short>\\[\"\\/bfnrt])"
#: A start of an escape with nothing after it; a high surrogate waits for its low one.
_OPEN = rf"(?P<open>(?:{_HIGH}(?:\\(?:u(?:[dD](?:[c-fC-F]{_HEX}?)?)?)?)?|\\(?:u{_HEX}{{0,3}})?)\Z)"
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


def split(source: str, *, last: bool) -> tuple[list[str], str, str]:
    """Each character's source, the characters, and the start of an escape left at the end.

    What is no escape, though a backslash begins it, counts as the characters it is written with.

    Args:
        source: JSON string source.
        last: nothing follows, so an escape left open counts as the characters it is written with.

    Returns:
        Sources and as many characters; and the open escape, of at most 11 characters.
    """
    sources: list[str] = []
    chars: list[str] = []
    for token in (_LAST_TOKEN if last else _TOKEN).finditer(source):
        written = token[0]
        match token.lastgroup:
            case "open":
                return sources, "".join(chars), written
            case "bare":
                sources += written
                chars.append(written)
                continue
            case "short":
                chars.append(_SHORT[written])
            case _:
                units = bytes.fromhex(written.replace("\\u", ""))
                chars.append(units.decode("utf-16-be", "surrogatepass"))
        sources.append(written)
    return sources, "".join(chars), ""
