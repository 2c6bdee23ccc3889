"""The demo responder: answers by rules, in Chinese and English. It is not an AI model.

It shows what the gateway does where no model is at hand, and speaks OpenAI's API, texts,
pictures, sounds and clips, without any network. To teach it to answer something in words, add a
row to ``rules.RULES`` or ``topics.TOPICS``.
"""

from hegui.gateway.upstream.responder.responder import DELAY, DemoResponder

__all__ = ["DELAY", "DemoResponder"]
