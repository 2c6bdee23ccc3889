"""Pictures, sounds and clips: none of their bytes stands here, and no person's name."""

from sqlalchemy import BigInteger, Column, Integer, String, Table, Text

from hegui.store.tables.base import metadata

#: A clip that a model's server makes; its maker's row says whose it is.
video = Table(
    "video",
    metadata,
    Column("generation_id", String(32), primary_key=True),
    Column("upstream", String(64), nullable=False),  # the server that makes it
    Column("remote", Text, nullable=False),  # its id there
    Column("expires", BigInteger, nullable=False, index=True),
    sqlite_with_rowid=False,
)

#: Copies given without the explicit label on request (Labelling Measures, Art. 9): the log of who
#: got them, by act. The row from act to person is ``generation_person``.
unlabelled = Table(
    "unlabelled",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("generation_id", String(32), nullable=False, index=True),
    Column("application_id", String(32), nullable=False),
    Column("agreement", Integer, nullable=False),  # the version that states the user's duty
    Column("at", BigInteger, nullable=False),
    Column("media", String(8), nullable=False),  # image | audio | video
    Column("file", String(64), nullable=False),  # SHA-256
    Column("expires", BigInteger, nullable=False, index=True),
    sqlite_with_rowid=False,
)

#: The daily check of marked files, once for each day (Beijing) on which a file left.
output_check = Table(
    "output_check",
    metadata,
    Column("day", Integer, primary_key=True),  # 20261122
    Column("act", String(32), nullable=False),  # its entry's
    Column("at", BigInteger, nullable=False),
    Column("marked", Integer, nullable=False),  # files that left
    Column("sampled", Integer, nullable=False),  # read back before they left
    Column("wrong", Integer, nullable=False),  # of those: held back
)
