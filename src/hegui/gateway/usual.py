"""What nearly every request, every whole answer and every event of a stream looks like, as types.

A document that converts to one of them holds no text but what the type names, and nothing that
would be refused: one call finds it out. Any other goes the general way, which knows everything;
for these documents both ways give the same.
"""

from typing import Annotated, Any, Literal, get_args

import msgspec

from hegui.gateway.texts import MOST_TEXTS

#: Most answers that may be asked for.
MOST_CHOICES = 16
#: Random ids and names of models, in which a short listed word may stand by chance.
ID = r"[A-Za-z0-9_.:/@+-]{1,128}"

#: Who may speak in a message.
Role = Literal["system", "developer", "user", "assistant", "tool", "function"]
ROLES: tuple[str, ...] = get_args(Role)
#: Finish reasons as the record names them; any other is ``other``.
Finish = Literal["stop", "length", "tool_calls", "function_call", "content_filter"]
FINISHES: frozenset[str] = frozenset(get_args(Finish))

_Number = int | float | None
_Id = Annotated[str, msgspec.Meta(pattern=rf"\A{ID}\Z")] | None
_Empty = Annotated[list[Any], msgspec.Meta(max_length=0)] | None


class _Exact(msgspec.Struct, forbid_unknown_fields=True, gc=False):
    """An object with no other members than these."""


class _Said(_Exact):
    role: Role
    content: str


class _StreamOptions(_Exact):
    include_usage: bool | None = None


class UsualRequest(_Exact):
    """A request whose texts are its messages' contents; all else are numbers and switches."""

    model: Annotated[str, msgspec.Meta(min_length=1)]
    messages: Annotated[list[_Said], msgspec.Meta(min_length=1, max_length=MOST_TEXTS)]
    stream: bool | None = None
    stream_options: _StreamOptions | None = None
    n: Annotated[int, msgspec.Meta(ge=1, le=MOST_CHOICES)] | None = None
    max_tokens: int | None = None
    max_completion_tokens: int | None = None
    temperature: _Number = None
    top_p: _Number = None
    top_k: _Number = None
    min_p: _Number = None
    frequency_penalty: _Number = None
    presence_penalty: _Number = None
    repetition_penalty: _Number = None
    seed: _Number = None
    user: str | None = None
    safety_identifier: str | None = None


class _Words(_Exact):
    """What a choice says, but for its content."""

    role: Literal["assistant"] | None = None
    refusal: None = None
    reasoning: None = None
    reasoning_content: None = None
    function_call: None = None
    tool_calls: _Empty = None


class _Message(_Words, kw_only=True):
    content: Annotated[str, msgspec.Meta(min_length=1)]
    annotations: _Empty = None
    audio: None = None


class _Delta(_Words):
    content: str | None = None


class _Choice(_Exact):
    """A choice, but for what it says."""

    index: Annotated[int, msgspec.Meta(ge=0)] = 0
    finish_reason: Finish | None = None
    stop_reason: int | None = None
    logprobs: None = None
    token_ids: None = None


class _Whole(_Choice, kw_only=True):
    message: _Message


class _Part(_Choice, kw_only=True):
    delta: _Delta


class _Details(_Exact):
    accepted_prediction_tokens: _Number = None
    audio_tokens: _Number = None
    cached_tokens: _Number = None
    reasoning_tokens: _Number = None
    rejected_prediction_tokens: _Number = None


class _Usage(_Exact):
    prompt_tokens: _Number = None
    completion_tokens: _Number = None
    total_tokens: _Number = None
    prompt_tokens_details: _Details | None = None
    completion_tokens_details: _Details | None = None


class _Envelope(_Exact):
    """What stands beside the choices."""

    id: _Id = None
    created: _Number = None
    model: _Id = None
    system_fingerprint: _Id = None
    service_tier: _Id = None
    usage: _Usage | None = None
    prompt_logprobs: None = None


class UsualAnswer(_Envelope, kw_only=True):
    """An answer of one choice with a content, which is all its text."""

    choices: Annotated[list[_Whole], msgspec.Meta(min_length=1, max_length=1)]
    object: Literal["chat.completion"] | None = None


class UsualEvent(_Envelope, kw_only=True):
    """An event of one choice whose content is all its text, or of none; the usage may be told."""

    choices: Annotated[list[_Part], msgspec.Meta(max_length=1)]
    object: Literal["chat.completion.chunk"] | None = None
