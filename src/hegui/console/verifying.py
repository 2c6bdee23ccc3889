"""The ledger verified from the console: in a thread, one at a time, its progress on record."""

import logging
import threading

from hegui.console.house import House
from hegui.errors import HeguiError
from hegui.store import Report, verifications

#: Progress is put on record at most this often.
_EVERY_MS = 1_000
_log = logging.getLogger(__name__)


class _Cut(Exception):  # noqa: N818 - nothing went wrong
    """Another verification began meanwhile."""


class Verifying:
    """Runs verifications of one house's ledger.

    Args:
        house: whose ledger it is.
    """

    def __init__(self, house: House) -> None:
        self._house = house

    def start(self, staff_id: str) -> bool:
        """Begin a verification; blocking, for a moment.

        Returns:
            Whether it began; False while another runs, here or in another process.
        """
        new = verifications.begin(self._house.store, staff_id)
        if new is None:
            return False
        # A daemon: a service that stops does not wait, and a silent verification counts as cut.
        threading.Thread(target=self._run, args=(new,), name="verification", daemon=True).start()
        return True

    def _run(self, verification: str) -> None:
        store, world = self._house.store, self._house.world
        told = world.now()

        def progress(done: int, size: int) -> None:
            nonlocal told
            now = world.now()
            if now - told >= _EVERY_MS:
                told = now
                if not verifications.advance(store, verification, done, size):
                    raise _Cut

        report: Report | None = None
        try:
            report = self._house.ledger.verify(self._house.verifier, progress)
        except _Cut:
            _log.info("a verification of the ledger fell silent for so long that another began")
        except HeguiError as error:
            _log.warning("a verification of the ledger was cut: %s", error)
        try:
            verifications.finish(store, verification, report)
        except HeguiError as error:
            # Its lease runs out, by which everybody sees that it was cut.
            _log.warning("the end of a verification could not be put on record: %s", error)
