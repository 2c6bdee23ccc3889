"""What screening costs: microseconds of CPU and megabytes, with 10,000 and 100,000 words.

Run with ``python benchmarks/bench_screen.py``. Each size has a process of its own, so that the
memory of one does not hide in the other's. Words and texts are made up of common characters.
"""

import gc
import random
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from hegui.screen import Pack, Screen, Word, normal

SIZES = (10_000, 100_000)
COMMON = "".join(map(chr, range(0x4E00, 0x4E00 + 3000)))
LETTERS = "etaoinshrdlu"


def main() -> None:
    if len(sys.argv) == 2:
        measure(int(sys.argv[1]))
        return
    for size in SIZES:
        subprocess.run([sys.executable, __file__, str(size)], check=True)


def measure(size: int) -> None:
    draw = random.Random(1)
    pack = made_pack(size, draw)
    normal("")
    gc.collect()
    before = megabytes()
    start = time.process_time()
    screen = Screen([pack])
    build = time.process_time() - start
    gc.collect()
    print(f"{size:,} words: built in {build:.1f} s, {megabytes() - before:.0f} MB")
    zh = chinese(pack, draw)
    en = english(draw)
    quiet = "0123456789" * 50
    if screen.scan(zh + en + quiet):
        raise SystemExit("the texts should hold no listed word")
    streams = {"zh": zh, "en": en, "nothing live": quiet, "escaped": en.replace(" ", "\\n")}
    for name, text in (("zh", zh), ("en", en)):
        print(f"  scan of 500 characters, {name}: {per_call(partial(screen.scan, text)):.1f} µs")
        whole = per_call(partial(one_piece, screen, text))
        print(f"  the same as one piece of a stream: {whole:.1f} µs")
    for name, text in streams.items():
        chunk = per_chunk(screen, text, escaped=name == "escaped")
        print(f"  piece of 6 characters, {name}: {chunk:.2f} µs")


def one_piece(screen: Screen, text: str) -> None:
    screen.stream().feed(text)


def made_pack(size: int, draw: random.Random) -> Pack:
    """Listed words, nine in ten Chinese of three to eight characters."""
    words: set[str] = set()
    while len(words) < size:
        if draw.random() < 0.9:
            words.add("".join(draw.choices(COMMON, k=draw.randint(3, 8))))
        else:
            words.add("".join(draw.choices(LETTERS, k=draw.randint(9, 14))))
    listed = tuple(Word(word, "made-up", "stop") for word in sorted(words))
    return Pack("bench", "Hegui", "1", listed, "0" * 64)


def chinese(pack: Pack, draw: random.Random) -> str:
    """500 characters in which every other word begins like a listed one."""
    words = draw.choices([word.word for word in pack.words if not word.word.isascii()], k=100)
    return "".join(word[:2] + "".join(draw.choices(COMMON, k=2)) + "，" for word in words)


def english(draw: random.Random) -> str:
    """500 characters of made-up words of five letters."""
    return " ".join("".join(draw.choices(LETTERS, k=5)) for _ in range(84))[:500]


def per_call(call: Callable[[], object]) -> float:
    """The best of 200 rounds, in µs: what it costs while nothing else takes the processor."""
    best = float("inf")
    for _ in range(200):
        start = time.perf_counter()
        for _ in range(20):
            call()
        best = min(best, time.perf_counter() - start)
    return best / 20 * 1e6


def per_chunk(screen: Screen, text: str, *, escaped: bool) -> float:
    """µs for each six characters of a stream."""
    chunks = [text[at : at + 6] for at in range(0, len(text), 6)]

    def run() -> None:
        stream = screen.stream(escaped=escaped)
        for chunk in chunks:
            stream.feed(chunk)
        stream.finish()

    return per_call(run) / len(chunks)


def megabytes() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6


if __name__ == "__main__":
    main()
