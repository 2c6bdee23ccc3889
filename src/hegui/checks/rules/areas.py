"""Every area of checks: to import this is to have them all in the registry."""

from hegui.checks.rules import (
    appeals,
    attested,
    labels,
    law,
    people,
    records,
    screening,
    service,
)

__all__ = [
    "appeals",
    "attested",
    "labels",
    "law",
    "people",
    "records",
    "screening",
    "service",
]
