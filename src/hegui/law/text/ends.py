"""Where the last article ends: nothing comes after it that would say so."""

import re

from hegui.law.text.blocks import Block, han
from hegui.law.text.lines import ended

#: The sentence that nearly every law ends with, and the one that may follow it.
_FORCE = re.compile(
    r"施行|实施|實施|生效|into force|into effect|takes? effect|effective|implemented"
)
_OWN = re.compile(r"本|(?:These|This|The)\s")
_REPEAL = re.compile(r"废止|廢止|repealed|abolished|annulled")
_ANNEX = re.compile(
    r"附[件录錄表则則]?\s?[\d一二三四五六七八九十]{0,3}\s?[:：]|(?:Annex|Appendix|Attachment)\b"
)
#: That sentence is short, and so is the way to it.
_SHORT, _NEAR = 300, 3


def last(blocks: list[Block]) -> int:
    """How many blocks of what follows the last heading belong to the last article.

    It ends with the sentence on its coming into force, and one on what it repeals. Where there is
    no such sentence, it takes what follows without an empty line between and reads as sentences.
    """
    if not blocks:
        return 0
    for at, one in enumerate(blocks[: _NEAR + 1]):
        if at and not _belongs(one, blocks[0]):
            break
        if _FORCE.search(one.text) and (
            at == 0 or (_OWN.match(one.text) and len(one.text) < _SHORT)
        ):
            then = blocks[at + 1] if at + 1 < len(blocks) else None
            repeals = then is not None and _belongs(then, one) and _REPEAL.search(then.text)
            return at + (2 if repeals else 1)
    count = 1
    while count < len(blocks) and _belongs(blocks[count], blocks[0]):
        if blocks[count].blank and not blocks[count].mark:
            break
        count += 1
    return count


def _belongs(one: Block, first: Block) -> bool:
    return (
        han(one.text) == han(first.text)
        and not _ANNEX.match(one.text)
        and (one.mark is not None or ended(one.text))
    )
