"""A model's server for pictures, sounds and clips that behaves and misbehaves by model name."""

import json
import threading
from base64 import b64encode
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from hegui.gateway.media.form import parse
from hegui.gateway.upstream.responder import clip, picture, voice

PNG = picture.large("a test", 128, 128)
WAV = voice.wav("a test")
MP4 = clip.mp4("a test")
B64 = {"b64_json": b64encode(PNG).decode()}


class MediaServer:
    """``with MediaServer() as server:``.

    Attributes:
        asked: what came, ``(method, path, headers, fields)`` in order.
    """

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, dict[str, str], dict[str, Any]]] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                server.asked.append(("GET", self.path, self.head(), {}))
                self.give(*server.get(self.path))

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                fields = server.fields(body, self.headers["content-type"])
                server.asked.append(("POST", self.path, self.head(), fields))
                self.give(*server.post(self.path, fields))

            def head(self) -> dict[str, str]:
                return {name.lower(): value for name, value in self.headers.items()}

            def give(self, status: int, kind: str, body: bytes) -> None:
                self.send_response(status)
                self.send_header("content-type", kind)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, daemon=True)
        self.root = f"http://127.0.0.1:{self._http.server_port}"
        self.url = f"{self.root}/v1"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    @staticmethod
    def fields(body: bytes, kind: str) -> dict[str, Any]:
        if kind == "application/json":
            doc: dict[str, Any] = json.loads(body)
            return doc
        return {p.name: p if p.file else p.data.decode() for p in parse(body, kind.encode())}

    def get(self, path: str) -> tuple[int, str, bytes]:
        if path == "/files/one.png?key=1":
            return 200, "image/png", PNG
        name = path.removeprefix("/v1/videos/")
        if name == "clip-good/content":
            return 200, "video/mp4", MP4
        if name == "clip-picture/content":
            return 200, "video/mp4", PNG
        if name in ("clip-good", "clip-picture"):
            return self.job(name.removeprefix("clip-"), "completed")
        if name == "clip-waits":
            return self.job("waits", "in_progress")
        return 404, "application/json", b'{"error":{"message":"gone"}}'

    def post(self, path: str, fields: dict[str, Any]) -> tuple[int, str, bytes]:
        model = str(fields["model"])
        if path == "/v1/audio/speech":
            files = {"adts": b"\xff\xf1\x50\x80\x02\x1f\xfc" * 40, "text": b"no sound at all"}
            return 200, "audio/wav", files.get(model, WAV)
        if path == "/v1/videos":
            return self.job(model, "queued")
        answers: dict[str, Any] = {
            "url": {"data": [{"url": f"{self.root}/files/one.png?key=1"}]},
            "elsewhere": {"data": [{"url": "http://127.0.0.2:9/one.png"}]},
            "gone": {"data": [{"url": f"{self.root}/files/gone.png"}]},
            "revised": {"data": [B64 | {"revised_prompt": "a kind cat"}]},
            "stopped": {"data": [B64 | {"revised_prompt": "禁止的词语"}]},
            "talks": {
                "created": 7,
                "data": [B64],
                "note": "禁止的词语",
                "size": "a b",
                "usage": {"input_tokens": 3, "output_tokens": 5, "said": "禁止"},
            },
            "none": {"data": []},
            "not-a-picture": {"data": [{"b64_json": b64encode(WAV).decode()}]},
            "not-base64": {"data": [{"b64_json": "%%%"}]},
        }
        return self.json(
            answers.get(model, {"created": 5, "data": [B64] * int(fields.get("n", 1))})
        )

    def job(self, model: str, status: str) -> tuple[int, str, bytes]:
        return self.json(
            {
                "id": f"clip-{model}",
                "object": "video",
                "status": status,
                "created_at": 5,
                "model": "theirs",
                "progress": 1,
                "seconds": "2",
                "size": "160x96",
                "prompt": "not passed on",
                "remote_secret": "not passed on",
            }
        )

    @staticmethod
    def json(doc: dict[str, Any]) -> tuple[int, str, bytes]:
        return 200, "application/json", json.dumps(doc).encode()
