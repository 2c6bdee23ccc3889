"""The way from a file and the environment to checked settings."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import msgspec

from hegui.config.check import check
from hegui.config.errors import ConfigError, wrong
from hegui.config.model import Settings, Upstream
from hegui.config.read import read
from hegui.config.rules import LAST_PORT
from hegui.config.template import TEMPLATE

#: Read from the current folder when no other file is named.
DEFAULT_FILE = "hegui.toml"
_EMBEDDED = {"smollm": {"smollm2-135m": "smollm2-135m"}}


def load(path: Path | None, env: Mapping[str, str]) -> Settings:
    """Reads, completes and checks the settings.

    The file is ``path``, else ``HEGUI_CONFIG``, else ``hegui.toml`` in the current folder if it
    exists, else the shipped template (the demo). ``HEGUI_PORT`` replaces ``listen.port``.
    Relative file names in the settings start at the file's folder.

    Args:
        path: the file named on the command line, if any.
        env: the environment.

    Raises:
        ConfigError: ``config_unreadable``, ``setting_unknown``, ``setting_missing`` or
            ``setting_wrong``.
    """
    if path is None and env.get("HEGUI_CONFIG"):
        path = Path(env["HEGUI_CONFIG"])
    if path is None and Path(DEFAULT_FILE).exists():
        path = Path(DEFAULT_FILE)
    settings = parse(TEMPLATE if path is None else _text(path), str(path or "template"))
    settings = _resolved(settings, Path.cwd() if path is None else path.absolute().parent)
    settings = _with_port(settings, env.get("HEGUI_PORT", ""))
    check(settings)
    return settings


def parse(text: str, source: str) -> Settings:
    """The settings that a TOML text states, before the checks; ``source`` names it in errors."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(
            "config_unreadable",
            zh=f"配置 {source} 不是有效的 TOML：{error}。请改正该处后再启动。",
            en=f"The config {source} is not valid TOML: {error}. Mend that place and start again.",
        ) from error
    return read(Settings, data)


def with_model(settings: Settings, model: Literal["smollm"]) -> Settings:
    """The settings with an embedded model before the other upstreams."""
    embedded = Upstream(name=model, kind=model, models=_EMBEDDED[model])
    others = [upstream for upstream in settings.upstream if upstream.name != model]
    return msgspec.structs.replace(settings, upstream=[embedded, *others])


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise ConfigError(
            "config_unreadable",
            zh=f"无法读取配置 {path}（{reason}）。请检查 HEGUI_CONFIG 或 --config，"
            "或用 hegui init 新建。",
            en=f"The config {path} can't be read ({reason}). Check HEGUI_CONFIG or --config, "
            "or write one with hegui init.",
        ) from error


def _resolved(settings: Settings, folder: Path) -> Settings:
    """File names made absolute, so that the service may change its folder."""

    def absolute(name: str) -> str:
        return str(folder / Path(name).expanduser()) if name else ""

    return msgspec.structs.replace(
        settings,
        upstream=[
            msgspec.structs.replace(upstream, key_file=absolute(upstream.key_file))
            for upstream in settings.upstream
        ],
        labels=msgspec.structs.replace(
            settings.labels, key_file=absolute(settings.labels.key_file)
        ),
        words=msgspec.structs.replace(
            settings.words, files=[absolute(file) for file in settings.words.files]
        ),
        mail=msgspec.structs.replace(
            settings.mail, password_file=absolute(settings.mail.password_file)
        ),
        webhook=msgspec.structs.replace(
            settings.webhook, key_file=absolute(settings.webhook.key_file)
        ),
    )


def _with_port(settings: Settings, port: str) -> Settings:
    if not port:
        return settings
    # Held here against its bound too, so that the error names what was set.
    if not (port.isascii() and port.isdigit() and len(port) <= 5 and 1 <= int(port) <= LAST_PORT):
        raise wrong(
            "HEGUI_PORT",
            port,
            zh=f"1 到 {LAST_PORT} 的整数",
            en=f"a whole number, 1 to {LAST_PORT}",
        )
    return msgspec.structs.replace(
        settings, listen=msgspec.structs.replace(settings.listen, port=int(port))
    )
