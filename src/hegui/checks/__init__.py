"""One class for each check: evidence in, finding out; folded from the ledger as it grows.

A check reads evidence kinds and nothing else. What it remembers is bounded and kept between runs,
so that the state of every duty is read in milliseconds, whatever the ledger's size. What nothing
in the house can show yet, a person attests.
"""

from hegui.checks.attested import Attestation
from hegui.checks.check import CHECKS, Check
from hegui.checks.engine import fold, fold_all
from hegui.checks.errors import ChecksError
from hegui.checks.reading import Results, read
from hegui.checks.result import PENDING, Result, Shown
from hegui.checks.rules import areas as _areas  # noqa: F401  registers every check

__all__ = [
    "CHECKS",
    "PENDING",
    "Attestation",
    "Check",
    "ChecksError",
    "Result",
    "Results",
    "Shown",
    "fold",
    "fold_all",
    "read",
]
