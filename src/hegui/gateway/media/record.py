"""The record of files: which left with which label, which did not, and who got Art. 9's copies.

Not a byte of a file is kept, only its SHA-256 and its label's. Every row is an insert, written in
one commit with the outcome of the generation, or before the file of a finished clip leaves.
"""

from typing import Any

from hegui import law
from hegui.gateway.admission import Admitted
from hegui.gateway.media.marker import Held, Marked
from hegui.gateway.rows import Row
from hegui.ledger import kinds
from hegui.store import GroupWriter, Store, Written, columns, tables
from hegui.store.law_packs import book
from hegui.world import World, new_id

#: How long it is kept to whom a copy without the explicit label was given.
RULE = "cn-labelling-2025/unlabelled.log"
_UNLABELLED = (
    "id",
    "generation_id",
    "application_id",
    "agreement",
    "at",
    "media",
    "file",
    "expires",
)


class FileRecord:
    """Makes and writes the rows.

    Args:
        store: the database, for the packs in force.
        writer: writes them.
        world: clock and randomness.
    """

    def __init__(self, store: Store, writer: GroupWriter, world: World) -> None:
        self._store = store
        self._writer = writer
        self._world = world
        insert = writer.insert
        self._entry = insert(tables.entry, "kind", "act", "at", "body")
        self._unlabelled = insert(tables.unlabelled, *_UNLABELLED)
        self._video = insert(tables.video, "generation_id", "upstream", "remote", "expires")
        self.reload()

    def reload(self) -> None:
        """Take in the packs in force; blocking. Nothing is read while a file leaves."""
        self._book = book(self._store)

    def left(self, act: str, admitted: Admitted, label_at: str, file: Marked) -> list[Row]:
        """A file leaves.

        Args:
            act: its generation.
            admitted: who gets it.
            label_at: ``unlabelled`` for a copy after Art. 9.
            file: the file.
        """
        marked = kinds.OutputMarked(
            **self._common(act),
            media=file.media,
            format=file.format,
            produce_id=file.produce_id,
            file=file.file,
            size=len(file.data),
            label=file.label,
            explicit=file.explicit,
            read=file.read,
        )
        rows = [self._evidence(marked)]
        if label_at == "unlabelled":
            rows += self._copy(act, admitted, file)
        return rows

    def held(self, act: str, why: Held) -> list[Row]:
        """A file does not leave."""
        held = kinds.OutputHeld(
            **self._common(act),
            media=why.media,
            format=why.format,
            read=why.read,
            findings=why.findings,
        )
        return [self._evidence(held)]

    def video(self, act: str, upstream: str, remote: str, expires: int) -> list[Row]:
        """A clip is being made.

        Args:
            act: its generation.
            upstream: the server that makes it.
            remote: its id there.
            expires: when it is forgotten here, milliseconds since 1970.
        """
        return [(self._video, (act, upstream, remote, expires))]

    def write(self, rows: list[Row]) -> Written:
        """Write rows of a generation that has its outcome; resolves once they are durable.

        Raises:
            StoreError: they are not written.
        """
        return self._writer.submit(rows, must=True)

    def _copy(self, act: str, admitted: Admitted, file: Marked) -> list[Row]:
        common = self._common(act)
        at: int = common["at"]
        kept = self._book.parameter(RULE, law.day_of(at)).span
        until = law.due(at, kept, law.china()).at
        agreement = admitted.person.accepted or 0
        entry = kinds.OutputUnlabelled(
            **common,
            application=admitted.application.id,
            agreement=agreement,
            media=file.media,
            file=file.file,
            until=until,
            rule=RULE,
        )
        row = (
            new_id(self._world),
            act,
            admitted.application.id,
            agreement,
            at,
            file.media,
            file.file,
            until,
        )
        return [self._evidence(entry), (self._unlabelled, row)]

    def _evidence(self, entry: kinds.Entry) -> Row:
        row = columns(entry)
        return self._entry, (row["kind"], row["act"], row["at"], row["body"])

    def _common(self, act: str) -> dict[str, Any]:
        world = self._world
        return {"act": act, "at": world.now(), "nonce": world.token(16).hex()}
