"""The texts of a measurement: what the mock model says, what is asked, and words to look for.

The words are made at random, so none is anybody's opinion; those that the mock model would say
are left out, because a stopped stream measures nothing.
"""

import random

PASSAGE = (
    "城市清晨的第一班电车从河边开出，the driver greets everyone by nodding，车厢里有人读报，"
    "有人望着窗外的梧桐树。A small bakery opens at half past six，面包的香气一直飘到桥上。"
    "老师在黑板上写下今天的题目：为什么月亮有时圆，有时弯？Pupils draw circles and shadows，"
    "每个人都有自己的答案。Rain is expected in the afternoon，记得带伞，也把窗台上的花搬进屋里。"
    "晚上图书馆开到九点，those who like maps should ask for the third floor。"
)
PIECE = 6


def pieces(count: int, seed: int = 0) -> list[str]:
    """``count`` pieces of six characters of the endless passage, begun where ``seed`` says."""
    start = seed * 7 % len(PASSAGE)
    turns = (start + count * PIECE) // len(PASSAGE) + 1
    text = PASSAGE * turns
    return [text[start + at : start + at + PIECE] for at in range(0, count * PIECE, PIECE)]


def whole() -> str:
    """The answer that is not streamed: 300 characters."""
    return (PASSAGE * 2)[:300]


def question() -> str:
    """What the reader asks: some 120 characters in both languages."""
    return (
        "请用通俗的话讲一讲城市里普通的一天，from the first tram in the morning to the library "
        "closing at night，不需要太长，三段就好，语气轻松一些。"
    )


def words(count: int, seed: int = 1) -> list[str]:
    """``count`` different random words, half common Chinese characters, half Latin letters."""
    dice = random.Random(seed)
    said = (PASSAGE * 2 + question()).casefold()
    made: dict[str, None] = {}
    while len(made) < count:
        word = _chinese(dice) if len(made) % 2 else _latin(dice)
        if word not in said:
            made[word] = None
    return list(made)


def pack(count: int) -> str:
    """A word pack of ``count`` random words, as a TOML file."""
    lines = [f'[pack]\nname = "bench-{count}"\nauthor = "make bench"\nversion = "1"\n']
    lines += [
        f'[[word]]\nword = "{word}"\ncategory = "bench"\naction = "stop"\nnote = ""\n'
        for word in words(count)
    ]
    return "\n".join(lines)


def _chinese(dice: random.Random) -> str:
    """Two to six of the 3,755 most common characters (GB 2312, level 1, rows 16 to 55)."""
    size = dice.randint(2, 6)
    return b"".join(
        bytes((0xA0 + dice.randint(16, 54), 0xA0 + dice.randint(1, 94))) for _ in range(size)
    ).decode("gb2312")


def _latin(dice: random.Random) -> str:
    """Three to five syllables that can be spoken."""
    size = dice.randint(3, 5)
    return "".join(dice.choice("bcdfghklmnprstvw") + dice.choice("aeiou") for _ in range(size))
