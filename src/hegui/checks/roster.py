"""Who works at the provider, as entries tell: by id and role alone."""

import msgspec

from hegui.checks.seen import Seen, seen
from hegui.ledger.kinds import Entry, StaffAdded, StaffChanged

#: The role of somebody who no longer works there.
_NONE = "none"
#: Members of staff that are remembered; past these anybody counts as one.
_MOST = 2_000


class Roster(msgspec.Struct):
    """Members of staff, by id: the role, and the entry that gave it."""

    members: dict[str, tuple[str, Seen]] = {}
    full: bool = False

    def follow(self, entry: Entry, index: int) -> None:
        """Take in that somebody was added, or has another role or none."""
        if not isinstance(entry, StaffAdded | StaffChanged):
            return
        if entry.act not in self.members and len(self.members) >= _MOST:
            self.full = True
            return
        self.members[entry.act] = (entry.role, seen(entry, index))

    def role(self, member: str) -> str | None:
        """The role of somebody; none of somebody who isn't there."""
        found = self.members.get(member)
        return None if found is None or found[0] == _NONE else found[0]

    def works(self, member: str) -> bool:
        """Whether somebody works there."""
        known = member in self.members
        return self.role(member) is not None or (self.full and not known and bool(member))

    def present(self) -> dict[str, list[Seen]]:
        """Who works there, by role."""
        found: dict[str, list[Seen]] = {}
        for role, one in self.members.values():
            if role != _NONE:
                found.setdefault(role, []).append(one)
        return found

    def entries(self) -> list[Seen]:
        """The last entry of each who works there or did, in the ledger's order."""
        return sorted((one for _, one in self.members.values()), key=lambda one: one.index)
