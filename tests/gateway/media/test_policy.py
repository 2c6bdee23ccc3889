"""Where the explicit label stands, by what the application declared and what is asked."""

from typing import Any

import pytest

from hegui.gateway.errors import GatewayError
from hegui.gateway.media.policy import label_at


class Application:
    def __init__(self, at: str, interface: str = "") -> None:
        self.label_at = at
        self.interface = interface


def at(asked: str, application: Application, *, unlabelled: bool = False) -> str:
    class Person:
        pass

    admitted: Any = Person()
    admitted.application = application
    headers = {b"hegui-output": asked.encode()} if asked else {}
    return label_at(headers, admitted, unlabelled=unlabelled)


PLAIN = Application("start")
SHOWS = Application("interface", "beside each picture")
DECLARED = Application("both", "beside each picture")


@pytest.mark.parametrize(
    ("asked", "application", "place"),
    [
        ("", PLAIN, "file"),
        ("", Application("end"), "file"),
        ("", SHOWS, "interface"),
        ("", DECLARED, "file"),
        ("raw", SHOWS, "interface"),
        ("RAW ", DECLARED, "interface"),
        ("labelled", SHOWS, "file"),
        ("unlabelled", PLAIN, "unlabelled"),
        ("unlabelled", SHOWS, "unlabelled"),
    ],
)
def test_where_it_stands(asked: str, application: Application, place: str) -> None:
    assert at(asked, application, unlabelled=True) == place


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("raw", "raw_not_declared"),
        ("unlabelled", "unlabelled_not_offered"),
        ("x", "output_unknown"),
    ],
)
def test_what_is_refused(asked: str, code: str) -> None:
    with pytest.raises(GatewayError) as caught:
        at(asked, PLAIN)
    assert (caught.value.code, caught.value.status) == (code, 400)
