"""Random JSON in the API's names: what a model's server could send at worst."""

from typing import Any

from hypothesis import strategies as st

KEYS = [
    "index",
    "delta",
    "message",
    "content",
    "role",
    "type",
    "id",
    "text",
    "tool_calls",
    "function",
    "arguments",
    "name",
    "finish_reason",
    "stop_reason",
    "logprobs",
    "token",
    "usage",
    "error",
    "model",
    "note",
    "骗",
    "a/b.[0]",
]
_TEXTS = ["", "好", "骗", "诈", "bad", " word", "abab", "stop", "\\u8bc8", "\n\n", "a" * 70]
_SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.sampled_from([0, 1, -1, 10**30, 1.5]),
    st.sampled_from(_TEXTS),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=4),
)
_KEY = st.sampled_from(KEYS)
ANY = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEY, inner, max_size=4),
    max_leaves=8,
)


def completions(said: str) -> st.SearchStrategy[Any]:
    """Documents that look more or less like a completion; ``said`` is ``delta`` or ``message``."""
    index = st.one_of(st.sampled_from([0, 0, 1]), ANY)
    body = st.one_of(st.fixed_dictionaries({}, optional=dict.fromkeys(KEYS[3:11], ANY)), ANY)
    probs = st.one_of(st.none(), st.dictionaries(_KEY, st.lists(ANY, max_size=2), max_size=2), ANY)
    choice = st.fixed_dictionaries(
        {said: body},
        optional={
            "index": index,
            "finish_reason": st.one_of(st.none(), st.just("stop"), ANY),
            "logprobs": probs,
            "stop_reason": ANY,
            "note": ANY,
        },
    )
    beside = dict.fromkeys(("id", "model", "usage", "error", "object", "note", "骗"), ANY)
    whole = st.fixed_dictionaries({"choices": st.lists(choice, max_size=2)}, optional=beside)
    return st.one_of(whole, whole, whole, ANY)
