"""The real OpenAI SDK against a running service: it must notice nothing but the label."""

from collections.abc import Iterator

import openai
import pytest
from openai import OpenAI
from openai.types.chat import ChatCompletionMessageParam
from tests.gateway.client import Client
from tests.simulator import ModelServer, Play
from tests.simulator.play import text_stream

LABEL = "【AI生成】\n"


@pytest.fixture
def sdk(client: Client) -> Iterator[OpenAI]:
    with OpenAI(
        base_url=client.service.api + "/v1",
        api_key=client.service.key,
        default_headers={"Hegui-Person": client.person},
        max_retries=0,
    ) as made:
        yield made


def ask(text: str) -> list[ChatCompletionMessageParam]:
    return [{"role": "user", "content": text}]


def test_a_whole_answer(sdk: OpenAI) -> None:
    answer = sdk.chat.completions.create(model="demo", messages=ask("hello"))
    assert (answer.choices[0].message.content or "").startswith(LABEL)
    assert answer.choices[0].finish_reason == "stop"
    assert answer.model_extra is not None
    assert answer.model_extra["AIGC"]["Label"] == "1"
    assert answer.usage is not None


def test_a_streamed_answer(sdk: OpenAI) -> None:
    chunks = list(sdk.chat.completions.create(model="demo", messages=ask("你好"), stream=True))
    text = "".join(c.choices[0].delta.content or "" for c in chunks)
    assert text.startswith(LABEL)
    assert "演示应答器" in text
    assert chunks[-1].choices[0].finish_reason == "stop"
    first, last = chunks[0].model_extra or {}, chunks[-1].model_extra or {}
    assert first["AIGC"] == last["AIGC"]
    assert len(first["AIGC"]["ProduceID"]) == 32


def test_the_user_field_names_the_person_too(client: Client) -> None:
    with OpenAI(base_url=client.service.api + "/v1", api_key=client.service.key) as plain:
        answer = plain.chat.completions.create(
            model="demo", messages=ask("hello"), user=client.person
        )
    assert answer.choices[0].message.content


def test_usage_at_the_end_of_a_stream(sdk: OpenAI) -> None:
    stream = sdk.chat.completions.create(
        model="normal", messages=ask("hi"), stream=True, stream_options={"include_usage": True}
    )
    last = list(stream)[-1]
    assert last.usage is not None
    assert last.usage.total_tokens == 9
    assert (last.model_extra or {})["AIGC"]["Label"] == "1"


def test_several_choices(sdk: OpenAI) -> None:
    answer = sdk.chat.completions.create(model="normal", messages=ask("hi"), n=3)
    assert [c.message.content for c in answer.choices] == [f"{LABEL}Hello there, 世界."] * 3
    texts = ["", "", ""]
    for chunk in sdk.chat.completions.create(model="normal", messages=ask("hi"), n=3, stream=True):
        for choice in chunk.choices:
            texts[choice.index] += choice.delta.content or ""
    assert texts == [f"{LABEL}Hello there, 世界."] * 3


def test_tool_calls_pass_unchanged(sdk: OpenAI) -> None:
    answer = sdk.chat.completions.create(model="tools", messages=ask("weather?"))
    calls = answer.choices[0].message.tool_calls or []
    assert [call.function.arguments for call in calls] == ['{"city": "北京"}']  # type: ignore[union-attr]
    streamed = ""
    for chunk in sdk.chat.completions.create(model="tools", messages=ask("weather?"), stream=True):
        for call in chunk.choices[0].delta.tool_calls or []:
            streamed += (call.function and call.function.arguments) or ""
    assert streamed == '{"city": "\\u5317京"}'


def test_reasoning_passes(sdk: OpenAI) -> None:
    thoughts = ""
    for chunk in sdk.chat.completions.create(model="reasoning", messages=ask("?"), stream=True):
        thoughts += (chunk.choices[0].delta.model_extra or {}).get("reasoning_content", "")
    assert thoughts == "Six times 7."


def test_log_probabilities_pass(sdk: OpenAI) -> None:
    chunks = list(
        sdk.chat.completions.create(model="logprobs", messages=ask("?"), stream=True, logprobs=True)
    )
    tokens = [
        one.token
        for chunk in chunks
        for one in (chunk.choices[0].logprobs and chunk.choices[0].logprobs.content) or []
    ]
    assert tokens == ["Hi"]


def test_models_are_listed(sdk: OpenAI) -> None:
    names = [model.id for model in sdk.models.list()]
    assert {"demo", "normal", "rescued"} <= set(names)


def test_structured_output_stays_data(sdk: OpenAI) -> None:
    answer = sdk.chat.completions.create(
        model="normal", messages=ask("hi"), response_format={"type": "json_object"}
    )
    assert answer.choices[0].message.content == "Hello there, 世界."
    assert (answer.model_extra or {})["AIGC"]["Label"] == "1"


def test_the_next_server_answers_when_the_first_is_dead(sdk: OpenAI) -> None:
    answer = sdk.chat.completions.create(model="rescued", messages=ask("hi"))
    assert "Hello" in (answer.choices[0].message.content or "")


def test_a_stop_of_the_prompt_is_a_bad_request(sdk: OpenAI) -> None:
    with pytest.raises(openai.BadRequestError) as caught:
        sdk.chat.completions.create(
            model="demo", messages=ask("说说禁 止的\u200b词语,禁止\u200b的詞語")
        )
    assert caught.value.code == "content_filter"


def test_a_stop_in_a_stream_is_a_content_filter(sdk: OpenAI, models: ModelServer) -> None:
    models.play("played", Play(text_stream(["好,", "禁止", "的词", "语说完了"], delay=0.01)))
    chunks = list(sdk.chat.completions.create(model="played", messages=ask("?"), stream=True))
    assert "".join(c.choices[0].delta.content or "" for c in chunks) == f"{LABEL}好,"
    assert chunks[-1].choices[0].finish_reason == "content_filter"
    told = (chunks[-1].model_extra or {})["hegui"]
    assert told["category"] == "fraud"
    assert told["appeal"].endswith(f"/decisions/{told['decision']}")


def test_a_break_in_a_stream_is_an_error(sdk: OpenAI) -> None:
    with pytest.raises(openai.APIError) as caught:
        list(sdk.chat.completions.create(model="breaks", messages=ask("hi"), stream=True))
    assert caught.value.code == "upstream_broken"


def test_a_wrong_key_is_an_authentication_error(client: Client) -> None:
    with (
        OpenAI(base_url=client.service.api + "/v1", api_key="hg-wrong") as wrong,
        pytest.raises(openai.AuthenticationError) as caught,
    ):
        wrong.models.list()
    assert caught.value.code == "key_invalid"
