"""The explicit mark as a line of a text (GB 45438-2025, 5.1): a line that says it is generated.

The standard sets two elements and no wording, and an article about generation holds them too. So
only a line counts that says nothing else: the subject, by whom, that it is generated.
"""

import re

from hegui.marks.text import has_elements

#: A longer line is a sentence of the text itself.
MAX_MARK = 64
#: So many lines from the start and from the end are looked at.
_LINES = 5
_EDGE = " \t\u3000*_>#-—–=~`|·•\"'“”「」『』（）()【】[]《》<>/!"
_NOUN = (
    "(?:文章|文本|文案|文档|文字|文|内容|信息|回答|回复|答复|答案|结果|报告|材料|作品|资料|"
    "图片|图像|图|画面|视频|音频|语音|声音|音乐|对话|摘要|总结|翻译|页面|网页)"
)
#: What such a line goes on with.
_AFTER = "仅供|仅作|供|请|不|可能|注意|谨慎|未经|无法|如有|由|by |Content|Produce"
_LINE = re.compile(
    # 声明： 本篇文章内容 全部 由豆包 AI 自动 生成合成 的内容 ，仅供参考
    rf"(?:[^\s:：，,。]{{1,8}}[:：]\s*)?"
    rf"(?:本|此|该|以上|以下|上述|下述|所有|部分|全部)?[篇段条份张个次]?(?:\s*{_NOUN}){{0,2}}\s*"
    r"(?:均|都|全部|部分|可能|疑似|主要)*"
    r"(?:(?:由|为|系|是|属于|属|经|用|使用|利用|借助|通过|含有|含|包含)[^。，,;；:：！!？?]{0,16}?)?"
    r"(?:人工智能|AI(?:GC)?)\s*(?:大模型|模型|技术|助手|工具|系统|服务|算法)?\s*"
    r"(?:自动|辅助|协助)?(?:生成|合成)(?:[/和与、及或]?(?:生成|合成))?"
    rf"(?:的|类)?{_NOUN}?(?:[。！!]?|[。，,;；（(\s]+(?:{_AFTER}).*)"
)
_ENGLISH = re.compile(
    r"(?:(?:this|the|all) [a-z]{2,12}(?: (?:is|was|were|has been|have been))? )?"
    r"(?:ai[- ]generated(?: [a-z]{2,12})?|(?:generated|created|made) (?:by|with|using) "
    r"(?:an? )?(?:ai|artificial intelligence))[.!]?",
    re.IGNORECASE,
)


def is_mark(line: str) -> bool:
    """Whether a line is an explicit mark and nothing else.

    Args:
        line: one line, with or without brackets and signs of Markdown around it.
    """
    text = line.strip(_EDGE)
    if not 0 < len(text) <= MAX_MARK:
        return False
    if has_elements(text):
        return _LINE.fullmatch(text) is not None
    return _ENGLISH.fullmatch(text) is not None


def mark_in(text: str) -> str | None:
    """The first explicit mark among the first and the last lines of a text.

    Args:
        text: a text, or its head and its tail.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    near = lines if len(lines) <= 2 * _LINES else [*lines[:_LINES], *lines[-_LINES:]]
    return next((line.strip() for line in near if is_mark(line)), None)
