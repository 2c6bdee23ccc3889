import json
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from benchmarks.house import mock_model as running
from openai import NotFoundError, OpenAI

from benchmarks import mock_model, texts


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    with running() as address:
        yield address


@pytest.fixture
def client(base: str) -> Iterator[OpenAI]:
    with OpenAI(base_url=base, api_key="none", max_retries=0) as made:
        yield made


def test_the_openai_sdk_reads_a_whole_answer(client: OpenAI) -> None:
    answer = client.chat.completions.create(
        model="mock-0-0-64", messages=[{"role": "user", "content": "hello"}]
    )
    assert answer.choices[0].message.content == texts.whole()
    assert answer.choices[0].finish_reason == "stop"
    assert answer.model == "mock-0-0-64"


@pytest.mark.parametrize(("seed", "count"), [(0, 64), (5, 16), (63, 1)])
def test_the_openai_sdk_reads_a_stream(client: OpenAI, seed: int, count: int) -> None:
    stream = client.chat.completions.create(
        model=f"mock-0-0-{count}",
        messages=[{"role": "user", "content": "hello"}],
        stream=True,
        seed=seed,
    )
    events = list(stream)
    assert [event.choices[0].delta.content for event in events[:-1]] == texts.pieces(count, seed)
    assert events[0].choices[0].delta.role == "assistant"
    assert events[-1].choices[0].finish_reason == "stop"


def test_one_connection_carries_many_answers(client: OpenAI) -> None:
    for _ in range(3):
        for event in client.chat.completions.create(
            model="mock-1-1-3", messages=[{"role": "user", "content": "hello"}], stream=True
        ):
            assert event.object == "chat.completion.chunk"


def test_models_are_listed(client: OpenAI) -> None:
    assert [model.id for model in client.models.list()] == list(mock_model.MODELS)


@pytest.mark.parametrize("model", ["gpt", "mock-1-1", "mock-1-1-0", "mock-1-1-10001", "mock-a-1-1"])
def test_an_unknown_model_is_not_found(client: OpenAI, model: str) -> None:
    with pytest.raises(NotFoundError) as caught:
        client.chat.completions.create(model=model, messages=[{"role": "user", "content": "hello"}])
    assert caught.value.code == "model_not_found"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{", 400, "bad_body"),
        (b"[]", 400, "bad_body"),
        (b'{"model": 1}', 400, "bad_body"),
        (b'{"model": "mock-0-0-1", "stream": "yes"}', 400, "bad_body"),
    ],
)
def test_a_bad_body_is_refused(base: str, body: bytes, status: int, code: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(f"{base}/chat/completions", data=body, timeout=5)
    with caught.value as error:
        assert error.code == status
        assert json.load(error)["error"]["code"] == code


def test_another_path_is_not_found(base: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(f"{base}/embeddings", data=b"{}", timeout=5)
    with caught.value as error:
        assert error.code == 404


def test_what_is_no_http_closes_the_connection(base: str) -> None:
    port = urlsplit(base).port
    with socket.create_connection(("127.0.0.1", port), timeout=5) as conn:
        conn.sendall(b"\x16\x03\x01 no http\r\n\r\n")
        answer = b""
        while data := conn.recv(4096):
            answer += data
    assert answer.startswith(b"HTTP/1.1 400 ")


def test_a_reader_who_leaves_harms_nobody(base: str, client: OpenAI) -> None:
    for _ in range(5):
        stream = client.chat.completions.create(
            model="mock-0-20-100", messages=[{"role": "user", "content": "hello"}], stream=True
        )
        next(iter(stream))
        stream.close()
    assert len(list(client.models.list())) == len(mock_model.MODELS)


def test_the_name_is_the_pace() -> None:
    assert mock_model.pace("mock-30-10-64") == mock_model.Pace(0.03, 0.01, 64)
    assert mock_model.pace("mock-0-0-1") == mock_model.Pace(0.0, 0.0, 1)


def test_every_listed_model_has_a_pace() -> None:
    assert all(mock_model.pace(name) for name in mock_model.MODELS)
