"""A case's receipt for the machine: proof that its filing is in the public record.

The file is a C2SP tlog-proof with the entry riding in its extra line, as ``hegui ledger proof``
writes it, so that it verifies offline with the log's key alone.
"""

import asyncio

from hegui.ledger.entry import decode
from hegui.ledger.kinds import CaseFiled
from hegui.store import StoreError
from hegui.store.log import LogReader

#: A filing gets its place within a second; a receipt is waited for three, in tenths.
TRIES = 30
_AGAIN_SECONDS = 0.1


async def proof_of_filing(log: LogReader, case_id: str) -> str | None:
    """The proof file of a case's filing, once a checkpoint is signed over it.

    Args:
        log: the public record.
        case_id: the case, which is the act of the entry.

    Returns:
        The file's text, or none when the record is not that far after all tries.
    """
    for _ in range(TRIES):
        text = await asyncio.to_thread(_proof, log, case_id)
        if text is not None:
            return text
        await asyncio.sleep(_AGAIN_SECONDS)
    return None


def _proof(log: LogReader, case_id: str) -> str | None:
    for index, body in log.by_act(case_id):
        if isinstance(decode(body), CaseFiled):
            try:
                return None if index is None else log.proof_file(index, body)
            except StoreError as error:
                if error.code != "entry_not_placed":
                    raise
                return None
    return None
