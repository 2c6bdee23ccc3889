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
)
from hegui.store.tables.clocks import clock, clock_pause, clock_stage, notice, outbox
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
from hegui.store.tables.law import (
    attestation,
    check_state,
    duty_change,
    evidence_file,
    law_pack,
    law_seen,
    law_text,
    licence,
    profile,
    scope_draft,
)
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
    "attestation",
    "case_decision",
    "case_event",
    "case_file",
    "case_number",
    "case_person",
    "case_text",
    "change",
    "check_state",
    "checkpoint",
    "clock",
    "clock_pause",
    "clock_stage",
    "decision",
    "duty_change",
    "entry",
    "evidence_file",
    "finding",
    "generation",
    "generation_person",
    "key_metadata",
    "law_pack",
    "law_seen",
    "law_text",
    "lease",
    "licence",
    "metadata",
    "notice",
    "opening",
    "outbox",
    "outcome",
    "output_check",
    "person",
    "person_key",
    "profile",
    "scope_draft",
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
