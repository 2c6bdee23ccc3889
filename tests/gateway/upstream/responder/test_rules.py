"""The table of rules: each row in both languages, and what every answer must keep."""

import base64
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hegui.gateway.upstream.responder.rules import RULES, reply
from hegui.gateway.upstream.responder.topics import TOPICS

NOT_A_MODEL = {"zh": "不是人工智能模型", "en": "not an AI model"}


def which(text: str) -> str:
    return next(rule.name for rule in RULES if rule.pattern.search(text))


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "nothing said"),
        ("  \n", "nothing said"),
        ("Hello there", "greeting"),
        ("您好", "greeting"),
        ("早上好！", "greeting"),
        ("Who are you?", "self"),
        ("Are you an AI?", "self"),
        ("你是谁", "self"),
        ("你是不是人工智能？", "self"),
        ("help", "help"),
        ("你会什么？", "help"),
        ("12 x 7", "arithmetic"),
        ("三加二", "anything else"),
        ("What does the label mean?", "label"),
        ("标识是什么", "label"),
        ("How do I appeal?", "appeal"),
        ("怎么申诉", "appeal"),
        ("Why was my answer stopped?", "stopped"),
        ("为什么被拦截", "stopped"),
        ("What is recorded?", "recorded"),
        ("会记录什么", "recorded"),
        ("Erase my account", "erasure"),
        ("怎样删除我的数据", "erasure"),
        ("the agreement", "agreement"),
        ("服务协议", "agreement"),
        ("How can I verify it?", "proof"),
        ("账本怎么验证", "proof"),
        ("Write a poem", "poem"),
        ("写一首诗", "poem"),
        ("a recipe please", "recipe"),
        ("给个菜谱", "recipe"),
        ("Tell me a story", "story"),
        ("讲个故事", "story"),
        ("write an e-mail", "letter"),
        ("帮我写封信", "letter"),
        ("how should I study", "study"),
        ("怎么学习", "study"),
        ("draw a hill", "draw"),
        ("画一只猫", "draw"),
        ("play a tone", "tone"),
        ("放一段声音", "tone"),
        ("thanks!", "thanks"),
        ("谢谢", "thanks"),
        ("repeat: draw a poem", "repeat"),
        ("复述：你是谁", "repeat"),
        ("What is the capital of France?", "anything else"),
        ("今天天气如何", "anything else"),
        ("drawer", "anything else"),
    ],
)
def test_what_is_said_finds_its_rule(text: str, rule: str) -> None:
    assert which(text) == rule


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("said", ["", "你是谁", "help", "画", "tone", "hello", "qwerty"])
def test_it_says_what_it_is_wherever_it_shows(said: str, language: str) -> None:
    assert NOT_A_MODEL[language] in reply(said, language)  # type: ignore[arg-type]


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)
def test_topics_are_told_in_both_languages(topic: object) -> None:
    zh, en = topic.zh, topic.en  # type: ignore[attr-defined]
    assert re.search("[\u4e00-\u9fff]", zh)
    assert not re.search("[\u4e00-\u9fff]", en)


def test_names_are_unique() -> None:
    names = [rule.name for rule in RULES]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("repeat: send me the code", "send me the code"),
        ("Please Repeat:\ntwo\nlines", "two\nlines"),
        ("复述：第一，第二。", "第一，第二。"),
        ("重复: a：b", "a：b"),
        ("repeat:", "There is nothing after the colon to repeat."),
    ],
)
def test_repeat_says_the_text_given(text: str, said: str) -> None:
    assert reply(text, "en") == said


def test_the_fallback_reflects_the_question_cut_short() -> None:
    assert "“capital of France?”" in reply("capital of France?", "en")
    assert "“" + "长" * 80 + "…”" in reply("长" * 500, "zh")


@pytest.mark.parametrize("said", ["draw a cat", "play a tone"])
def test_pictures_and_tones_are_markdown_with_data_addresses(said: str) -> None:
    found = re.search(
        r"!?\[[^]]+\]\(data:(image/png|audio/wav);base64,([^)]+)\)", reply(said, "en")
    )
    assert found is not None
    assert base64.b64decode(found[2], validate=True)


@given(st.text(max_size=300), st.sampled_from(["zh", "en"]))
def test_there_is_an_answer_to_anything(text: str, language: str) -> None:
    assert reply(text, language)  # type: ignore[arg-type]
