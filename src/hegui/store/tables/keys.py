"""The store of keys (``vault.keys``), never in an ordinary backup."""

from sqlalchemy import Column, LargeBinary, MetaData, String, Table

key_metadata = MetaData()

person_key = Table(
    "person_key",
    key_metadata,
    Column("person_id", String(32), primary_key=True),
    Column("wrapped", LargeBinary, nullable=False),  # nonce | AES-256-GCM under the master key
)
