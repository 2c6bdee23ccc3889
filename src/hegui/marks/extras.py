"""Libraries that only some uses need: loaded on use, and named when they are missing."""

import importlib
from types import ModuleType

from hegui.marks.errors import MarksError


def need(module: str, extra: str) -> ModuleType:
    """A module of an optional library.

    Args:
        module: the module's full name, such as ``PIL.Image``.
        extra: the extra of this distribution that installs it, such as ``watermark``.

    Raises:
        MarksError: ``extra_missing`` when it is not installed, or can't be loaded here.
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise MarksError(
            "extra_missing",
            zh=f"此功能需要 {module}，现在无法载入（{error}）；文件未改动。"
            f"请安装：pip install 'hegui[{extra}]'。",
            en=f"This needs {module}, which can't be loaded ({error}); no file was changed. "
            f"Install it: pip install 'hegui[{extra}]'.",
        ) from error
