"""Changes within boxes: sizes of the boxes around follow, and it is known what moved where."""

from bisect import bisect_right
from collections.abc import Sequence

from hegui.marks.carriers.bmff import Box, broken
from hegui.marks.edits import Edit, spliced
from hegui.marks.plan import Plan


class Edits:
    """Ranges of the source to be replaced, and what follows from that.

    Attributes:
        edits: the ranges and their new bytes, in the order they were given.
    """

    def __init__(self) -> None:
        self.edits: list[Edit] = []
        self._depths: list[int] = []
        self._grown: dict[int, tuple[Box, int]] = {}
        self._settled = True
        self._starts: list[int] = []
        self._stops: list[int] = []
        self._moved: list[int] = []

    def put(self, path: Sequence[Box], start: int, stop: int, data: bytes) -> int:
        """Replaces a range.

        Args:
            path: the boxes around it, whose sizes are to follow. Of what is inserted at one place
                the one with the longest path comes first: it belongs to the box that ends there.
            start: where the range begins; nothing is removed when it is empty.
            stop: where it ends.
            data: what comes there instead.

        Returns:
            The edit's number, for ``fill``.
        """
        growth = len(data) - (stop - start)
        for box in path if growth else ():
            self._grown[box.start] = (box, self.growth(box) + growth)
        if growth:
            self._settled = False
        self.edits.append((start, stop, data))
        self._depths.append(len(path))
        return len(self.edits) - 1

    def fill(self, number: int, data: bytes) -> None:
        """Gives an edit other bytes of the same length."""
        start, stop, _ = self.edits[number]
        self.edits[number] = (start, stop, data)

    def growth(self, box: Box) -> int:
        """By how many bytes a box has grown."""
        return self._grown.get(box.start, (box, 0))[1]

    def shifts(self) -> tuple[int, int, int] | None:
        """Where what moves begins, from where on all moves alike, and by how much.

        ``None`` when nothing moves at all.
        """
        self._settle()
        if not self._stops:
            return None
        return self._starts[0], self._stops[-1], self._moved[-1]

    def moved(self, offset: int) -> int:
        """Where a byte of the source comes to stand.

        Raises:
            MarksError: ``file_malformed`` when it stands within a range that is replaced.
        """
        self._settle()
        index = bisect_right(self._stops, offset)
        if index < len(self._stops) and self._starts[index] < offset:
            raise broken("媒体数据与标识重叠", "media data and label overlap")
        return offset + (self._moved[index - 1] if index else 0)

    def plan(self, size: int) -> Plan:
        """The new file.

        Args:
            size: bytes of the source.

        Raises:
            MarksError: ``file_malformed`` when ranges overlap, or a size no longer fits.
        """
        deepest = sorted(range(len(self.edits)), key=lambda number: -self._depths[number])
        made = [self.edits[number] for number in deepest]
        made += [_resized(box, by) for box, by in self._grown.values() if by]
        at = 0
        for start, stop, _ in sorted(made, key=lambda edit: edit[:2]):
            if start < at or stop > size:
                raise broken()
            at = stop
        return spliced(size, made)

    def _settle(self) -> None:
        if self._settled:
            return
        self._settled = True
        moving = sorted((*edit[:2], len(edit[2])) for edit in self.edits)
        moving = [edit for edit in moving if edit[2] != edit[1] - edit[0]]
        self._starts = [start for start, _, _ in moving]
        self._stops = [stop for _, stop, _ in moving]
        self._moved = []
        total = 0
        for start, stop, length in moving:
            total += length - (stop - start)
            self._moved.append(total)


def _resized(box: Box, growth: int) -> Edit:
    size = box.stop - box.start + growth
    if box.open:
        return box.start, box.start, b""
    if box.wide:
        return box.start + 8, box.start + 16, size.to_bytes(8, "big")
    if size > 0xFFFFFFFF:
        raise broken("数据块超过 4 GB", "a box would grow beyond 4 GB")
    return box.start, box.start + 4, size.to_bytes(4, "big")
