"""A paper and a workbook with everything that they may have."""

from datetime import date, datetime

from hegui.papers import (
    Cell,
    Column,
    Contents,
    Fact,
    Facts,
    Heading,
    NewPage,
    Note,
    Paper,
    State,
    Status,
    Table,
    Term,
    Text,
    Tone,
    Verbatim,
    Workbook,
)
from hegui.world import BEIJING

MADE = datetime(2026, 11, 22, 10, 0, 30, tzinfo=BEIJING)
MET = State("met", "●", "已做到", Tone.GOOD)
LATE = State("overdue", "■", "已过期", Tone.URGENT)
#: What looks like markup, a formula, a field or XML, and stands as it is.
ODD = "#let x = 1 *a* =1+1 {{b}} <c> & $d$ \\e"
DIGEST = "0123456789abcdef" * 4
VERBATIM = (
    "log.example/1\n1200\nqUvTQa0Yb7xTn0yHq1mEr3nG5cPIk2sJx0Yw8cZl9oA=\n\n"
    f"— log.example/1 {'wqk2Zk1mV0pX' * 9}"
)
ROWS: tuple[tuple[Cell, ...], ...] = (
    (MET, "=1+1", 12, date(2026, 11, 1), MADE, DIGEST),
    (LATE, "两行\n文字", 0.5, None, None, None),
    (Term("must", "应当"), ODD + "\x07\ufffe", None, None, None, "@sum"),
)
TABLE = Table(
    "清单: [所有] 的/事?" + "长" * 40,
    (
        Column("state", "状态", 12),
        Column("text", "文字", 30),
        Column("n", "数", 8),
        Column("day", "日期", 12),
        Column("at", "时间", 18),
        Column("digest", "摘要", 40, exact=True),
    ),
    ROWS,
)


def paper(lang: str = "zh", rows: int = 1) -> Paper:
    """The paper; its table has the rows so many times."""
    return Paper(
        title="义务状态报告",
        subtitle="山水问答",
        author="示例科技",
        lang=lang,
        made=MADE,
        head=("左", "右"),
        facts=(Fact("指纹", DIGEST, exact=True), Fact("日期", date(2026, 11, 22))),
        body=(
            Note(ODD, "来源"),
            NewPage(),
            Contents("目录"),
            Heading("第一节"),
            Heading("第一条", 2),
            Heading("第一款", 3),
            Status(MET, "自 2026-10-01"),
            Text(f"{ODD}\n第二行"),
            Text("小字", quiet=True),
            Text("谁", strong=True),
            Facts((Fact("标签", LATE),)),
            Table(TABLE.name, TABLE.columns, ROWS * rows),
            Verbatim(VERBATIM),
            NewPage(),
            Heading("第二节"),
        ),
    )


def workbook() -> Workbook:
    """The workbook, of two sheets."""
    return Workbook(
        title="义务",
        author="示例科技",
        lang="zh",
        made=MADE,
        cover="说明",
        facts=(Fact("检查点", VERBATIM, exact=True), Fact("时间", MADE)),
        sheets=(
            Table("义务", TABLE.columns, ROWS),
            Table("空", (Column("only", "只有", 10),), ()),
        ),
    )
