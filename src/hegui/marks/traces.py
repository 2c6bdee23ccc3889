"""Traces of generation other than the label (Labelling Measures, Art. 6 (3)), each by its name.

Only what says so itself counts: a mark in words, an IPTC source type, a C2PA manifest with such a
type, and what generators write of their own. Nothing is guessed from pixels or file names.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

import msgspec

from hegui.marks.mark_line import MAX_MARK, is_mark, mark_in
from hegui.marks.reading import Meta, Trace

_IPTC_TERM = "trainedAlgorithmicMedia|compositeWithTrainedAlgorithmicMedia|compositeSynthetic"
#: The property as an element, an attribute or a resource; some write the bare term.
_SOURCE_TYPE = re.compile(
    r"DigitalSourceType(?:[^<>\"']{0,40}[\"']|[^<>]{0,80}>)[ \t\r\n]*"
    rf"(?:https?://cv\.iptc\.org/newscodes/digitalsourcetype/)?({_IPTC_TERM})\b"
)
# CBOR: the next text's length, itself a letter, may follow at once.
_C2PA_TERM = re.compile(rf"digitalsourcetype/({_IPTC_TERM})")
#: What a manifest names its maker by; the first found counts.
_C2PA_MAKERS = (
    ("Adobe Firefly", ("Adobe_Firefly", "Adobe Firefly")),
    ("OpenAI", ("OpenAI", "ChatGPT", "DALL·E", "DALL-E")),
    ("Google AI", ("Google Generative AI", "Google C2PA", "Google LLC")),
    ("Microsoft", ("Microsoft_Responsible_AI", "Microsoft Designer", "Bing Image Creator")),
    ("Stability AI", ("Stability AI", "Stability_AI")),
    ("Black Forest Labs", ("Black Forest Labs",)),
    ("Midjourney", ("Midjourney",)),
)
#: The web UI's line: the steps, then on the same line one of these settings.
_STEPS = re.compile(r"Steps: \d{1,6}(?=, )")
_SETTING = re.compile(r", (?:Sampler|Seed|CFG scale): ")
_MAX_LINE, _MAX_STEPS = 2048, 16
_MIDJOURNEY = re.compile(r"Job ID: [0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_GOOGLE = ("Made with Google AI", "Edited with Google AI", "Created with Google AI")
_GOOGLE_CREDIT = re.compile(r"Credit\b[^\n]{0,80}?(?:Made|Edited|Created) with Google AI")
_FIREFLY_TOOL = re.compile(r"(?:CreatorTool|softwareAgent)\b[^<]{0,40}?Adobe Firefly")
_INVOKEAI = frozenset({"invokeai_metadata", "invokeai_graph", "invokeai_workflow"})
#: More characters than this of one file's metadata are not looked at.
_MAX_TOTAL = 8 << 20


class _Sign(msgspec.Struct, frozen=True):
    """One generator's own metadata.

    Attributes:
        code: the trace's code.
        generator: its name.
        tells: whether a name (the key's last part, lower case) and its text are that generator's.
    """

    code: str
    generator: str
    tells: Callable[[str, str], bool]


def _is_comfy(_: str, text: str) -> bool:
    prompt = '"class_type"' in text and '"inputs"' in text
    return prompt or ('"last_node_id"' in text and '"links"' in text and '"nodes"' in text)


def _is_novelai(name: str, text: str) -> bool:
    software = name == "software" and text.strip() == "NovelAI"
    return software or (name == "source" and text.startswith("NovelAI"))


def _is_invokeai(name: str, text: str) -> bool:
    own = name in _INVOKEAI and bool(text)
    return own or ('"app_id"' in text and "invoke-ai/InvokeAI" in text)


def _is_swarmui(_: str, text: str) -> bool:
    return '"sui_image_params"' in text


def _is_fooocus(name: str, text: str) -> bool:
    return name == "fooocus_scheme" or ('"fooocus_scheme"' in text and '"prompt"' in text)


def _is_tensorart(name: str, text: str) -> bool:
    return name == "generation_data" and '"prompt"' in text and '"models"' in text


def _is_web_ui(_: str, text: str) -> bool:
    for steps in islice(_STEPS.finditer(text), _MAX_STEPS):
        line = text[steps.end() : steps.end() + _MAX_LINE].partition("\n")[0]
        if _SETTING.search(line):
            return True
    return False


def _is_midjourney(_: str, text: str) -> bool:
    return "Job ID: " in text and _MIDJOURNEY.search(text) is not None


def _is_google(name: str, text: str) -> bool:
    if name != "xmp":
        return text.startswith(_GOOGLE)
    return " with Google AI" in text and _GOOGLE_CREDIT.search(text) is not None


def _is_firefly(name: str, text: str) -> bool:
    if name != "xmp":
        return text.startswith("Adobe Firefly") and name in {"software", "creator", "creatortool"}
    return "Adobe Firefly" in text and _FIREFLY_TOOL.search(text) is not None


def _is_suno(_: str, text: str) -> bool:
    return text[:64].lower().startswith("made with suno")


_SIGNS = (
    _Sign("comfyui", "ComfyUI", _is_comfy),
    _Sign("novelai", "NovelAI", _is_novelai),
    _Sign("invokeai", "InvokeAI", _is_invokeai),
    _Sign("swarmui", "SwarmUI", _is_swarmui),
    _Sign("fooocus", "Fooocus", _is_fooocus),
    _Sign("tensorart", "Tensor.Art", _is_tensorart),
    _Sign("stable-diffusion", "Stable Diffusion web UI", _is_web_ui),
    _Sign("midjourney", "Midjourney", _is_midjourney),
    _Sign("google-ai", "Google AI", _is_google),
    _Sign("firefly", "Adobe Firefly", _is_firefly),
    _Sign("suno", "Suno", _is_suno),
)
#: What a sign rests on: a text without any of these, under another name, is none. The underscore
#: stands for all that are members of JSON.
_PIECES = ("_", "invoke-ai/", "Steps: ", "Job ID: ", "with Google AI", "Adobe Firefly")
_NAMES = _INVOKEAI | {"fooocus_scheme", "generation_data", "software", "source"}


def find(metadata: Sequence[Meta]) -> tuple[Trace, ...]:
    """The traces in a file's metadata, each kind of each generator once.

    Args:
        metadata: what the carrier found; ``text`` is the head and the tail of a text.
    """
    found: dict[tuple[str, str], Trace] = {}
    left = _MAX_TOTAL
    for meta in metadata:
        left -= len(meta.text)
        if left < 0:
            break
        for trace in _traces(meta):
            found.setdefault((trace.code, trace.generator), trace)
    return tuple(found.values())


def _traces(meta: Meta) -> Iterator[Trace]:
    if meta.key == "text":
        mark = mark_in(meta.text)
        if mark is not None:
            yield _explicit(meta.key, mark)
        return
    if meta.key == "c2pa":
        term = _C2PA_TERM.search(meta.text)
        if term is not None:
            yield _manifest(meta, term.group(1))
        return
    text = meta.text
    term = _SOURCE_TYPE.search(text) if "DigitalSourceType" in text else None
    if term is not None:
        yield Trace(
            "iptc-source-type",
            "",
            meta.key,
            f"IPTC 数字来源类型为 {term.group(1)}，即由人工智能生成或合成。",
            f"IPTC DigitalSourceType is {term.group(1)}: made or composed by generative AI.",
        )
    if 0 < len(text) <= MAX_MARK and is_mark(text):
        yield _explicit(meta.key, text.strip())
    name = meta.key.rpartition(":")[2].lower()
    if not _may_tell(name, text):
        return
    for sign in _SIGNS:
        if sign.tells(name, text):
            yield Trace(
                sign.code,
                sign.generator,
                meta.key,
                f"元数据 {meta.key} 是 {sign.generator} 写的。",
                f"The metadata {meta.key} was written by {sign.generator}.",
            )


def _may_tell(name: str, text: str) -> bool:
    """Whether a closer look is worth it: for most texts it is not."""
    for piece in _PIECES:  # a generator for any() would cost more than the search
        if piece in text:
            return True
    return name in _NAMES or text.startswith(("M", "m"))  # as Suno's mark does


def _explicit(key: str, mark: str) -> Trace:
    return Trace(
        "explicit-text",
        "",
        f"{key}: {mark}",
        f"有显式标识“{mark}”。",
        f"There is an explicit mark, “{mark}”.",
    )


def _manifest(meta: Meta, term: str) -> Trace:
    makers = (name for name, words in _C2PA_MAKERS if any(word in meta.text for word in words))
    maker = next(makers, "")
    by_zh, by_en = (f"（{maker}）", f" ({maker})") if maker else ("", "")
    return Trace(
        "c2pa",
        maker,
        meta.key,
        f"C2PA 内容凭证{by_zh}写明来源类型为 {term}，签名未在此验证。",
        f"Content Credentials{by_en} give the source type {term}; their signature is not "
        "checked here.",
    )
