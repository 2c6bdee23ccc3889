"""Files of Word and Excel without the moment at which they were packed."""

import io
import zipfile
from collections.abc import Mapping
from types import MappingProxyType

#: The first moment that the format can name.
_THEN = (1980, 1, 1, 0, 0, 0)
_NONE: Mapping[str, bytes] = MappingProxyType({})


def timeless(data: bytes, parts: Mapping[str, bytes] = _NONE) -> bytes:
    """The same archive, byte for byte the same whenever it is made.

    Args:
        data: a zip archive.
        parts: what takes the place of members, by their names.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = parts[name] if name in parts else old.read(name)
            new.writestr(zipfile.ZipInfo(name, _THEN), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
