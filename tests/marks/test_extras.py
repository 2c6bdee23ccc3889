import sys

import pytest

from hegui.marks.errors import MarksError
from hegui.marks.extras import need


def test_an_installed_module_comes_back() -> None:
    assert need("json.decoder", "nothing").JSONDecoder is not None


def test_a_missing_module_names_the_extra() -> None:
    with pytest.raises(MarksError) as caught:
        need("no_such_library.part", "video")
    assert caught.value.code == "extra_missing"
    assert "pip install 'hegui[video]'" in caught.value.en
    assert "pip install 'hegui[video]'" in caught.value.zh


def test_a_module_blocked_by_the_host_is_missing_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "c2pa", None)
    with pytest.raises(MarksError, match="extra_missing"):
        need("c2pa", "c2pa")
