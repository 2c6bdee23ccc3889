"""A plain HTTP client of a running service, for what no SDK would send."""

import json
import socket
import time
import urllib.error
import urllib.request
from typing import Any, NamedTuple
from urllib.parse import quote

from tests.service import Running

from hegui.ledger import entry
from hegui.store import Store
from hegui.store.log import LogReader
from hegui.world import RealWorld


class Answer(NamedTuple):
    """An HTTP answer."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def code(self) -> str:
        return str(self.json["error"]["code"])


class Client:
    """Asks as one person."""

    def __init__(self, service: Running, person: str) -> None:
        self.service = service
        self.person = person
        self.headers = {
            "Authorization": f"Bearer {service.key}",
            "Hegui-Person": person,
            "Content-Type": "application/json",
        }

    def accepted(self) -> "Client":
        answer = self.post(f"/api/people/{quote(self.person)}/agreement", b"{}")
        assert answer.status == 200, answer.body
        return self

    def post(self, path: str, body: bytes, headers: dict[str, str] | None = None) -> Answer:
        return self.request("POST", path, body, self.headers if headers is None else headers)

    def request(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> Answer:
        request = urllib.request.Request(
            self.service.api + path, data=body, headers=headers, method=method
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return Answer(answer.status, _lower(answer.headers.items()), answer.read())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, _lower(error.headers.items()), error.read())

    def chat(self, text: str, model: str = "normal", **more: Any) -> Answer:
        doc = {"model": model, "messages": [{"role": "user", "content": text}], **more}
        return self.post("/v1/chat/completions", json.dumps(doc).encode())

    def raw(self, data: bytes, seconds: float = 5.0) -> bytes:
        """Send bytes on a bare connection; what comes back until it closes or time is up."""
        host, port = self.service.api.removeprefix("http://").split(":")
        got = b""
        deadline = time.monotonic() + seconds
        with socket.create_connection((host, int(port)), timeout=seconds) as conn:
            conn.settimeout(seconds)
            try:
                conn.sendall(data)
                while (piece := conn.recv(65536)) and time.monotonic() < deadline:
                    got += piece
            except OSError:
                pass
        return got

    def evidence(self, generation: str, outcome: bool = True) -> list[Any]:
        """The entries of a generation, once its outcome is there."""
        config = (self.service.home / "hegui.toml").read_text()
        url = json.loads(config.split("[data]\nurl = ")[1].split("\n")[0])
        store = Store.open(url, world=RealWorld())
        try:
            deadline = time.monotonic() + 10
            while time.monotonic() < deadline:
                found = [entry.decode(body) for _, body in LogReader(store).by_act(generation)]
                if len(found) >= (2 if outcome else 1):
                    return found
                time.sleep(0.05)
        finally:
            store.close()
        raise AssertionError(f"no outcome of {generation} within 10 s: {found}")


def _lower(items: Any) -> dict[str, str]:
    return {name.lower(): value for name, value in items}
