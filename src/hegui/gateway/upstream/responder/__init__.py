"""The demo responder: answers by rules, in Chinese and English. It is not an AI model.

It shows what the gateway does where no model is at hand, and speaks OpenAI's chat completions
without any network. To teach it something, add a row to ``rules.RULES`` or ``topics.TOPICS``.
"""

from hegui.gateway.upstream.responder.responder import DELAY, DemoResponder

__all__ = ["DELAY", "DemoResponder"]
