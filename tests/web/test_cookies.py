"""A cookie's name and flags, over HTTP and HTTPS."""

import pytest
from starlette.requests import Request
from starlette.responses import Response

from hegui.web.cookies import Cookie


def request(scheme: str = "http", cookie: str = "") -> Request:
    headers = [(b"cookie", cookie.encode()), (b"host", b"a.example")]
    return Request(
        {"type": "http", "scheme": scheme, "path": "/", "query_string": b"", "headers": headers}
    )


def given(cookie: Cookie, asked: Request) -> tuple[str, set[str]]:
    """The name a browser is given, and the flags in lower case."""
    response = Response()
    cookie.give(asked, response, "v")
    first, *flags = response.headers["set-cookie"].split("; ")
    assert first.endswith("=v")
    return first.removesuffix("=v"), {flag.lower() for flag in flags}


@pytest.mark.parametrize(
    ("scheme", "public", "path", "name"),
    [
        ("http", "", "/", "hegui"),
        ("https", "", "/", "__Host-hegui"),
        ("http", "https://a.example", "/", "__Host-hegui"),
        ("http", "http://a.example", "/", "hegui"),
        ("http", "", "/cases", "hegui"),
        ("https", "", "/cases", "__Secure-hegui"),
    ],
)
def test_over_https_the_name_binds_it(scheme: str, public: str, path: str, name: str) -> None:
    cookie = Cookie("hegui", public, seconds=60, path=path)
    told, flags = given(cookie, request(scheme))
    assert told == name == cookie.name(request(scheme))
    assert {"httponly", "samesite=lax", "max-age=60", f"path={path}"} <= flags
    assert ("secure" in flags) == (name != "hegui")
    assert not [flag for flag in flags if flag.startswith("domain")]


def test_it_is_read_by_its_own_name_alone() -> None:
    cookie = Cookie("hegui", "", seconds=60)
    assert cookie.read(request(cookie="hegui=v; other=w")) == "v"
    assert cookie.read(request(cookie="other=w")) == ""
    # A neighbour that may set cookies for the domain can't set one with the prefix.
    assert cookie.read(request("https", "hegui=planted; __Host-hegui=v")) == "v"
    assert cookie.read(request("https", "hegui=planted")) == ""


def test_it_is_taken_back() -> None:
    response = Response()
    Cookie("hegui", "", seconds=60).take_back(request(), response)
    assert "max-age=0" in response.headers["set-cookie"].lower()
