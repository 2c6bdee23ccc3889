import pytest
from sqlalchemy import select
from hegui.store import Store, tables

def test_x(store):
    with store.begin() as c:
        c.execute(tables.lease.insert(), {"name":"a","holder":"b","renewed":1,"until":2})
    with store.read() as c:
        assert c.execute(select(tables.lease.c.holder)).scalar()=="b"
    with pytest.raises(Exception) as e:
        with store.read() as c:
            c.execute(tables.lease.insert(), {"name":"c","holder":"b","renewed":1,"until":2})
    print(e.value)
