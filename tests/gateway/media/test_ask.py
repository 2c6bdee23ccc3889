"""What goes on to the model, what is screened, and what the record keeps."""

import hashlib

import msgspec

from hegui.gateway.media.ask import read
from hegui.gateway.media.form import Part, parse, render
from hegui.gateway.media.routes import EDIT, PICTURE, SPEECH

FIELDS = {
    "model": "good",
    "prompt": "a cat",
    "user": "reader-1",
    "safety_identifier": "reader-2",
    "style": "vivid",
    "extra": {"deep": ["words", {"own key": 1}]},
}


def test_the_model_gets_its_own_name_and_no_word_on_the_person() -> None:
    ask = read(PICTURE, msgspec.json.encode(FIELDS), b"application/json", "b")
    body = msgspec.json.decode(ask.upstream_body("theirs"))
    assert body == {
        "model": "theirs",
        "prompt": "a cat",
        "style": "vivid",
        "extra": FIELDS["extra"],
    }
    assert ask.content_type == "application/json"
    assert ask.person == "reader-2"


def test_every_text_is_screened_and_names_of_the_sender_too() -> None:
    ask = read(PICTURE, msgspec.json.encode(FIELDS), b"application/json", "b")
    texts = dict(ask.texts(32))
    assert texts["prompt"] == "a cat"
    assert texts["style"] == "vivid"
    assert {"words", "own key"} <= {line for text in texts.values() for line in text.split("\n\n")}
    assert "good" not in texts.values()
    assert "reader-1" not in texts.values()


def test_a_picture_is_asked_for_as_a_file_and_not_as_an_address() -> None:
    body = msgspec.json.encode({**FIELDS, "response_format": "url"})
    ask = read(PICTURE, body, b"application/json", "b")
    assert msgspec.json.decode(ask.upstream_body("m"))["response_format"] == "b64_json"
    spoken = msgspec.json.encode({"model": "m", "input": "hi", "response_format": "opus"})
    ask = read(SPEECH, spoken, b"application/json", "b")
    assert msgspec.json.decode(ask.upstream_body("m"))["response_format"] == "opus"


def test_of_an_upload_the_record_keeps_no_byte() -> None:
    secret = b"the picture's own bytes"
    parts = [
        Part("model", False, "", b"good"),
        Part("prompt", False, "", "画一只猫".encode()),
        Part("image[]", True, "image/png", secret),
    ]
    kind = b"multipart/form-data; boundary=in"
    ask = read(EDIT, render(parts, "in"), kind, "out")
    kept = ask.sealed()
    assert secret not in kept
    assert msgspec.json.decode(kept)["files"] == [
        {
            "field": "image[]",
            "type": "image/png",
            "size": len(secret),
            "sha256": hashlib.sha256(secret).hexdigest(),
        }
    ]
    sent = {
        part.name: part.data for part in parse(ask.upstream_body("m"), ask.content_type.encode())
    }
    assert sent == {"model": b"m", "prompt": "画一只猫".encode(), "image[]": secret}
