"""What a person should know about a text before relying on it."""

from collections.abc import Sequence

from hegui.law.text.headings import Heading
from hegui.law.text.shapes import Remark
from hegui.law.words import Words


def of_run(chosen: Sequence[Heading], strays: Sequence[Heading]) -> list[Remark]:
    """Articles that are missing, stand twice, or stand where they can't."""
    have = {one.number for one in chosen}
    found = [_missing(n) for n in range(1, chosen[-1].number) if n not in have]
    found += [_stray(n, repeated=n in have) for n in sorted({one.number for one in strays})]
    if 2 * sum(not one.first for one in chosen) >= len(chosen):
        found.append(
            Remark(
                "run_on",
                "",
                Words(
                    zh="多条写在同一行，条内分款无法辨认；款数仅供参考。",
                    en="Several articles stand in one line, where paragraphs can't be told apart; "
                    "do not rely on their count.",
                ),
            )
        )
    return found


def lists(count: int) -> Remark:
    """Numbers of a page's list that are none of the law's."""
    return Remark(
        "list",
        "",
        Words(
            zh=f"去掉了网页列表给 {count} 个标题或段落加上的编号。",
            en=f"Numbers that a page's list gave to {count} headings and paragraphs were left out.",
        ),
    )


def notes(count: int) -> Remark:
    """Marks of footnotes within articles."""
    return Remark(
        "note",
        "",
        Words(
            zh=f"去掉了正文中的 {count} 处脚注标记；脚注见未归入的文字。",
            en=f"{count} marks of footnotes were left out of the articles; the notes are among "
            "the lines that fit nowhere.",
        ),
    )


def other(run: Sequence[Heading]) -> Remark:
    """A second law in the same language."""
    first, last = run[0].number, run[-1].number
    return Remark(
        "other",
        "",
        Words(
            zh=f"文件中还有另一组条文（第 {first} 至 {last} 条），没有采用；"
            "如需要它，请单独存为一个文件。",
            en=f"There is another run of articles in the file ({first} to {last}), which was not "
            "taken. If it is the one you want, save it as a file of its own.",
        ),
    )


def _missing(n: int) -> Remark:
    return Remark(
        "missing",
        str(n),
        Words(
            zh=f"没有找到第 {n} 条的开头；其文字可能在上一条末尾。",
            en=f"The beginning of article {n} was not found; its words may stand at the end of "
            "the article before.",
        ),
    )


def _stray(n: int, *, repeated: bool) -> Remark:
    if repeated:
        return Remark(
            "repeated",
            str(n),
            Words(
                zh=f"第 {n} 条出现不止一次；采用了依次排列的一处，另一处列为未归入的文字。",
                en=f"Article {n} stands more than once; the one in order was taken, the other is "
                "among the lines that fit nowhere.",
            ),
        )
    return Remark(
        "jump",
        str(n),
        Words(
            zh=f"“第 {n} 条”不在应有的次序，没有采用；其文字列为未归入的文字。",
            en=f"“Article {n}” stands out of order and was not taken; its words are among the "
            "lines that fit nowhere.",
        ),
    )
