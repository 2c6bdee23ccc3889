"""The rooms of the rail, in its order. A room shows only to whoever may read it.

No path is one of the portal's: a reader who is sent a link to the wrong address finds nothing.
"""

import msgspec

from hegui.console.actions import Action, Role, may


class Room(msgspec.Struct, frozen=True):
    """One room.

    Attributes:
        key: the area; ``KEY.room`` in the catalogue is its name.
        href: its address, which those of its pages begin with.
        needs: what a member of staff must be allowed in order to see it.
    """

    key: str
    href: str
    needs: Action

    def holds(self, path: str) -> bool:
        """Whether a page belongs to this room."""
        return path == self.href or (self.href != "/" and path.startswith(f"{self.href}/"))


ROOMS = (
    Room("overview", "/", Action.READ_OVERVIEW),
    Room("law", "/law", Action.READ_LAW),
    Room("generations", "/generations", Action.READ_GENERATIONS),
    Room("cases", "/casework", Action.READ_CASES),
    Room("applications", "/applications", Action.READ_APPLICATIONS),
    Room("word_packs", "/word-packs", Action.READ_WORDS),
    Room("ledger", "/evidence", Action.READ_LEDGER),
    Room("staff", "/staff", Action.READ_STAFF),
    Room("settings", "/settings", Action.READ_SETTINGS),
)


def rooms_of(role: Role) -> list[Room]:
    """The rooms that a role may read."""
    return [room for room in ROOMS if may(role, room.needs)]
