"""A file that leaves under this provider's label, in the record before it does."""

import hashlib

from hegui import marks
from hegui.ledger.kinds import OutputMarked
from hegui.marks import FORMATS, Label
from hegui.portal.house import House
from hegui.store import record
from hegui.world import new_id


def labelled(house: House, data: bytes, *, explicit: bool = False) -> tuple[str, bytes, Label]:
    """Labels a file and records that it leaves so; blocking.

    Args:
        house: the running service.
        data: the file.
        explicit: whether it bears the label that people see already.

    Returns:
        The format's name, the labelled file, and the label; its number is the act's id.

    Raises:
        MarksError: what ``marks.write`` raises; nothing is recorded then.
    """
    act = new_id(house.world)
    label = Label.first(house.settings.provider.code, act)
    made = marks.write(data, label)
    format_ = marks.format_of(made)
    entry = OutputMarked(
        act=act,
        at=house.world.now(),
        nonce=house.world.token(16).hex(),
        media=_media(format_),
        format=format_,
        produce_id=act,
        file=hashlib.sha256(made).hexdigest(),
        size=len(made),
        label=hashlib.sha256(label.to_json()).hexdigest(),
        explicit=explicit,
        read="",
    )
    with house.store.begin() as conn:
        record(conn, entry)
    return format_, made, label


def _media(format_: str) -> str:
    kind = FORMATS[format_].media_type.split("/")[0]
    return kind if kind in {"image", "audio", "video"} else "document"
