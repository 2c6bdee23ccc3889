"""What every evidence kind carries."""

import msgspec


class Entry(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", omit_defaults=False):
    """What every entry carries.

    Attributes:
        act: the act's random id, 32 hex digits.
        at: milliseconds since 1970, UTC.
        nonce: 32 hex digits, random.
    """

    act: str
    at: int
    nonce: str
