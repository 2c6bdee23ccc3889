"""The real OpenAI SDK: pictures, sounds and clips come as ever, and bear both labels."""

import io
import time
from base64 import b64decode
from collections.abc import Iterator

import openai
import pytest
from openai import OpenAI
from PIL import Image
from tests.gateway.client import Client
from tests.gateway.media.server import PNG, MediaServer

from hegui import marks
from hegui.gateway.media.form import Part
from hegui.gateway.upstream.responder import picture
from hegui.ledger import kinds

CODE = "001191000000MA0000000N10000"


def label_of(data: bytes) -> marks.Label:
    reading = marks.read(data)
    assert reading.verdict is marks.Verdict.CONFORMING
    label = reading.label
    assert label is not None
    assert (label.label, label.content_producer) == ("1", CODE)
    return label


def outputs(client: Client, act: str) -> Iterator[kinds.OutputMarked]:
    for one in client.evidence(act):
        if isinstance(one, kinds.OutputMarked):
            yield one


def test_a_picture(sdk: OpenAI, client: Client) -> None:
    answer = sdk.images.generate(model="demo", prompt="a cat on a hill", size="256x256")
    assert answer.data is not None
    (one,) = answer.data
    data = b64decode(one.b64_json or "")
    label = label_of(data)
    assert (answer.model_extra or {})["AIGC"]["ProduceID"] == label.produce_id
    seen = Image.open(io.BytesIO(data)).convert("RGB")
    assert seen.size == (256, 256)
    plain = Image.open(io.BytesIO(picture.large("a cat on a hill 0", 256, 256))).convert("RGB")
    assert seen.tobytes() != plain.tobytes(), "people see the label, too"
    (out,) = outputs(client, label.produce_id)
    assert (out.media, out.format, out.size, out.explicit) == ("image", "png", len(data), True)
    assert out.read == "conforming"


def test_several_pictures_have_a_number_each(sdk: OpenAI, client: Client) -> None:
    answer = sdk.images.generate(model="good", prompt="three", n=3)
    labels = [label_of(b64decode(one.b64_json or "")) for one in answer.data or []]
    act = labels[0].produce_id
    assert [one.produce_id for one in labels] == [act, f"{act}-2", f"{act}-3"]
    assert len(list(outputs(client, act))) == 3


def test_a_picture_as_an_address_holds_the_file_itself(sdk: OpenAI) -> None:
    for model in ("good", "url"):
        answer = sdk.images.generate(model=model, prompt="a cat", response_format="url")
        (one,) = answer.data or []
        head, _, data = (one.url or "").partition(",")
        assert head == "data:image/png;base64"
        label_of(b64decode(data))


def test_an_address_of_the_server_is_fetched_without_its_key(
    sdk: OpenAI, server: MediaServer
) -> None:
    answer = sdk.images.generate(model="url", prompt="a cat")
    assert (answer.data or [])[0].url
    method, path, headers, _ = server.asked[-1]
    assert (method, path) == ("GET", "/files/one.png?key=1")
    assert "authorization" not in headers


def test_an_edit_sends_the_files_on_without_their_names(sdk: OpenAI, server: MediaServer) -> None:
    answer = sdk.images.edit(
        model="good",
        prompt="a hat on it",
        image=("Zhang-San-passport.png", PNG, "image/png"),
        mask=("mask.png", PNG, "image/png"),
        user="reader-1",
    )
    label_of(b64decode((answer.data or [])[0].b64_json or ""))
    _, path, headers, fields = server.asked[-1]
    assert path == "/v1/images/edits"
    assert headers["content-type"].startswith("multipart/form-data; boundary=hegui-")
    assert fields["prompt"] == "a hat on it"
    assert "user" not in fields
    for name in ("image", "mask"):
        part = fields[name]
        assert isinstance(part, Part)
        assert (part.data, part.content_type) == (PNG, "image/png")


def test_several_pictures_may_be_edited(sdk: OpenAI, server: MediaServer) -> None:
    files = [("a.png", PNG, "image/png"), ("b.png", PNG, "image/png")]
    sdk.images.edit(model="demo", prompt="join them", image=files)


def test_a_sound(sdk: OpenAI, client: Client) -> None:
    said = sdk.audio.speech.create(
        model="demo", input="Good morning.", voice="alloy", response_format="wav"
    )
    assert said.response.headers["content-type"] == "audio/wav"
    data = said.read()
    label = label_of(data)
    assert said.response.headers["hegui-generation"] == label.produce_id
    (out,) = outputs(client, label.produce_id)
    assert (out.media, out.format, out.explicit) == ("audio", "wav", True)


@pytest.mark.filterwarnings("ignore:The Sora API:DeprecationWarning")
def test_a_clip(sdk: OpenAI, client: Client) -> None:
    video = sdk.videos.create(model="demo", prompt="the sun comes up")
    status: str = video.status
    assert status == "queued"
    while status != "completed":
        time.sleep(0.2)
        video = sdk.videos.retrieve(video.id)
        status = video.status
    assert (video.model, video.seconds, video.size) == ("demo", "2", "160x96")
    content = sdk.videos.download_content(video.id)
    assert content.response.headers["content-type"] == "video/mp4"
    label = label_of(content.read())
    assert video.id == f"video_{label.produce_id}"
    sdk.videos.download_content(video.id)
    delivered, *given = client.evidence(label.produce_id)[1:]
    assert isinstance(delivered, kinds.GenerationDelivered)
    assert delivered.finish == "queued"
    assert [one.media for one in outputs(client, label.produce_id)] == ["video", "video"]
    assert len(given) == 2


def test_a_stop_of_the_prompt_is_a_bad_request(sdk: OpenAI, server: MediaServer) -> None:
    before = len(server.asked)
    with pytest.raises(openai.BadRequestError) as pictures:
        sdk.images.generate(model="good", prompt="draw 禁止\u200b的詞語")
    with pytest.raises(openai.BadRequestError) as edited:
        sdk.images.edit(model="good", prompt="禁止的词语", image=PNG)
    with pytest.raises(openai.BadRequestError) as spoken:
        sdk.audio.speech.create(model="good", input="禁止的词语", voice="alloy")
    for caught in (pictures, edited, spoken):
        assert caught.value.code == "content_filter"
        told = caught.value.body["hegui"]  # type: ignore[index]
        assert told["side"] == "input"
        assert told["appeal"].endswith(f"/decisions/{told['decision']}")
    assert len(server.asked) == before, "nothing reached the model"


def test_instructions_are_screened_too(sdk: OpenAI) -> None:
    with pytest.raises(openai.BadRequestError) as caught:
        sdk.audio.speech.create(
            model="good", input="hello", voice="alloy", instructions="say 禁止的词语"
        )
    assert caught.value.code == "content_filter"


def test_a_prompt_written_anew_is_screened_as_the_models_text(sdk: OpenAI) -> None:
    answer = sdk.images.generate(model="revised", prompt="a cat")
    assert (answer.data or [])[0].revised_prompt == "a kind cat"
    with pytest.raises(openai.BadRequestError) as caught:
        sdk.images.generate(model="stopped", prompt="a cat")
    assert caught.value.body["hegui"]["side"] == "output"  # type: ignore[index]


def test_nothing_unscreened_is_passed_on(sdk: OpenAI) -> None:
    answer = sdk.images.generate(model="talks", prompt="a cat")
    assert answer.created == 7
    assert answer.usage is not None
    assert (answer.usage.input_tokens, answer.usage.output_tokens) == (3, 5)
    assert "禁止" not in answer.model_dump_json()
    assert answer.size is None
