"""Official texts as they are published, found article by article.

The official words are the provider's to bring in; packs tell the law in words of our own.
"""

from hegui.law.text.fidelity import Fidelity, Lack, Part, fidelity
from hegui.law.text.reader import read
from hegui.law.text.shapes import Article, Item, Official, Paragraph, Remark

__all__ = [
    "Article",
    "Fidelity",
    "Item",
    "Lack",
    "Official",
    "Paragraph",
    "Part",
    "Remark",
    "fidelity",
    "read",
]
