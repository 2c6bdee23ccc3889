"""The rules: a table, tried in order; the first that matches answers."""

import re
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from hegui.gateway.upstream.responder import arithmetic, picture, tone
from hegui.gateway.upstream.responder.ask import Language
from hegui.gateway.upstream.responder.topics import TOPICS, Topic

Reply = Callable[[re.Match[str], Language], str]


class Rule(NamedTuple):
    """One rule.

    Attributes:
        name: for tests and readers.
        pattern: searched for in what the user said.
        reply: makes the answer from the match.
    """

    name: str
    pattern: re.Pattern[str]
    reply: Reply


def _repeat(match: re.Match[str], language: Language) -> str:
    nothing = {
        "zh": "冒号后面没有要复述的话。",
        "en": "There is nothing after the colon to repeat.",
    }
    return match[1].strip() or nothing[language]


def _draw(match: re.Match[str], language: Language) -> str:
    about = {
        "zh": ("演示应答器（不是人工智能模型）画的小图", "画好了，只有太阳和山："),
        "en": (
            "a small picture by the demo responder, not an AI model",
            "Here it is; a sun and hills are all I can draw:",
        ),
    }
    alt, text = about[language]
    return f"{text}\n\n![{alt}]({picture.data_uri(match.string)})"


def _sound(_match: re.Match[str], language: Language) -> str:
    about = {
        "zh": ("演示应答器（不是人工智能模型）的提示音", "一段 0.4 秒的声音："),
        "en": ("a tone by the demo responder, not an AI model", "A tone of 0.4 seconds:"),
    }
    name, text = about[language]
    return f"{text}\n\n[{name}]({tone.data_uri()})"


def _greet(_match: re.Match[str], language: Language) -> str:
    return {
        "zh": "你好！我是演示应答器，不是人工智能模型。想知道能问什么，请说“帮助”。",
        "en": "Hello! I am a demo responder, not an AI model. Say “help” to see what you can ask.",
    }[language]


def _thanks(_match: re.Match[str], language: Language) -> str:
    return {"zh": "不客气。", "en": "You are welcome."}[language]


def _tell(topic: Topic, _match: re.Match[str], language: Language) -> str:
    return topic.zh if language == "zh" else topic.en


def _reflect(match: re.Match[str], language: Language) -> str:
    said = match[0].strip()
    short = said if len(said) <= 80 else said[:80] + "…"
    return {
        "zh": f"您说的是：“{short}”。我是演示应答器，不是人工智能模型，没有这方面的规则可用。"
        "请换个说法，或说“帮助”看看能问什么。",
        "en": f"You said: “{short}”. I am a demo responder, not an AI model, and have no rule for "
        "this. Put it another way, or say “help” to see what you can ask.",
    }[language]


def _rule(name: str, pattern: str, reply: Reply) -> Rule:
    return Rule(name, re.compile(pattern, re.IGNORECASE | re.DOTALL), reply)


RULES: tuple[Rule, ...] = (
    _rule("nothing said", r"\A\s*\Z", _greet),
    _rule("repeat", r"(?:\brepeat|复述|重复)\s*[:：](.*)", _repeat),
    Rule("arithmetic", arithmetic.PATTERN, arithmetic.answer),
    _rule("draw", r"\bdraw\b|\bpicture\b|画", _draw),
    _rule("tone", r"\btone\b|\bsound\b|声音|提示音", _sound),
    *(Rule(topic.name, topic.pattern, partial(_tell, topic)) for topic in TOPICS),
    _rule("thanks", r"\bthank|谢谢|多谢", _thanks),
    _rule(
        "greeting", r"\b(?:hello|hi|hey|good (?:morning|evening))\b|你好|您好|早上好|晚上好", _greet
    ),
    _rule("anything else", r".*", _reflect),
)


def reply(text: str, language: Language) -> str:
    """The answer to what the user said."""
    matches = ((rule, rule.pattern.search(text)) for rule in RULES)
    rule, match = next((rule, match) for rule, match in matches if match is not None)
    return rule.reply(match, language)
