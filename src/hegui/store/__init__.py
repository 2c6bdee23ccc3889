"""Tables, transactions and migrations on SQLite and PostgreSQL, and the ledger's storage."""

from hegui.store import changes, lease, tables
from hegui.store.engine import Store
from hegui.store.errors import StoreError
from hegui.store.evidence import changed, columns, record, record_all
from hegui.store.insert import Insert
from hegui.store.log import LogReader
from hegui.store.problems import Problem, Report
from hegui.store.sequence import Sequencer
from hegui.store.writer import GroupWriter, Written

__all__ = [
    "GroupWriter",
    "Insert",
    "LogReader",
    "Problem",
    "Report",
    "Sequencer",
    "Store",
    "StoreError",
    "Written",
    "changed",
    "changes",
    "columns",
    "lease",
    "record",
    "record_all",
    "tables",
]
