"""What all tables of the house share."""

from sqlalchemy import BigInteger, Integer, MetaData

metadata = MetaData()
#: SQLite numbers rows only in a column typed exactly INTEGER.
Serial = BigInteger().with_variant(Integer, "sqlite")
