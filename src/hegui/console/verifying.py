"""The ledger verified from the console: in a thread, one at a time, its progress on record."""

import logging
import threading

from hegui.console.house import House
from hegui.errors import HeguiError
from hegui.store import verifications

_log = logging.getLogger(__name__)


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
        house = self._house
        try:
            verifications.run(house.store, verification, house.ledger, house.verifier)
        except HeguiError as error:
            # Where its end couldn't be put on record its lease runs out, by which everybody sees.
            _log.warning("a verification of the ledger was cut: %s", error)
