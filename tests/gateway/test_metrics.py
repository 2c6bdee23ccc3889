"""Metrics of a gateway, whatever a model's server tells."""

from types import SimpleNamespace
from typing import Any

import pytest

from hegui.gateway.metrics import Metrics


def told(usage: dict[str, object] | None) -> str:
    metrics = Metrics()
    generation: Any = SimpleNamespace(started=1_000, first=1_500)
    metrics.ended("delivered", generation, 3_000, usage)
    return metrics.text().decode()


def test_tokens_are_counted_as_the_model_told_them() -> None:
    text = told({"prompt_tokens": 3, "completion_tokens": 0})
    assert 'gen_ai_client_token_usage_total{type="input"} 3.0' in text
    assert 'gen_ai_client_token_usage_total{type="output"} 0.0' in text


@pytest.mark.parametrize("count", [-1, True, "3", 1.5, None, [3], 10**400])
def test_a_count_that_is_none_is_not_counted(count: Any) -> None:
    text = told({"prompt_tokens": count})
    assert 'type="input"' not in text
    assert 'hegui_generations_total{outcome="delivered"} 1.0' in text


def test_a_generation_without_usage_is_timed() -> None:
    text = told(None)
    assert "gen_ai_client_operation_duration_seconds_sum 2.0" in text
    assert "gen_ai_client_operation_time_to_first_chunk_seconds_sum 0.5" in text
