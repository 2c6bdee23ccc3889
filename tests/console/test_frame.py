"""The frame around every page: rail, safety, languages, files, and pages of errors."""

import re

import pytest
from tests.console.desk import Desk

from hegui.console.actions import Role
from hegui.console.rooms import ROOMS, rooms_of
from hegui.console.words import speaker


def rail(page: str) -> list[tuple[str, str]]:
    """Address and name of each room of the rail."""
    part = page.partition('<nav class="rail"')[2].partition("</nav>")[0]
    return re.findall(r'<a href="([^"]*)"[^>]*>([^<]*)</a>', part)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("role", Role)
def test_the_rail_names_the_rooms_of_a_role_and_no_other(
    still: Desk, role: Role, lang: str
) -> None:
    say = speaker(lang)  # type: ignore[arg-type]
    page = still.client(role, lang=lang).get("/me").text
    assert rail(page) == [(room.href, say(f"{room.key}.room")) for room in rooms_of(role)]
    folded = page.partition('<details class="fold">')[2].partition("</details>")[0]
    assert re.findall(r'href="([^"]*)"', folded) == [room.href for room in rooms_of(role)]


def test_the_room_one_is_in_is_marked(still: Desk) -> None:
    client = still.client("owner")
    for path, mark in (("/staff", "page"), ("/staff/new", "true")):
        assert f'<a href="/staff" aria-current="{mark}">' in client.get(path).text


def test_nobody_signed_in_sees_no_room(still: Desk) -> None:
    page = still.client().get("/sign-in").text
    assert rail(page) == []
    assert not [room for room in ROOMS if f'href="{room.href}"' in page and room.href != "/"]


def test_the_language_is_switched_and_kept(still: Desk) -> None:
    client = still.client("owner", lang="zh")
    page = client.get("/staff").text
    assert '<html lang="zh-CN">' in page
    assert 'href="/staff?lang=en"' in page
    client.cookies.delete("hegui-lang")
    answer = client.get("/staff?lang=en")
    assert '<html lang="en">' in answer.text
    assert "hegui-lang=en" in answer.headers["set-cookie"]
    assert '<html lang="en">' in client.get("/staff").text


@pytest.mark.parametrize("path", ["/sign-in", "/me", "/staff", "/nowhere"])
def test_every_answer_is_safe_and_kept_by_nobody(still: Desk, path: str) -> None:
    answer = still.client("owner").get(path)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"


def test_files_are_served_under_their_digest(still: Desk) -> None:
    client = still.client()
    base = re.search(r'href="(/static/[0-9a-f]+)/style\.css"', client.get("/sign-in").text)
    assert base is not None
    for name, kind in (
        ("style.css", "text/css"),
        ("keys.js", "text/javascript"),
        ("vendor/htmx.min.js", "text/javascript"),
    ):
        answer = client.get(f"{base[1]}/{name}")
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith(kind)
        assert "immutable" in answer.headers["cache-control"]
    for name in ("nothing.js", "vendor/README.md", "../app.py", "style/20-console.css"):
        assert client.get(f"{base[1]}/{name}").status_code == 404
    assert client.get("/static/000000000000/style.css").status_code == 404


def test_a_page_is_small(still: Desk) -> None:
    client = still.client("owner")
    page = client.get("/staff")
    size = len(page.content)
    for path in re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text):
        size += len(client.get(path).content)
    assert size <= 100_000


@pytest.mark.parametrize(
    ("method", "path", "status", "title"),
    [
        ("GET", "/nowhere", 404, "There is no such page"),
        ("GET", "/staff/", 404, "There is no such page"),
        ("DELETE", "/staff", 405, "can&#39;t be opened that way"),
        ("GET", "/sign-out", 405, "can&#39;t be opened that way"),
    ],
)
def test_errors_are_pages(still: Desk, method: str, path: str, status: int, title: str) -> None:
    answer = still.client("owner").request(method, path)
    assert answer.status_code == status
    assert title in answer.text


def test_the_demo_is_marked_on_every_page(still: Desk) -> None:
    for path, role in (("/sign-in", ""), ("/me", "owner"), ("/nowhere", "")):
        page = still.client(role).get(path).text
        assert '<span class="tag">Demo</span>' in page
        assert "nothing here has legal effect" in page
