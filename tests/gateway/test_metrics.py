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


def test_durations_fall_into_buckets_that_hold_those_before() -> None:
    metrics = Metrics()
    for first, last in ((1_010, 1_011), (1_026, 1_300), (None, 500_000)):
        generation: Any = SimpleNamespace(started=1_000, first=first)
        metrics.ended("delivered", generation, last, None)
    text = metrics.text().decode()
    name = "gen_ai_client_operation_time_to_first_chunk_seconds"
    assert f'{name}_bucket{{le="0.01"}} 1.0' in text  # a bound belongs to its bucket
    assert f'{name}_bucket{{le="0.025"}} 1.0' in text
    assert f'{name}_bucket{{le="0.05"}} 2.0' in text
    assert f"{name}_count 2.0" in text
    name = "gen_ai_client_operation_duration_seconds"
    assert f'{name}_bucket{{le="300.0"}} 2.0' in text
    assert f'{name}_bucket{{le="+Inf"}} 3.0' in text


def test_what_is_read_is_exact_and_stays() -> None:
    metrics = Metrics()
    finding: Any = SimpleNamespace(category="fraud")
    metrics.stop("input", finding)
    metrics.stop("input", finding)
    metrics.request(200)
    metrics.active = 3
    for _ in range(2):
        text = metrics.text().decode()
        assert 'hegui_stops_total{category="fraud",side="input"} 2.0' in text
        assert 'hegui_requests_total{code="200"} 1.0' in text
        assert "hegui_generations_active 3.0" in text
