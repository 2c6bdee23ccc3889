"""``hegui law text`` and ``hegui law fidelity``: official texts beside a pack's own words."""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hegui.cli.columns import COLUMNS, width, wrapped
from hegui.cli.errors import CliError
from hegui.cli.group import Groups, command, group
from hegui.cli.opened import home_of, opened, settings_of
from hegui.cli.output import Output, moment

if TYPE_CHECKING:
    from hegui.duties.texts import Hung
    from hegui.law.text import Article, Fidelity, Lack, Official

_LANGUAGES = {"zh": "中文 Chinese", "en": "英文 English"}
_PARTS = {
    "article": ("条", "article"),
    "paragraph": ("款", "paragraph"),
    "item": ("项", "item"),
}
#: Lines of the text around a law that are printed for people; ``--json`` has them all.
_SHOWN = 8


def add(commands: Groups, common: argparse.ArgumentParser) -> None:
    """Adds the commands."""
    these = group(commands, "text", "官方文本 official texts")
    bring = command(
        these, common, "import", _import, "导入官方文本 bring in a published text of a pack's law"
    )
    bring.add_argument("pack", metavar="PACK", help="规则包名 the pack's name")
    bring.add_argument("file", metavar="FILE", help="文本或网页文件 plain text or a web page")
    bring.add_argument("--source", metavar="WORDS", default="", help="来源 where it was got")
    bring.add_argument(
        "--language", choices=tuple(_LANGUAGES), help="只导入一种语言 only one language of it"
    )
    bring.add_argument(
        "--replace",
        action="store_true",
        help="替换已有的文本，原来的仍有记录 replace the text there, which stays on record",
    )
    show = command(these, common, "show", _show, "显示官方文本 the official text")
    show.add_argument("pack", metavar="PACK", help="规则包名 the pack's name")
    show.add_argument("--article", metavar="N", help="只显示一条 only one article")
    fits = command(
        commands,
        common,
        "fidelity",
        _fidelity,
        "规则包与官方文本对照 a pack held against the official text",
    )
    fits.add_argument("pack", metavar="PACK", help="规则包名 the pack's name")


def _import(options: argparse.Namespace, output: Output) -> bool:
    from hegui.duties import texts

    path = Path(options.file)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CliError(
            "text_unreadable",
            zh=f"无法读取文件 {path}（{error.strerror}）。请检查文件名。",
            en=f"The file {path} can't be read ({error.strerror}). Check its name.",
        ) from error
    with opened(settings_of(options), home_of()) as store:
        done = texts.import_text(
            store,
            store.world,
            options.pack,
            data,
            path.name,
            source=options.source,
            language=options.language,
            replace=options.replace,
        )
    document = {
        "pack": options.pack,
        "texts": [
            {
                **_told(one.text),
                "new": one.new,
                "was": one.was,
                "remarks": _remarks(one.text.official),
                "head": list(one.text.official.head),
                "tail": list(one.text.official.tail),
                "unplaced": list(one.text.official.unplaced),
                "fidelity": _fidelity_told(one.fidelity),
            }
            for one in done
        ],
    }
    lines: list[str] = []
    for one in done:
        state = "已导入 imported" if one.new else "没有变化 unchanged"
        lines += [f"{state}: {_head(one.text)}", *_around(one.text.official)]
        lines += _fidelity_lines(one.fidelity)
    output.result(document, "\n".join(lines))
    doubts = any(remark.doubt for one in done for remark in one.text.official.remarks)
    return doubts or not all(one.fidelity.fits for one in done)


def _show(options: argparse.Namespace, output: Output) -> bool:
    import msgspec

    from hegui.duties import texts
    from hegui.duties.packs import book

    with opened(settings_of(options), home_of()) as store:
        book(store).pack(options.pack)  # its name is right
        hung = texts.of(store, options.pack)
    if not hung:
        raise texts.missing(options.pack)
    chosen = [(one, _chosen(one.official, options.article)) for one in hung]
    if not any(articles for _, articles in chosen):
        raise CliError(
            "text_article",
            zh=f"{options.pack} 的官方文本没有第 {options.article} 条。请用阿拉伯数字写条号，"
            "例如 --article 9。",
            en=f"The official text of {options.pack} has no article {options.article}. Give the "
            "number in digits, as in --article 9.",
        )
    document = {
        "pack": options.pack,
        "texts": [
            {**_told(one), "article_texts": msgspec.to_builtins(articles)}
            for one, articles in chosen
        ],
    }
    lines: list[str] = []
    for one, articles in chosen:
        lines += [_head(one), *_article_lines(articles, one.language)]
    output.result(document, "\n".join(lines))
    return False


def _fidelity(options: argparse.Namespace, output: Output) -> bool:
    from hegui.duties import texts

    with opened(settings_of(options), home_of()) as store:
        found = texts.fits(store, options.pack)
    document = {
        "pack": options.pack,
        "texts": [{**_told(hung), "fidelity": _fidelity_told(one)} for hung, one in found],
    }
    lines: list[str] = []
    for hung, one in found:
        lines += [_head(hung), *_fidelity_lines(one)]
    output.result(document, "\n".join(lines))
    return not all(one.fits for _, one in found)


