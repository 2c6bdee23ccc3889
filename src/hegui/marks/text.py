"""The text label's one rule of content (GB 45438-2025, clauses 5.1 b), 5.2, 5.3 b), 5.6 b))."""

import re

# "AI" as a word of its own, or within "AIGC"; the letters of "SAID" name nothing.
_MACHINE = re.compile(r"人工智能|(?<![A-Za-z])AI(?:GC)?(?![A-Za-z])")
_MADE = re.compile(r"生成|合成")


def has_elements(text: str) -> bool:
    """Whether a text label holds both elements that the standard asks for.

    Args:
        text: the label as people read it, such as ``AI生成`` or ``内容由人工智能合成``.

    Returns:
        True when it says ``人工智能`` or ``AI``, and also ``生成`` or ``合成``, in any order.
    """
    return bool(_MACHINE.search(text) and _MADE.search(text))
