"""The channel ``console``: a notice for the staff."""

from hegui.outbox.outbox import Channel, Message, Needed
from hegui.store import Store, tables
from hegui.vault.insert import insert_new

_notice = tables.notice


def console(needed: Needed) -> Channel:
    """The channel; a notice comes once however often it is told.

    Args:
        needed: asked in the notice's own transaction; what needs nobody any more is noted as
            done.
    """

    def tell(store: Store, message: Message, at: int) -> None:
        with store.begin() as conn:
            insert_new(
                conn,
                _notice,
                id=message.id,
                topic=message.topic,
                subject=message.subject,
                at=at,
                done=None if needed(conn, message) else at,
            )

    return tell