def _told(hung: "Hung") -> dict[str, Any]:
    return {
        "language": hung.language,
        "digest": hung.digest,
        "source": hung.source,
        "at": moment(hung.at),
        "articles": len(hung.official.articles),
        "paragraphs": hung.official.paragraphs,
        "items": hung.official.items,
    }


def _head(hung: "Hung") -> str:
    one = hung.official
    return (
        f"{hung.pack} {_LANGUAGES[hung.language]}: {len(one.articles)} 条 articles, "
        f"{one.paragraphs} 款 paragraphs, {one.items} 项 items\n"
        f"{wrapped(f'来源 source: {hung.source}', '  ', '    ')}\n  SHA-256: {hung.digest}"
    )


def _remarks(official: "Official") -> list[dict[str, str]]:
    return [
        {"kind": one.kind, "article": one.article, "zh": one.text.zh, "en": one.text.en}
        for one in official.remarks
    ]


def _around(official: "Official") -> Iterator[str]:
    """What is odd about a text, and what of the file is no part of its articles."""
    for one in official.remarks:
        yield wrapped(f"{one.text.zh}\n{one.text.en}", f"  {'▲' if one.doubt else '○'} ")
    # The last lines before a law are the nearest to it, and its title is among them.
    yield from _lines("第一条之前 before the first article", official.head, last=True)
    yield from _lines("条文之间未归入的文字 between articles, part of none", official.unplaced)
    yield from _lines("最后一条之后 after the last article", official.tail)


def _lines(title: str, lines: "Sequence[str]", *, last: bool = False) -> Iterator[str]:
    if not lines:
        return
    yield f"  {title}: {len(lines)} 行 lines"
    more = f"    … 其余 {len(lines) - _SHOWN} 行见 --json the others are in --json"
    if last and len(lines) > _SHOWN:
        yield more
    yield from (f"    │ {_cut(line)}" for line in (lines[-_SHOWN:] if last else lines[:_SHOWN]))
    if not last and len(lines) > _SHOWN:
        yield more


def _cut(line: str) -> str:
    """As much of a line as stands beside a bar."""
    kept, room = "", COLUMNS - len("    │ …")
    for char in line:
        if width(kept + char) > room:
            return f"{kept}…"
        kept += char
    return kept


def _chosen(official: "Official", number: str | None) -> "Sequence[Article]":
    if number is None:
        return official.articles
    one = official.article(number)
    return [] if one is None else [one]


def _article_lines(articles: "Sequence[Article]", language: str) -> Iterator[str]:
    chapter = ""
    for one in articles:
        if one.chapter != chapter:
            chapter = one.chapter
            yield f"\n{chapter}"
        yield f"\n第 {one.number} 条" if language == "zh" else f"\nArticle {one.number}"
        for paragraph in one.paragraphs:
            yield wrapped(paragraph.text, "  ")
            for item in paragraph.items:
                yield wrapped(item.text, f"    ({item.number}) ")
    yield ""


def _fidelity_told(one: "Fidelity") -> dict[str, Any]:
    return {
        "fits": one.fits,
        "stated": one.stated,
        "without_provision": list(one.without_provision),
        "without_duty": list(one.without_duty),
        "without_article": [
            {
                "provision": lack.provision,
                "article": lack.article,
                "part": lack.part.value,
                "wanted": lack.wanted,
                "has": lack.has,
            }
            for lack in one.without_article
        ],
    }


def _fidelity_lines(one: "Fidelity") -> Iterator[str]:
    if one.fits:
        yield "  ● 规则包与文本相合 pack and text fit"
    if one.stated not in (0, one.articles):
        yield wrapped(
            f"规则包称有 {one.stated} 条，文本有 {one.articles} 条；请核对是不是这部法律"
            f" the pack says {one.stated} articles, the text has {one.articles}: is it this law?",
            "  ▲ ",
        )
    if one.without_provision:
        numbers = ", ".join(one.without_provision)
        yield wrapped(f"规则包没有说到的条 articles the pack doesn't tell of: {numbers}", "  ▲ ")
    for lack in one.without_article:
        yield wrapped(_lack(lack), "  ▲ ")
    if one.without_duty:
        numbers = ", ".join(one.without_duty)
        yield wrapped(f"没有提供者义务的条 articles without a duty: {numbers}", "  ○ ")


def _lack(one: "Lack") -> str:
    zh, en = _PARTS[one.part.value]
    if one.part.value == "article":
        return (
            f"{one.provision}: 文本没有第 {one.article} 条（共 {one.has} 条）"
            f" / the text has no article {one.article}, but {one.has} in all"
        )
    return (
        f"{one.provision}: 第 {one.article} 条没有第 {one.wanted} {zh}（共 {one.has} {zh}）"
        f" / article {one.article} has no {en} {one.wanted}, but {one.has} in all"
    )
