"""What can keep a demonstration from being lived, or from being removed."""

from hegui.errors import HeguiError


class DemoError(HeguiError):
    """The demonstration was not begun, not finished or not removed."""


def broken(what: str, answer: str) -> DemoError:
    """A simulated person met an answer that the house should never give.

    Args:
        what: what they did, such as ``POST /agreement``.
        answer: what came back, in a few words.
    """
    return DemoError(
        "demo_broken",
        zh=f"演示中断：{what} 得到的是 {answer}。已生成的演示数据可用 hegui demo --clear 清除。",
        en=f"The demonstration broke off: {what} was answered with {answer}. "
        "Remove what it made with hegui demo --clear.",
    )
