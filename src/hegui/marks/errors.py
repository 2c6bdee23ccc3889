"""The one error of this room, and its kinds that many carriers share."""

from hegui.errors import HeguiError


class MarksError(HeguiError):
    """A label, a provider code or a file is not as it must be; codes in ``docs/errors.md``."""


def malformed(fmt: str, why_zh: str, why_en: str) -> MarksError:
    """A file that is not built as its format asks, so that nothing is written to it.

    Args:
        fmt: the format's name, such as ``png``.
        why_zh: what is wrong, in Chinese, without a full stop.
        why_en: the same in English.
    """
    return MarksError(
        "file_malformed",
        zh=f"文件不是完好的 {fmt}（{why_zh}）；文件未改动。请用原始文件，或先修复。",
        en=f"The file is not a sound {fmt} ({why_en}); it was left as it is. "
        "Use the original, or repair it first.",
    )


def too_complex(fmt: str) -> MarksError:
    """A file whose parts are more than a sound file of its format has.

    Args:
        fmt: the format's name, or the file's.
    """
    return MarksError(
        "file_too_complex",
        zh=f"{fmt}：文件内的结构过多，超出读取上限；文件未改动。请核对文件来源。",
        en=f"{fmt}: the file holds more parts than are read from one file; it was left as it is. "
        "Check where it comes from.",
    )


def protected(fmt: str) -> MarksError:
    """A file that is encrypted or otherwise closed to changes.

    Args:
        fmt: the format's name.
    """
    return MarksError(
        "file_protected",
        zh=f"这个 {fmt} 已加密或受保护，不能写入；文件未改动。"
        "请先解除保护，或改用附属文件（--sidecar）。",
        en=f"This {fmt} is encrypted or protected and can't be written; it was left as it is. "
        "Lift the protection first, or write a sidecar (--sidecar).",
    )


def no_carrier(fmt: str) -> MarksError:
    """A format that has no place for the label.

    Args:
        fmt: the format's name.
    """
    return MarksError(
        "format_no_carrier",
        zh=f"{fmt} 没有可写标识的元数据位置；文件未改动。请转换格式，或写附属文件（--sidecar）。",
        en=f"{fmt} has no metadata that could carry the label; the file was left as it is. "
        "Convert it, or write a sidecar (--sidecar).",
    )


def unknown_format(name: str) -> MarksError:
    """A file that is of no format read here.

    Args:
        name: the file's name, as messages show it.
    """
    return MarksError(
        "format_unknown",
        zh=f"{name}：认不出这种文件格式；文件未改动。支持的格式见 docs/marks.md。",
        en=f"{name}: the file's format is not known here; it was left as it is. "
        "docs/marks.md lists those that are.",
    )
