"""Forms: what is written is read, whatever stands in it."""

from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from hegui.gateway.errors import GatewayError
from hegui.gateway.media.form import Part, parse, render

NAMES = st.from_regex(r"[A-Za-z0-9_.\[\]-]{1,20}", fullmatch=True)
TYPES = st.sampled_from(["image/png", "audio/wav", "application/octet-stream"])
FIELDS = st.builds(
    Part, NAMES, st.just(False), st.just("application/octet-stream"), st.binary(max_size=200)
)
FILES = st.builds(Part, NAMES, st.just(True), TYPES, st.binary(max_size=200))
BOUNDARY = "hegui-" + "5" * 32


@given(st.lists(st.one_of(FIELDS, FILES), min_size=1, max_size=8))
def test_what_is_written_is_read(parts: list[Part]) -> None:
    kind = f"multipart/form-data; boundary={BOUNDARY}".encode()
    assert parse(render(parts, BOUNDARY), kind) == parts


@given(st.binary(max_size=400), st.booleans())
def test_whatever_comes_is_read_or_refused(body: bytes, begun: bool) -> None:
    if begun:
        body = b"--b\r\nContent-Disposition: form-data; name=a" + body
    with suppress(GatewayError):  # and nothing else
        parse(body, b"multipart/form-data; boundary=b")


def test_a_files_name_and_strange_kind_are_not_kept() -> None:
    body = (
        b'--b\r\nContent-Disposition: form-data; name="image"; filename="secret.png"\r\n'
        b"Content-Type: text/html; charset=x\r\n\r\nx\r\n--b--\r\n"
    )
    (part,) = parse(body, b"multipart/form-data; boundary=b")
    assert part == Part("image", True, "application/octet-stream", b"x")
    assert b"secret" not in render([part], BOUNDARY)
