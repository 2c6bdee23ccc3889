from tests.cli.conftest import Hegui
from tests.store.acts import Acts
from tests.store.log import Log

from hegui.config import Home
from hegui.store import Store
from hegui.world import RealWorld


def test_an_empty_house(hegui: Hegui) -> None:
    assert hegui("overview").code == 0
    document = hegui("overview", "--json").document
    assert document["through"] == 0
    assert document["days"] == {}
    assert document["totals"] == {}
    assert document["checkpoint"] is None
    assert document["verification"] is None
    assert document["next_due"] is None


def test_it_counts_what_has_its_place(hegui: Hegui, home: Home) -> None:
    store = Store.open(home.database_url, world=RealWorld())
    acts, log = Acts(store), Log(store)
    acts.delivered(1_234)
    acts.stopped("input", "fraud")
    log.sequencer.run_once()
    acts.failed()
    store.close()
    document = hegui("overview", "--json").document
    assert document["through"] == document["height"] == 4
    today = document["days"][str(document["today"])]
    assert today == document["totals"]
    assert today["generation"] == {"admitted": 2, "delivered": 1, "stopped": 1}
    assert today["first_ms"] == {"1200": 1}
    text = hegui("overview").out
    assert "counted through: 4" in text
    assert f"{document['today']}\t2\t1\t1\t0\t0\t0\t1200\t1200" in text
