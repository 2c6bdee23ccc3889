"""Every table of the house. Times are milliseconds since 1970 in UTC; ids are 32 hex digits.

Nothing here holds a person's words in the clear.
"""

from hegui.store.tables.base import metadata
from hegui.store.tables.casework import (
    case_decision,
    case_event,
    case_file,
    case_number,
    case_person,
    case_text,
    clock,
    clock_stage,
    notice,
    outbox,
)
from hegui.store.tables.evidence import checkpoint, entry, tally, tally_cursor, tile, verification
from hegui.store.tables.generations import (
    decision,
    finding,
    generation,
    generation_person,
    outcome,
    sealed,
    word_draft,
    word_pack,
)
from hegui.store.tables.keys import key_metadata, person_key
from hegui.store.tables.outputs import output_check, unlabelled, video
from hegui.store.tables.people import (
    acceptance,
    account,
    agreement,
    api_key,
    application,
    opening,
    person,
    session,
)
from hegui.store.tables.running import change, lease
from hegui.store.tables.staff import staff, staff_link, staff_session

__all__ = [
    "acceptance",
    "account",
    "agreement",
    "api_key",
    "application",
    "case_decision",
    "case_event",
    "case_file",
    "case_number",
    "case_person",
    "case_text",
    "change",
    "checkpoint",
    "clock",
    "clock_stage",
    "decision",
    "entry",
    "finding",
    "generation",
    "generation_person",
    "key_metadata",
    "lease",
    "metadata",
    "notice",
    "opening",
    "outbox",
    "outcome",
    "output_check",
    "person",
    "person_key",
    "sealed",
    "session",
    "staff",
    "staff_link",
    "staff_session",
    "tally",
    "tally_cursor",
    "tile",
    "unlabelled",
    "verification",
    "video",
    "word_draft",
    "word_pack",
]
