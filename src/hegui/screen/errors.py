"""The room's one error: what is wrong with a word pack, where, and what to do."""

from typing import Literal

import msgspec

from hegui.errors import HeguiError

_SENTENCES = {
    "pack_not_utf8": (
        "词表不是 UTF-8 文本（第 {byte} 字节）；请另存为 UTF-8 后重试。",
        "The pack is not UTF-8 text (at byte {byte}); save it as UTF-8 and try again.",
    ),
    "pack_too_large": (
        "词表有 {size} 字节，上限为 {most} 字节；请拆成几个词表。",
        "The pack has {size} bytes, at most {most} are allowed; split it into several packs.",
    ),
    "pack_format": (
        "词表格式“{format}”不认识；只接受 toml 或 csv。",
        "The pack format {format!r} is unknown; only toml and csv are read.",
    ),
    "pack_syntax": (
        "词表{where}写法有误：{reason}。请改正后重试。",
        "The pack cannot be read{at}: {reason}. Correct it and try again.",
    ),
    "pack_head": (
        (
            "词表头部缺少 {field}，或其内容不是 1 至 {most} 个可见字符；"
            "CSV 请在表头上方写一行“# {field}: …”，TOML 请写在 [pack] 之下。"
        ),
        (
            "The pack's head lacks {field}, or it is not 1 to {most} printable characters; "
            "in CSV write “# {field}: …” above the header, in TOML under [pack]."
        ),
    ),
    "pack_field": (
        "词表{where}有未知字段 {field}；只允许 {allowed}。",
        "The pack has the unknown field {field}{at}; allowed are {allowed}.",
    ),
    "pack_value": (
        "词表{where}的 {field} 应为 {least} 至 {most} 个可见字符的文字；请改正。",
        "The pack's {field}{at} is not text of {least} to {most} printable characters; correct it.",
    ),
    "pack_word_empty": (
        "词表{where}的 word 为空，或只有看不见的字符和空白；请写出词语或删去该条。",
        "The pack's word{at} is empty or all invisible; write the word or delete the entry.",
    ),
    "pack_word_long": (
        "词表{where}的 word 规范化后有 {size} 个字符，上限为 {most}；请缩短。",
        "The pack's word{at} has {size} characters in normal form, at most {most}; shorten it.",
    ),
    "pack_action": (
        "词表{where}的 action 是 {value}；只接受 stop（拦截）或 review（复核）。",
        "The pack's action{at} is {value}; only stop and review are known.",
    ),
    "pack_word_twice": (
        "词表{where}的词与{first}的词规范化后相同；请删去其中一条。",
        "The pack's word{at} is the same in normal form as the one{first_at}; delete one of them.",
    ),
    "pack_no_words": (
        "词表没有任何词条；请至少写一条。",
        "The pack has no words; write at least one.",
    ),
    "pack_too_many": (
        "词表超过 {most} 条；请拆成几个词表。",
        "The pack has more than {most} words; split it into several packs.",
    ),
}


class Place(msgspec.Struct, frozen=True, gc=False):
    """Where in a pack something stands: a line, or the number of an entry, both from 1."""

    unit: Literal["line", "entry"]
    number: int

    @property
    def zh(self) -> str:
        """The place in Chinese."""
        return f"第 {self.number} {'行' if self.unit == 'line' else '条'}"

    @property
    def en(self) -> str:
        """The place in English."""
        return f" at {self.unit} {self.number}"


class ScreenError(HeguiError):
    """A word pack that cannot be taken; its codes are the keys of this module's table."""


def refuse(code: str, place: Place | None = None, **facts: object) -> ScreenError:
    """The error of this code, with its sentences filled in.

    Args:
        code: a key of the module's table.
        place: where in the pack; none is the pack as a whole.
        facts: what else the sentences name.
    """
    zh, en = _SENTENCES[code]
    return ScreenError(
        code,
        zh=zh.format(where=place.zh if place else "", **facts),
        en=en.format(at=place.en if place else "", **facts),
    )
