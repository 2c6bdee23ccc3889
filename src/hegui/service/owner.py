"""The link that lets the first member of staff in."""

from hegui.people.staff import OWNER, StaffBook
from hegui.service.house import House


def owner_link(house: House) -> str:
    """A one-time address that signs the first owner in; blocking.

    There is one as long as that owner has no passphrase, and always in the demo; else empty.
    """
    book = StaffBook(house.store, house.world)
    owners = (one for one in book.list() if one.role == OWNER and one.disabled is None)
    first = next(owners, None)
    if first is None or (first.has_passphrase and not house.demo):
        return ""
    return f"{house.console_url}/enter/{book.link(first.id)}"
