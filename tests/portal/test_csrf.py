"""Which requests another site could have caused; the cases of Go's CrossOriginProtection."""

import httpx2
import pytest

from hegui.web.csrf import is_ours

HOST = "portal.example"


@pytest.mark.parametrize(
    ("method", "site", "origin", "ours"),
    [
        ("POST", "same-origin", None, True),
        ("POST", "none", None, True),
        ("POST", "cross-site", None, False),
        ("POST", "same-site", None, False),
        ("POST", "", None, False),
        ("POST", None, None, True),
        ("POST", None, "https://portal.example", True),
        ("POST", None, "https://evil.example", False),
        ("POST", None, "https://portal.example.evil.example", False),
        ("POST", None, "https://portal.example:444", False),
        ("POST", None, "null", False),
        ("POST", "same-origin", "https://evil.example", True),
        ("POST", "cross-site", "https://portal.example", False),
        ("PUT", "cross-site", None, False),
        ("DELETE", "cross-site", None, False),
        ("GET", "cross-site", "https://evil.example", True),
        ("HEAD", "cross-site", None, True),
        ("OPTIONS", "cross-site", None, True),
    ],
)
def test_is_ours(method: str, site: str | None, origin: str | None, ours: bool) -> None:
    assert is_ours(method, site, origin, HOST) is ours


@pytest.mark.parametrize(
    "path", ["/sign-in", "/sign-up", "/sign-out", "/agreement", "/chat", "/chat/send", "/nowhere"]
)
def test_every_post_from_another_site_is_refused_with_a_page(
    onlooker: httpx2.Client, path: str
) -> None:
    answer = onlooker.post(path, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert "没有执行任何操作" in answer.text
    assert "content-security-policy" in answer.headers


def test_a_refused_sign_out_signs_nobody_out(reader: httpx2.Client) -> None:
    reader.post("/sign-out", headers={"origin": "https://evil.example"})
    assert reader.get("/chat").status_code == 200
