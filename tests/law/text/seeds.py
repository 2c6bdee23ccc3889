"""The shared folder's texts, wherever it is: the final text twice, the draft, and two articles."""

from pathlib import Path

SEEDS = Path(__file__).resolve().parents[4] / "shared" / "seeds"


def seed(number: int) -> list[bytes]:
    """The seed of a number, or nothing where the folder isn't."""
    return [path.read_bytes() for path in sorted(SEEDS.glob(f"{number:03}_*.txt"))]


def _draft() -> list[str]:
    """The draft's Chinese text alone, from its first article to its last."""
    found: list[str] = []
    for data in seed(4):
        lines = data.decode().splitlines()
        first = next(at for at, line in enumerate(lines) if line.startswith("第一条 "))
        last = next(at for at, line in enumerate(lines) if line.startswith("第二十一条 "))
        found.append("\n".join(lines[first : last + 1]))
    return found


DRAFT = _draft()
