"""A conversation survives the page, and what the model gets is bounded to words."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.portal.site import SETTINGS

from hegui.portal.conversation import Turn, for_model, models, read_history, write_history

PNG = "data:image/png;base64,iVBORw0KGgo="


@given(st.lists(st.builds(Turn, st.sampled_from(["user", "assistant"]), st.text(max_size=20))))
def test_history_reads_back(turns: list[Turn]) -> None:
    assert read_history(write_history(turns)) == turns


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[",
        "{}",
        '[{"role":"system","content":"x"}]',
        '[{"role":"user"}]',
        '[{"role":"user","content":"x","name":"y"}]',
        '[{"role":"user","content":5}]',
        "[" * 100_000,
        "\ud800",
    ],
    ids=["empty", "cut", "object", "system", "no content", "more", "number", "deep", "surrogate"],
)
def test_what_is_no_history_is_none(text: str) -> None:
    assert read_history(text) == []


def test_the_models_own_pictures_go_back_as_names_and_the_readers_words_unchanged() -> None:
    said = f"![hill]({PNG})"
    assert for_model([Turn("user", said), Turn("assistant", said)]) == [
        {"role": "user", "content": said},
        {"role": "assistant", "content": "[hill]"},
    ]


def test_models_are_named_once_and_the_responder_is_known() -> None:
    assert models(SETTINGS) == {"demo": True, "chat": False}
    twice = msgspec.structs.replace(SETTINGS, upstream=[*SETTINGS.upstream, SETTINGS.upstream[0]])
    assert list(models(twice)) == ["demo", "chat"]


def test_a_model_that_the_responder_may_take_over_counts_as_the_responders() -> None:
    real, responder = SETTINGS.upstream[1], SETTINGS.upstream[0]
    shared = msgspec.structs.replace(responder, models={"chat": "demo"})
    assert models(msgspec.structs.replace(SETTINGS, upstream=[real, shared])) == {"chat": True}
