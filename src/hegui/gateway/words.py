"""The screen in force, compiled anew when other word packs come into force.

No request in progress is disturbed: it ends under the packs it began with.
"""

from sqlalchemy import select

from hegui.config import Settings
from hegui.gateway.memory import give_back
from hegui.people.word_packs import in_force
from hegui.screen import Screen
from hegui.store import Store, tables


class LiveScreen:
    """The compiled screen in force; ``current`` is replaced whole, never changed."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._settings = settings
        self._added = self._digests()
        self.current = self._compile()

    def reload(self) -> None:
        """Compile anew if other packs are in force now; blocking, for a thread."""
        added = self._digests()
        if added != self._added:
            self.current = self._compile()
            self._added = added

    def _digests(self) -> list[str]:
        t = tables.word_pack
        with self._store.read() as conn:
            in_force = select(t.c.digest).where(t.c.withdrawn.is_(None)).order_by(t.c.name)
            return list(conn.scalars(in_force))

    def _compile(self) -> Screen:
        screen = Screen([pack for _, pack in in_force(self._store, self._settings)])
        give_back()
        return screen
